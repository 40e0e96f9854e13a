"""Whatever somebody brings: what lies inside is given as it was signed, whatever is around it."""

import json
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from keys import jose
from schemas.achievement import Achievement
from schemas.baking import bake_png, bake_svg
from schemas.emblem import emblem_png, emblem_svg
from tests.campus import Campus, make_holder, write
from tests.campus_old import OldIssuer
from tests.campus_papers import record
from verifier.errors import NotACredential, PresentationGiven
from verifier.policy import NETWORK
from wallet_web.collecting.found import Form, read

CAMPUS = Campus()
STRANGER = CAMPUS.join("ext", name="Музей космонавтики", listed=False)
BADGE = STRANGER.award(title="Юный экскурсовод")
EMBLEM = Achievement(json.loads(BADGE)["credentialSubject"]["achievement"])
SVG = emblem_svg(EMBLEM, "Музей").encode()
PNG = emblem_png(EMBLEM, "Музей")


def in_parts() -> bytes:
    """A text of which the holder may show a part."""
    return jose.conceal(STRANGER.draft(), STRANGER.signer, ["/credentialSubject/identifier"], jose.VC_SD_JWT).encode()


def texts() -> dict[str, bytes]:
    old = OldIssuer(CAMPUS)
    old.open()
    return {
        "json": BADGE,
        "jwt": STRANGER.award_text(),
        "sd-jwt": in_parts(),
        "clr": write(record(STRANGER, json.loads(BADGE))),
        "old": write(old.award()),
        "old signed": old.sign(),
    }


TEXTS = texts()


@pytest.mark.parametrize("kind", TEXTS)
def test_a_document_is_found_byte_for_byte_alone_and_in_pictures(kind: str) -> None:
    text = TEXTS[kind]
    form = Form.JSON if text.startswith(b"{") else Form.TOKEN
    alone = read(text, NETWORK)
    assert (alone.document, alone.form, alone.file) == (text, form, None)
    for picture, file_form in ((bake_png(PNG, text.decode()), Form.PNG), (bake_svg(SVG, text.decode()), Form.SVG)):
        inside = read(picture, NETWORK)
        assert (inside.document, inside.form, inside.file, inside.file_form) == (text, form, picture, file_form)
        assert (inside.same, inside.digest, inside.dated) == (alone.same, alone.digest, alone.dated)


def test_what_it_says_of_itself() -> None:
    found = read(BADGE, NETWORK)
    assert (found.title, found.issuer_name) == ("Юный экскурсовод", "Музей космонавтики")
    assert "ип.1" in found.search
    assert read(TEXTS["clr"], NETWORK).title == "Зачётная книжка"


def test_the_same_credential_as_text_and_as_json_is_one() -> None:
    document = STRANGER.draft()
    signed = write(STRANGER.sign(document))
    text = jose.sign_credential(document, STRANGER.signer, jose.VC_JWT).encode()
    assert read(signed, NETWORK).same == read(text, NETWORK).same != read(BADGE, NETWORK).same


def test_a_baked_address_leads_to_its_page() -> None:
    found = read(bake_png(PNG, "https://old.sever.example/assertions/1"), NETWORK)
    assert (found.url, found.document) == ("https://old.sever.example/assertions/1", b"")


def test_a_set_for_one_reader_is_not_collected() -> None:
    with pytest.raises(PresentationGiven):
        read(CAMPUS.present([BADGE], make_holder("h")), NETWORK)


@example(b"Infinity")
@example(b"[1, NaN]")
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode) | st.just(PNG) | st.just(SVG))
def test_anything_else_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(NotACredential):
        read(data, NETWORK)


@given(st.integers(0, len(BADGE) - 1), st.integers(1, 255))
def test_a_bad_byte_never_breaks_it(place: int, change: int) -> None:
    damaged = bytearray(BADGE)
    damaged[place] ^= change
    with suppress(NotACredential):
        assert read(bytes(damaged), NETWORK).document == bytes(damaged)
