import io

import pytest
from PIL import Image

from wallet_web import qr
from wallet_web.collecting.photo import read_code
from wallet_web.errors import NoCode, PhotoUnreadable

LINK = "https://zachetka.example/v/3q2-7wAAAAAAAAAAAAAAAA"


def photo(*codes: str, kind: str = "JPEG", turn: int = 0) -> bytes:
    """Codes on a grey table, a little turned, as a phone would see them."""
    table = Image.new("RGB", (1_400, 1_000), (150, 150, 140))
    for place, code in enumerate(codes):
        card = Image.open(io.BytesIO(qr.png(code, scale=9))).convert("RGB")
        table.paste(card.rotate(turn, expand=True, fillcolor=(150, 150, 140)), (60 + 650 * place, 90))
    out = io.BytesIO()
    table.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turn", [0, 12, 90])
def test_a_code_in_a_photo_is_read(kind: str, turn: int) -> None:
    assert read_code(photo(LINK, kind=kind, turn=turn)) == LINK


def test_no_code_and_two_codes_are_told_apart_from_one() -> None:
    for codes in ((), (LINK, LINK.replace("3q2", "4q2"))):
        with pytest.raises(NoCode):
            read_code(photo(*codes))


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"<svg/>", b"GIF89a", photo(LINK)[:900], b"\xff\xd8\xff" * 99]
)
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoUnreadable):
        read_code(data)


def test_a_picture_that_would_fill_the_memory_is_not_opened() -> None:
    out = io.BytesIO()
    Image.new("1", (40_000, 40_000)).save(out, "PNG")
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(PhotoUnreadable):
        read_code(out.getvalue())
