"""What may come into a portfolio as a file: told by its bytes, never by its name; pictures are written anew (THREATS W7)."""

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from wallet_web.portfolio.errors import FileTooLarge, FileUnknown, PictureTooLarge

MEBIBYTE = 1024 * 1024
LARGEST = 10 * MEBIBYTE
MOST_POINTS = 40_000_000
EDGE = 2000
NAME_MAX = 100
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png"}
_PICTURES = ("JPEG", "PNG", "WEBP")
_QUALITY = 85
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it is kept and given out."""

    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 in hex."""
        return hashlib.sha256(self.content).hexdigest()


def take(content: bytes, name: str) -> Taken:
    """The file as it is kept. Pure.

    Raises `FileTooLarge`, `FileUnknown` for all but JPEG, PNG, WebP and PDF, `PictureTooLarge`.
    """
    if len(content) > LARGEST:
        raise FileTooLarge(limit=LARGEST // MEBIBYTE)
    if content.startswith(b"%PDF-"):
        return Taken(plain_name(name), PDF, content)
    media_type, drawn = _redrawn(content)
    return Taken(plain_name(name), media_type, drawn)


def plain_name(name: str) -> str:
    """What a file is called on a page: the last part of its path without what could mislead."""
    last = re.split(r"[/\\]", name)[-1]
    return " ".join(_UNPRINTABLE.sub(" ", last).split())[:NAME_MAX].strip()


def download_name(digest: str, media_type: str) -> str:
    """What a downloaded file is called; says nothing about whose it is."""
    return f"file-{digest[:12]}.{ENDINGS[media_type]}"


def _redrawn(content: bytes) -> tuple[str, bytes]:
    """The picture decoded and written anew, upright, at most `EDGE` points long: no place, no camera, nothing beside the points."""
    try:
        with Image.open(BytesIO(content), formats=_PICTURES) as picture:
            width, height = picture.size
            if width * height > MOST_POINTS:
                raise PictureTooLarge(limit=MOST_POINTS // 1_000_000)
            picture.draft("RGB", (EDGE, EDGE))  # a JPEG is read no finer than needed
            return _written(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge(limit=MOST_POINTS // 1_000_000) from error
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError) as error:
        raise FileUnknown from error


def _written(picture: Image.Image) -> tuple[str, bytes]:
    seen_through = picture.has_transparency_data
    plain = picture.convert("RGBA" if seen_through else "RGB")
    plain.thumbnail((EDGE, EDGE))
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = BytesIO()
    if seen_through:
        bare.save(out, "PNG", optimize=True)
        return PNG, out.getvalue()
    bare.save(out, "JPEG", quality=_QUALITY)
    return JPEG, out.getvalue()
