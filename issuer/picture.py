"""Pictures of achievements, painted anew: of the file that came nothing lives on but what is seen (THREATS W9, ASVS 5.2)."""

import io
import warnings
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from issuer.errors.catalogue import PictureTooLarge, PictureUnreadable

BYTES: Final = 2 * 1024 * 1024
PIXELS: Final = 4000  # along each side
SIDE: Final = 512
_KINDS: Final = ("PNG", "JPEG", "WEBP")
_MEBIBYTE: Final = 1024 * 1024


def repaint(body: bytes) -> bytes:
    """A square PNG of `SIDE` pixels with the whole picture in it, on a transparent ground.

    Position, camera, comments and whatever stood behind the pixels are gone. Raises `PictureTooLarge`, `PictureUnreadable`.
    """
    if len(body) > BYTES:
        raise _too_large()
    picture = ImageOps.exif_transpose(_opened(body)).convert("RGBA")
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    ground = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    ground.paste(picture, ((SIDE - picture.width) // 2, (SIDE - picture.height) // 2))
    painted = io.BytesIO()
    ground.save(painted, "PNG", optimize=True)
    return painted.getvalue()


def _opened(body: bytes) -> Image.Image:
    """The first frame, decoded; its size is asked before a pixel is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(body), formats=_KINDS)
            if max(picture.size) > PIXELS:
                raise _too_large()
            picture.load()
            return picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (OSError, SyntaxError, ValueError, EOFError, UnidentifiedImageError) as error:
        raise PictureUnreadable(pointer="/picture") from error


def _too_large() -> PictureTooLarge:
    return PictureTooLarge(pointer="/picture", megabytes=BYTES // _MEBIBYTE, pixels=PIXELS)
