"""Files are told by their bytes; pictures come out without what they carried."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from wallet_web.portfolio import files
from wallet_web.portfolio.errors import FileTooLarge, FileUnknown, PictureTooLarge
from wallet_web.portfolio.files import EDGE, JPEG, LARGEST, NAME_MAX, PDF, PNG, download_name, plain_name, take

PLACE = b"68.970663 N 33.074918 E"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


DRAWN = [
    ("JPEG", "RGB", JPEG),
    ("WEBP", "RGB", JPEG),
    ("PNG", "RGB", JPEG),
    ("PNG", "RGBA", PNG),
    ("PNG", "P", JPEG),
    ("JPEG", "CMYK", JPEG),
    ("PNG", "I;16", JPEG),
]


@pytest.mark.parametrize(("kind", "mode", "becomes"), DRAWN)
def test_a_picture_is_drawn_anew(kind: str, mode: str, becomes: str) -> None:
    taken = take(picture(kind, mode=mode), "диплом.exe")
    assert taken.media_type == becomes
    with Image.open(BytesIO(taken.content)) as drawn:
        assert drawn.size == (40, 30)


def test_nothing_travels_beside_the_points() -> None:
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    content = picture(exif=exif, comment=PLACE) + PLACE
    assert content.count(PLACE) == 3
    taken = take(content, "photo.jpg")
    assert PLACE not in taken.content
    with Image.open(BytesIO(taken.content)) as drawn:
        assert not drawn.getexif()
        assert "comment" not in drawn.info


def test_a_picture_that_was_held_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(BytesIO(take(picture(size=(40, 30), exif=exif), "p.jpg").content)) as drawn:
        assert drawn.size == (30, 40)


def test_a_large_picture_becomes_smaller() -> None:
    with Image.open(BytesIO(take(picture(size=(3000, 1500)), "p.jpg").content)) as drawn:
        assert drawn.size == (EDGE, EDGE // 2)


def test_more_points_than_we_draw_are_refused_before_they_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_POINTS", 1000)
    with pytest.raises(PictureTooLarge):
        take(picture(size=(40, 30)), "p.jpg")
    bomb = picture("PNG", (20_000, 20_000), "1")
    with pytest.raises(PictureTooLarge):
        take(bomb, "p.png")


def test_a_pdf_stays_as_it_is() -> None:
    content = b"%PDF-1.7 anything"
    taken = take(content, "a/b/../диплом.pdf")
    assert (taken.media_type, taken.content, taken.name) == (PDF, content, "диплом.pdf")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"PK\x03\x04 word/document.xml",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"\x89PNG\r\n\x1a\n cut",
        b"\xff\xd8\xff cut",
        picture()[:200],
    ],
)
def test_everything_else_is_refused(content: bytes) -> None:
    with pytest.raises(FileUnknown):
        take(content, "photo.jpg")


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(FileTooLarge):
        take(b"%PDF-" + bytes(LARGEST), "a.pdf")


@given(st.binary(max_size=400))
def test_whatever_comes_is_taken_or_refused(content: bytes) -> None:
    for head in (b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP"):
        with pytest.raises(FileUnknown):
            take(head + content, "x")


@given(st.text())
def test_a_name_is_short_and_printable(name: str) -> None:
    plain = plain_name(name)
    assert len(plain) <= NAME_MAX
    assert not set(plain) & set('\r\n\t<>"/\\\u202e\u200b')
    assert plain_name(plain) == plain


def test_a_downloaded_file_says_nothing_of_its_owner() -> None:
    taken = take(b"%PDF-1.7", "Ветрова Алина.pdf")
    assert download_name(taken.digest, taken.media_type) == f"file-{taken.digest[:12]}.pdf"
