"""Credentials inside pictures: PNG and SVG, the same text in and out (Open Badges 3.0 §5.3, CLR 2.0, Open Badges 2.0 Baking).

Whatever a picture carries, it carries one thing: two readers must not find two.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from schemas.errors import N_
from schemas.refusals import Refused

MAX_TEXT: Final = 1_048_576
MAX_SVG: Final = 524_288
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_SVG_ROOT: Final = "{http://www.w3.org/2000/svg}svg"
_SPACE: Final = rb"(?>\s|<\?.*?\?>|<!--.*?-->)*+"
_DOCTYPE: Final = rb"<!DOCTYPE\s+svg(?:\s+(?:PUBLIC|SYSTEM)(?:\s+(?:\"[^\"]*+\"|'[^']*+')){1,2})?\s*>"
_PROLOG: Final = re.compile(
    rb"(?P<before>(?:\xef\xbb\xbf)?" + _SPACE + rb")(?:" + _DOCTYPE + rb")?" + _SPACE, re.DOTALL
)
_ROOT_TAG: Final = re.compile(rb"<(?P<name>[^\s/>]+)(?>[^>\"'/]|/(?!>)|\"[^\"]*\"|'[^']*')*+(?P<empty>/?)>")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_~.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of credential is baked: the keyword of its PNG chunk, namespace and name of its SVG element.

    `lenient` is Open Badges 2.0, which was also written into plain and packed text chunks.
    """

    keyword: bytes
    namespace: str
    name: str
    lenient: bool = False

    @property
    def element(self) -> str:
        """The element's name as XML readers give it."""
        return f"{{{self.namespace}}}{self.name}"


BADGE: Final = Form(b"openbadgecredential", "https://purl.imsglobal.org/ob/v3p0", "credential")
RECORD: Final = Form(b"clrcredential", "https://purl.imsglobal.org/clr/v2p0", "credential")
BADGE_2: Final = Form(b"openbadges", "http://openbadges.org", "assertion", lenient=True)
_FORMS: Final = {form.keyword: form for form in (BADGE, RECORD, BADGE_2)}


class NothingBaked(Refused):
    """A right picture without a credential in it."""

    code = "nothing-baked"
    sentence = N_(
        "В этой картинке нет значка. Возможно, её пересняли или пересохранили: нужен файл, скачанный из кошелька."
    )


class BrokenImage(Refused):
    """Not a picture that can be read safely, or one with more than one credential."""

    code = "broken-image"
    sentence = N_("Картинка повреждена. Скачайте файл значка ещё раз.")


class CannotBake(Refused):
    """A text that this kind of picture cannot carry unchanged, or a picture that already carries one."""

    code = "cannot-bake"
    sentence = N_("Этот значок нельзя записать в картинку. Скачайте его файлом JSON.")


def bake_png(png: bytes, text: str, form: Form = BADGE) -> bytes:
    """The picture with `text` in an uncompressed iTXt chunk of its own. Raises `BrokenImage` or `CannotBake`."""
    if any(_baked_text(kind, body) is not None for kind, body in _chunks(png)):
        raise CannotBake
    try:
        body = form.keyword + b"\0\0\0\0\0" + text.encode()
    except UnicodeEncodeError:
        raise CannotBake from None
    if len(body) > MAX_TEXT:
        raise CannotBake
    end_of_header = len(_SIGNATURE) + 12 + struct.unpack_from(">I", png, len(_SIGNATURE))[0]
    return png[:end_of_header] + _chunk(b"iTXt", body) + png[end_of_header:]


def unbake_png(data: bytes) -> str:
    """The one credential in a PNG. Raises `NothingBaked` or `BrokenImage`."""
    found = [text for kind, body in _chunks(data) if (text := _baked_text(kind, body)) is not None]
    if not found:
        raise NothingBaked
    if len(found) > 1 or len(found[0]) > MAX_TEXT:
        raise BrokenImage
    return _utf8(found[0])


def bake_svg(svg: bytes, text: str, form: Form = BADGE) -> bytes:
    """The picture with `text` in an element of its own: a token in its `verify`, anything else inside.

    Raises `BrokenImage` or `CannotBake`.
    """
    if _carriers(_svg(svg)) or _NOT_XML.search(text):
        raise CannotBake
    tag = _ROOT_TAG.match(svg, _prolog(svg).end())
    if tag is None:
        raise BrokenImage
    element = _svg_element(text, form)
    if tag["empty"]:
        element = b">" + element + b"</" + tag["name"] + b">"
    cut = tag.end() - (2 if tag["empty"] else 0)
    baked = svg[:cut] + element + svg[tag.end() :]
    if len(baked) > MAX_SVG or unbake_svg(baked) != text:
        raise CannotBake
    return baked


def unbake_svg(data: bytes) -> str:
    """The one credential in an SVG: the element's text, or its `verify` attribute. Raises `NothingBaked` or `BrokenImage`."""
    found = _carriers(_svg(data))
    if not found:
        raise NothingBaked
    if len(found) > 1 or len(found[0]):
        raise BrokenImage
    text = found[0].text or ""
    return text if text.strip() else found[0].get("verify", "")


def unwrap(data: bytes) -> bytes:
    """The bytes of the credential in an uploaded file: JSON or a token as it is, or what a PNG or SVG carries.

    What is none of these is given back unchanged, for a reader to accept or refuse.
    """
    if data.startswith(_SIGNATURE):
        return unbake_png(data).encode()
    if data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return unbake_svg(data).encode()
    return data


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every chunk up to IEND, with right lengths and checksums."""
    if not png.startswith(_SIGNATURE):
        raise BrokenImage
    place, kind = len(_SIGNATURE), b""
    while kind != b"IEND":
        if place + 12 > len(png):
            raise BrokenImage
        length, kind = struct.unpack_from(">I4s", png, place)
        body = png[place + 8 : place + 8 + length]
        first_is_wrong = place == len(_SIGNATURE) and kind != b"IHDR"
        if first_is_wrong or png[place : place + 12 + length] != _chunk(kind, body):
            raise BrokenImage
        yield kind, body
        place += 12 + length


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _baked_text(kind: bytes, body: bytes) -> bytes | None:
    """The text of a chunk with one of the keywords; what a standard does not allow there is `BrokenImage`."""
    keyword, _, rest = body.partition(b"\0")
    form = _FORMS.get(keyword)
    if form is None or kind not in {b"iTXt", b"tEXt"}:
        return None
    if kind == b"tEXt":
        return rest if form.lenient else None
    parts = rest[2:].split(b"\0", 2)
    packed = rest[:1] == b"\1"
    if len(parts) != 3 or (packed and not form.lenient) or rest[:1] not in {b"\0", b"\1"}:  # noqa: PLR2004 - language, keyword, text
        raise BrokenImage
    return _unpacked(parts[2]) if packed else parts[2]


def _unpacked(packed: bytes) -> bytes:
    stream = zlib.decompressobj()
    try:
        text = stream.decompress(packed, MAX_TEXT + 1)
    except zlib.error:
        raise BrokenImage from None
    if not stream.eof:
        raise BrokenImage
    return text


def _utf8(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise BrokenImage from None


def _prolog(data: bytes) -> re.Match[bytes]:
    """Everything before the root element, a plain SVG doctype included."""
    found = _PROLOG.match(data)
    if found is None:
        raise BrokenImage
    return found


def _svg(data: bytes) -> Element:
    """The root of a picture. A doctype that only names SVG's own DTD is skipped; any other, and every entity, is refused."""
    if len(data) > MAX_SVG:
        raise BrokenImage
    prolog = _prolog(data)
    try:
        root = fromstring(prolog["before"] + data[prolog.end() :], forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError):
        raise BrokenImage from None
    if root.tag != _SVG_ROOT:
        raise BrokenImage
    return root


def _carriers(root: Element) -> list[Element]:
    """The elements that carry a credential, of whatever form."""
    return [found for form in _FORMS.values() for found in root.iter(form.element)]


def _svg_element(text: str, form: Form) -> bytes:
    """The element with `text` as CDATA; a CR is written as a reference, because XML readers turn it into LF."""
    opened = f'<openbadges:{form.name} xmlns:openbadges="{form.namespace}"'
    if _TOKEN.fullmatch(text):
        return f'{opened} verify="{text}"/>'.encode()
    body = text.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[")
    return f"{opened}><![CDATA[{body}]]></openbadges:{form.name}>".encode()
