from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.wallet_web.qr_reader import read, trimmed
from wallet_web.errors import BadLink
from wallet_web.links import Links
from wallet_web.qr import QUIET_ZONE, matrix, png, svg

HOSTS = ["http://127.0.0.1:8000", "https://zachetka.example", "https://zachetka.severoozersk.municipality.example:8443"]


@settings(max_examples=25, deadline=None)
@given(share=st.uuids(), host=st.sampled_from(HOSTS))
def test_a_camera_reads_the_address_back(share: object, host: str) -> None:
    url = Links(b"secret", host).url(str(share))
    assert read(trimmed(matrix(url), QUIET_ZONE)) == url


def test_the_png_shows_the_same_code_and_holds_no_text() -> None:
    url = Links(b"secret", HOSTS[1]).url("x")
    image = Image.open(BytesIO(png(url, scale=5)))
    side = image.width // 5
    seen = [[image.getpixel((x * 5 + 2, y * 5 + 2)) == 0 for x in range(side)] for y in range(side)]
    assert seen == matrix(url)
    assert image.info == {}


def test_the_svg_shows_the_same_code_and_holds_no_text() -> None:
    url = Links(b"secret", HOSTS[1]).url("x")
    root = ET.fromstring(svg(url))  # noqa: S314 - our own drawing
    assert not "".join(root.itertext()).strip()
    assert svg(url).count("M") - 1 == sum(map(sum, matrix(url)))


@pytest.mark.parametrize(
    "text",
    [
        "https://zachetka.example/v/",
        "https://zachetka.example/v/короткийкороткийкоротк",
        "https://zachetka.example/v/0123456789012345678901?name=Канарейка",
        "https://zachetka.example/wallet/x",
        "javascript:alert(1)//v/0123456789012345678901",
        "https://zachetka.example/v/0123456789012345678901\n",
    ],
)
def test_nothing_but_a_link_becomes_a_code(text: str) -> None:
    with pytest.raises(BadLink):
        matrix(text)
