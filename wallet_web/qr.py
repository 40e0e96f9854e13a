"""The QR code of an address of ours (a page, the verifier, a code on paper): the matrix from the library, the drawing our own.

Example: `svg("https://zachetka.example/v/3q2-7wAAAAAAAAAAAAAAAA")`.
"""

import re
from io import BytesIO

import qrcode
from PIL import Image

from wallet_web.errors import BadLink

QUIET_ZONE = 4  # modules of white around the code (ISO/IEC 18004 §5.3.8)
_LINK = re.compile(
    r"https?://[A-Za-z0-9.\-:\[\]]+(?:/v/[A-Za-z0-9_-]{22}|/verify|/requests/[0-9a-f]{32}|/(?:offers|enter)/[0-9A-Z]{4}(?:-[0-9A-Z]{3,4}){6})",
    re.ASCII,
)


def matrix(url: str) -> list[list[bool]]:
    """The modules of the code, dark ones true, quiet zone included. Raises `BadLink` for any other address."""
    if not _LINK.fullmatch(url):
        raise BadLink
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(url.encode("ascii"))
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def svg(url: str) -> str:
    """The code as one SVG path on a white ground, black in every theme, so that any camera reads it."""
    rows = matrix(url)
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    side = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{dark}"/></svg>'
    )


def png(url: str, scale: int = 12) -> bytes:
    """The code as a PNG without any text in it; `scale` is pixels per module."""
    rows = matrix(url)
    image = Image.new("1", (len(rows), len(rows)), color=1)
    image.putdata([not module for row in rows for module in row])
    out = BytesIO()
    image.resize((len(rows) * scale, len(rows) * scale), Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()
