"""The text of a QR code in a photo. The one module that knows zxing-cpp; Pillow decodes, of three formats and within bounds.

A photo is read and forgotten: nothing of it is kept but the text.
"""

import io
import warnings
from typing import Final

import zxingcpp
from PIL import Image

from wallet_web.errors import NoCode, PhotoUnreadable

BYTES: Final = 8 * 1024 * 1024
FORMATS: Final = ("JPEG", "PNG", "WEBP")
_PIXELS: Final = 40_000_000
_SIDE: Final = 1_600  # enough for any code that fills a tenth of the picture
_LONGEST: Final = 4_296  # the most that one code can hold (ISO/IEC 18004)


def read_code(photo: bytes) -> str:
    """What the one QR code in a photo says. Raises `PhotoUnreadable`, or `NoCode` where there is none or more than one."""
    codes = zxingcpp.read_barcodes(_picture(photo), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    texts = {code.text for code in codes if code.valid}
    if len(texts) != 1:
        raise NoCode
    return texts.pop()[:_LONGEST]


def _picture(photo: bytes) -> Image.Image:
    """The photo in grey, small enough to be searched at once."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            found = Image.open(io.BytesIO(photo), formats=FORMATS)
            if found.width * found.height > _PIXELS:
                raise PhotoUnreadable
            found.draft("L", (_SIDE, _SIDE))
            grey = found.convert("L")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoUnreadable from None
    grey.thumbnail((_SIDE, _SIDE))
    return grey
