"""One badge on paper: what stands on the sheet, where its code leads, and that a name stands there only where it was ticked."""

from hashlib import sha256

import pytest

from keys.deps import Learner
from service.database import unit_of_work
from tests.service.printing.paper import letters_of, marks_of, text_of
from tests.wallet_web.desk import PUBLIC_URL, Desk
from tests.wallet_web.family import adult, guardian, teenager, themself
from tests.wallet_web.test_sharing import NAMES, shared
from wallet_web import certificate


@pytest.fixture
def alina(desk: Desk) -> Learner:
    return desk.enrol(teenager())


def sheet(desk: Desk, alina: Learner, asked: str = "", language: str = "ru", place: int = 0) -> bytes:
    """The PDF as the guardian has it."""
    badge = desk.entries(alina)[place].id
    answer = desk.browser(guardian(alina), language).get(f"/wallet/{alina.id}/badges/{badge}/certificate.pdf{asked}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


def squeezed(document: bytes) -> str:
    return "".join(text_of(document).split()).replace("\u200b", "")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ru",
            (
                "Свидетельство о результате",
                "Подлинный",
                "организация сети",
                "продвинутый",
                "34 ч",
                "Владелец не указан.",
            ),
        ),
        (
            "en",
            (
                "Certificate of a result",
                "Genuine",
                "an organisation of the network",
                "advanced",
                "The owner is not named.",
            ),
        ),
    ],
)
def test_the_sheet_says_what_the_badge_proves(
    desk: Desk, alina: Learner, language: str, words: tuple[str, ...]
) -> None:
    document = desk.award(alina, title="Ҡурай һәм Ӱнер")
    paper = sheet(desk, alina, language=language)
    said = squeezed(paper).casefold()
    for text in (
        *words,
        "Ҡурай һәм Ӱнер",
        "Северный открытый университет",
        f"{PUBLIC_URL}/verify",
        sha256(document).hexdigest(),
    ):
        assert "".join(text.split()).casefold() in said, text
    assert all(letters_of(paper).values())
    assert "pdfaid:part" in marks_of(paper)


def test_the_name_stands_there_only_where_it_was_ticked_and_never_in_the_marks(desk: Desk, alina: Learner) -> None:
    desk.award(alina)
    plain, named = sheet(desk, alina), sheet(desk, alina, "?name=yes")
    for name in ("Канарейка", *NAMES):
        assert name not in text_of(plain)
        assert name not in marks_of(plain) + marks_of(named)
    assert "Канарейка" in text_of(named)
    assert NAMES[0] in text_of(named)


def test_the_code_leads_to_a_link_of_the_familys_that_shows_the_badge(desk: Desk, alina: Learner) -> None:
    desk.award(alina)
    assert f"{PUBLIC_URL}/verify" in squeezed(sheet(desk, alina))
    link = shared(desk, alina)
    assert f"{PUBLIC_URL}{link}" in squeezed(sheet(desk, alina))
    assert f"{PUBLIC_URL}/verify" in squeezed(sheet(desk, alina, "?link="))
    made = next(item for event, _, item in desk.journal if event == "share.made")
    desk.award(alina, title="Другой")
    other = next(one for one in desk.entries(alina) if one.title == "Другой")
    foreign = desk.family(alina).get(f"/wallet/{alina.id}/badges/{other.id}/certificate.pdf?link={made}")
    assert foreign.status_code == 404  # the link does not show this badge
    desk.family(alina).post(f"/wallet/{alina.id}/shares/{made}/withdraw")
    with unit_of_work(desk.engine) as session:
        assert certificate.links_showing(session, alina.id, desk.entries(alina)[0].id, desk.now) == []
    assert f"{PUBLIC_URL}/verify" in squeezed(sheet(desk, alina))


def test_a_revoked_badge_is_printed_as_what_it_is_and_a_forged_one_is_not(desk: Desk, alina: Learner) -> None:
    document = desk.award(alina)
    desk.ugu.revoke(document)
    assert "Недействителен" in text_of(sheet(desk, alina))
    desk.receive(
        alina, desk.ugu.award(learner=alina.number, title="Второй").replace("Второй".encode(), "Подмена".encode())
    )
    forged = next(one for one in desk.entries(alina) if one.title == "Подмена")
    page = f"/wallet/{alina.id}/badges/{forged.id}"
    assert desk.family(alina).get(f"{page}/certificate.pdf").status_code == 404
    assert "certificate.pdf" not in desk.family(alina).get(page).text


def test_signs_that_no_letter_shows_are_told_first_and_the_choice_is_kept(desk: Desk, alina: Learner) -> None:
    desk.award(alina, title="Робот 🤖")
    badge = desk.entries(alina)[0].id
    here = f"/wallet/{alina.id}/badges/{badge}/certificate.pdf"
    told = desk.family(alina).get(f"{here}?name=yes")
    assert told.status_code == 422
    assert "U+1F916" in told.text
    assert f'href="{here}?name=yes&amp;spell=true"' in told.text
    assert "[U+1F916]" in squeezed(sheet(desk, alina, "?name=yes&spell=true"))


def test_it_is_one_tap_from_the_badges_page_and_the_familys_alone(desk: Desk, alina: Learner) -> None:
    desk.award(alina)
    badge = desk.entries(alina)[0].id
    page = f"/wallet/{alina.id}/badges/{badge}"
    assert f'href="{page}/certificate.pdf"' in desk.family(alina).get(page).text
    stranger = desk.enrol(adult())
    assert desk.browser(themself(stranger)).get(f"{page}/certificate.pdf").status_code == 404
