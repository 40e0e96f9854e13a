import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from schemas.baking import (
    BADGE,
    BADGE_2,
    RECORD,
    BrokenImage,
    CannotBake,
    Form,
    NothingBaked,
    bake_png,
    bake_svg,
    unbake_png,
    unbake_svg,
    unwrap,
)
from schemas.reading import read_json
from schemas.refusals import Refused

NAMESPACE = b'xmlns:o="https://purl.imsglobal.org/ob/v3p0"'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><path d="M0 0"/></svg>'
XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("\t\n\r]>&<")
)


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (3, 2), "white").save(file, "PNG")
    return file.getvalue()


PNG = picture()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def with_chunk(kind: bytes, body: bytes) -> bytes:
    return PNG[:33] + chunk(kind, body) + PNG[33:]


FORMS = st.sampled_from([BADGE, RECORD, BADGE_2])


@given(st.text(st.characters(exclude_categories=["Cs"])), FORMS)
def test_a_png_gives_the_text_back(text: str, form: Form) -> None:
    baked = bake_png(PNG, text, form)
    assert unbake_png(baked) == text
    assert baked.replace(chunk(b"iTXt", form.keyword + b"\0\0\0\0\0" + text.encode()), b"") == PNG
    with Image.open(io.BytesIO(baked)) as image:
        image.load()
        assert image.size == (3, 2)


@given(XML_TEXT.filter(lambda text: text.strip() != ""), FORMS)
def test_an_svg_gives_the_text_back(text: str, form: Form) -> None:
    assert unbake_svg(bake_svg(SVG, text, form)) == text


def test_every_form_is_written_as_its_standard_says() -> None:
    token = "e30.e30.c2ln"
    assert b"openbadges\0\0\0\0\0{}" in bake_png(PNG, "{}", BADGE_2)
    assert b"clrcredential\0\0\0\0\0{}" in bake_png(PNG, "{}", RECORD)
    assert b'xmlns:openbadges="http://openbadges.org" verify="e30.e30.c2ln"/>' in bake_svg(SVG, token, BADGE_2)
    assert b'xmlns:openbadges="https://purl.imsglobal.org/clr/v2p0"><![CDATA[{}]]>' in bake_svg(SVG, "{}", RECORD)
    assert unbake_svg(bake_svg(SVG, token)) == token


def test_open_badges_2_was_written_into_other_chunks_too() -> None:
    assert unbake_png(with_chunk(b"tEXt", b"openbadges\0https://ugu.sever.example/a/1")).startswith("https://")
    packed = b"openbadges\0\1\0\0\0" + zlib.compress(b'{"a": 1}')
    assert unbake_png(with_chunk(b"iTXt", packed)) == '{"a": 1}'
    for broken in (packed[:-3], packed[:-9] + b"xxxxxxxxx", b"openbadges\0\1\0\0\0" + zlib.compress(b" " * 1_048_577)):
        with pytest.raises(BrokenImage):
            unbake_png(with_chunk(b"iTXt", broken))
    with pytest.raises(NothingBaked):
        unbake_png(with_chunk(b"tEXt", b"openbadgecredential\0{}"))


def test_a_picture_with_two_kinds_of_credentials_is_read_as_neither() -> None:
    second = chunk(b"iTXt", b"openbadges\0\0\0\0\0{}")
    with pytest.raises(BrokenImage):
        unbake_png(PNG[:33] + second + chunk(b"iTXt", b"clrcredential\0\0\0\0\0{}") + PNG[33:])
    with pytest.raises(CannotBake):
        bake_png(bake_png(PNG, "{}", BADGE_2), "{}")
    with pytest.raises(CannotBake):
        bake_svg(bake_svg(SVG, "{}", RECORD), "{}")


@pytest.mark.parametrize(
    "svg",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>\n<!--<svg>-->\n<svg xmlns="http://www.w3.org/2000/svg" a=">"></svg>',
        b"<x:svg xmlns:x=\"http://www.w3.org/2000/svg\" id='/>'><x:g/></x:svg>",
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"<!DOCTYPE svg><svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_every_way_to_begin_an_svg(svg: bytes) -> None:
    baked = bake_svg(svg, '{"a": "ё]]>"}')
    assert unbake_svg(baked) == '{"a": "ё]]>"}'
    assert len(baked) > len(svg)


def test_pictures_without_a_credential() -> None:
    with pytest.raises(NothingBaked):
        unbake_png(PNG)
    with pytest.raises(NothingBaked):
        unbake_png(with_chunk(b"iTXt", b"Comment\0\0\0\0\0{}"))
    with pytest.raises(NothingBaked):
        unbake_svg(SVG)


def test_a_picture_carries_one_credential() -> None:
    with pytest.raises(CannotBake):
        bake_png(bake_png(PNG, "{}"), "{}")
    with pytest.raises(CannotBake):
        bake_svg(bake_svg(SVG, "{}"), "{}")
    body = chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}")
    with pytest.raises(BrokenImage):
        unbake_png(PNG[:33] + body + body + PNG[33:])
    twice = b"<o:credential " + NAMESPACE + b">{}</o:credential>"
    with pytest.raises(BrokenImage):
        unbake_svg(SVG.replace(b"<path", twice + twice + b"<path"))


BROKEN_PNG = {
    "empty": b"",
    "signature only": PNG[:8],
    "cut off": PNG[:-1],
    "no end": PNG[:-12],
    "wrong checksum": PNG[:40] + bytes([PNG[40] ^ 1]) + PNG[41:],
    "a length over the end": PNG[:8] + b"\xff\xff\xff\xff" + PNG[12:],
    "no header first": PNG[:8] + PNG[33:],
    "compressed": with_chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"{}")),
    "no fields": with_chunk(b"iTXt", b"openbadgecredential\0\0\0"),
    "not utf-8": with_chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0\xff"),
    "too long": with_chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + b" " * 1_048_577),
    "a jpeg": b"\xff\xd8\xff\xe0" + bytes(100),
}


@pytest.mark.parametrize("case", BROKEN_PNG)
def test_broken_pngs(case: str) -> None:
    with pytest.raises(BrokenImage):
        unbake_png(BROKEN_PNG[case])


BROKEN_SVG = {
    "empty": b"",
    "text": b"hello",
    "html": b"<html></html>",
    "no namespace": b"<svg/>",
    "cut off": SVG[:-3],
    "entities": b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    "outside entity": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    "other doctype": b'<!DOCTYPE html><svg xmlns="http://www.w3.org/2000/svg"/>',
    "undefined entity": b'<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg">&nbsp;</svg>',
    "unknown encoding": b'<?xml version="1.0" encoding="x-none"?>' + SVG,
    "too long": SVG + b" " * 524_288,
    "children": SVG.replace(b"<path", b"<o:credential " + NAMESPACE + b">{<b/>}</o:credential><path"),
}


@pytest.mark.parametrize("case", BROKEN_SVG)
def test_broken_svgs(case: str) -> None:
    with pytest.raises(BrokenImage):
        unbake_svg(BROKEN_SVG[case])
    with pytest.raises(Refused):
        bake_svg(BROKEN_SVG[case], "{}")


@pytest.mark.parametrize("text", ["\0", "\x1b", "\ufffe", "\ud800", ""])
def test_what_xml_cannot_carry_is_not_baked(text: str) -> None:
    with pytest.raises((CannotBake, NothingBaked)):
        bake_svg(SVG, text) if text else unbake_svg(SVG)


def test_what_a_png_cannot_carry_is_not_baked() -> None:
    with pytest.raises(CannotBake):
        bake_png(PNG, "\ud800")
    with pytest.raises(CannotBake):
        bake_png(PNG, "x" * 1_048_577)
    with pytest.raises(CannotBake):
        bake_svg(SVG, "x" * 524_288)


def test_an_svg_in_another_encoding_is_not_baked() -> None:
    other = b'<?xml version="1.0" encoding="iso-8859-1"?>' + SVG
    with pytest.raises(CannotBake):
        bake_svg(other, '{"a": "ё"}')


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for candidate in (data, PNG[:8] + data, b"<svg" + data, with_chunk(b"iTXt", b"openbadgecredential\0" + data)):
        try:
            unwrap(candidate)
        except Refused:
            continue


def test_unwrap_finds_the_credential() -> None:
    assert unwrap(b'{"a": 1}') == unwrap(bake_png(PNG, '{"a": 1}')) == unwrap(bake_svg(SVG, '{"a": 1}')) == b'{"a": 1}'
    assert unwrap(b"\n<?xml?>"[:0] + b"something else") == b"something else"


JWT = b"eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    "data",
    [
        JWT,
        b" " + JWT + b"\n",
        JWT + b"~WyJ4Il0~",
        bake_png(PNG, JWT.decode()),
        SVG.replace(b"<path", b'<o:credential verify="' + JWT + b'" ' + NAMESPACE + b"/><path"),
    ],
)
def test_a_signed_text_is_given_back(data: bytes) -> None:
    assert unwrap(data).strip().startswith(JWT)


@pytest.mark.vectors
@pytest.mark.parametrize("name", ["simple-json.png", "simple-json.svg"])
def test_pictures_of_others(name: str, vectors: Path) -> None:
    document = read_json(unwrap((vectors / "openbadges-3.0" / name).read_bytes()))
    assert "OpenBadgeCredential" in document["type"]
