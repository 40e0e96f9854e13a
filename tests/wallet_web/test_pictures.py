"""The picture that an organisation has chosen for a badge: on pages, in downloaded files, on paper."""

import io
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from keys.deps import Learner
from schemas.baking import bake_png, unbake_png, unwrap
from tests.campus import House, write
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import teenager, themself
from tests.wallet_web.test_endorsing import page_of
from tests.wallet_web.test_sharing import shared

PATH = "orgs/ugu/achievements/M08.png"
SIDE = 48


def painted(colour: str = "orange") -> bytes:
    made = io.BytesIO()
    Image.new("RGBA", (SIDE, SIDE), colour).save(made, "PNG")
    return made.getvalue()


PICTURE = painted()


@pytest.fixture
def alina(desk: Desk) -> Learner:
    return desk.enrol(teenager())


def with_picture(address: str) -> dict[str, Any]:
    return {"image": {"id": address, "type": "Image"}}


def award_with_picture(desk: Desk, alina: Learner, house: House, address: str) -> None:
    draft = house.draft(learner=alina.number)
    draft["credentialSubject"]["achievement"] |= with_picture(address)
    badge = house.sign(draft)
    house.deposit(badge)
    desk.receive(alina, write(badge))


def award_published(desk: Desk, alina: Learner, picture: bytes = PICTURE) -> None:
    desk.shelf.put(PATH, picture)
    award_with_picture(desk, alina, desk.ugu, desk.ugu.url(PATH))


def downloaded(desk: Desk, alina: Learner, ending: str) -> bytes:
    path = f"/wallet/{alina.id}/badges/{desk.entries(alina)[0].id}.{ending}"
    answer = desk.family(alina).get(path)
    assert answer.status_code == 200
    return answer.content


def test_the_picture_of_its_organisation_is_shown_from_our_own_address(desk: Desk, alina: Learner) -> None:
    award_published(desk, alina)
    mine = desk.browser(themself(alina))
    for page in (
        mine.get(f"/wallet/{alina.id}").text,
        page_of(desk, alina),
        desk.browser().get(shared(desk, alina)).text,
    ):
        assert f'<img src="/{PATH}" alt=""' in page


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.example/pixel.png", "https://ugu.sever.example/sign-out", "data:image/png;base64,AAAA"],
)
def test_no_other_picture_is_asked_for(desk: Desk, alina: Learner, address: str, published: bool) -> None:  # noqa: FBT001 - a parameter of the table
    if published:
        desk.shelf.put(PATH, PICTURE)
    award_with_picture(desk, alina, desk.ugu, address)
    assert "<img" not in page_of(desk, alina)


def test_a_picture_that_is_published_elsewhere_gives_way_to_the_drawing(desk: Desk, alina: Learner) -> None:
    award_with_picture(desk, alina, desk.ugu, desk.ugu.url(PATH))
    page = page_of(desk, alina)
    assert "<img" not in page
    assert 'class="emblem emblem-large"><svg' in page


def test_the_downloaded_png_is_that_picture_with_the_badge_inside(desk: Desk, alina: Learner) -> None:
    award_published(desk, alina)
    png, stored = downloaded(desk, alina, "png"), bytes(desk.entries(alina)[0].document)
    assert png == bake_png(PICTURE, stored.decode())
    assert unbake_png(png).encode() == stored
    assert desk.campus.verify(png).verdict == "valid"


def test_the_downloaded_svg_stays_the_emblem(desk: Desk, alina: Learner) -> None:
    award_published(desk, alina)
    svg = downloaded(desk, alina, "svg")
    assert b"<image" not in svg
    assert unwrap(svg) == bytes(desk.entries(alina)[0].document)


BROKEN = [
    PICTURE[:-20],
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    bake_png(PICTURE, '{"id": "somebody else"}'),
    PICTURE[:-12] + bytes(2 * 1024 * 1024) + PICTURE[-12:],
]


@pytest.mark.parametrize("picture", BROKEN, ids=["cut", "svg", "baked", "large"])
def test_a_picture_that_is_not_plain_gives_way_to_the_emblem_everywhere(
    desk: Desk, alina: Learner, picture: bytes
) -> None:
    award_published(desk, alina, picture)
    assert "<img" not in page_of(desk, alina)
    png = downloaded(desk, alina, "png")
    assert Image.open(io.BytesIO(png)).size != (SIDE, SIDE)
    assert unbake_png(png).encode() == bytes(desk.entries(alina)[0].document)


def test_both_papers_show_that_picture(desk: Desk, alina: Learner) -> None:
    award_published(desk, alina)
    badge = f"/wallet/{alina.id}/badges/{desk.entries(alina)[0].id}"
    certificate = desk.family(alina).get(f"{badge}/certificate.pdf").content
    page = desk.browser().get(f"{shared(desk, alina)}/page.pdf").content
    for paper in (certificate, page):
        assert sizes_on(paper) == [(SIDE, SIDE)]


def test_papers_of_a_badge_without_one_show_the_emblem(desk: Desk, alina: Learner) -> None:
    desk.award(alina)
    paper = desk.browser().get(f"{shared(desk, alina)}/page.pdf").content
    assert sizes_on(paper) == []


def sizes_on(paper: bytes) -> list[tuple[int, int]]:
    """The size of every picture made of pixels on a paper."""
    return [one.image.size for page in PdfReader(io.BytesIO(paper)).pages for one in page.images if one.image]
