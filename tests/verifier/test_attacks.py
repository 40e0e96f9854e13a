"""Attacks of the table in docs/security.md that go through the whole verifier and have no closer place of their own."""

import gzip
import socket
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from schemas.baking import bake_svg
from schemas.status_list import LENGTH
from tests.campus import CONTEXTS, Campus, House, changed, write
from tests.schemas.test_status_list import packed
from tests.verifier.answers import CANNOT_TELL, INVALID, VALID, leading
from tests.verifier.counter import Counter
from tests.verifier.test_verify import SVG
from verifier.errors import NotACredential

SEED = 20_261_127
INSTANT = 0.25
STRANGE: tuple[Any, ...] = (
    "https://evil.example/v1",
    "https://www.w3.org/2018/credentials/v1",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
    "https://www.w3.org/ns/credentials/v2#",
    "HTTPS://www.w3.org/ns/credentials/v2",
    "",
    None,
    5,
    [],
    {},
    {"@vocab": "https://evil.example/"},
    {"@base": "https://evil.example/"},
    {"@import": "https://evil.example/v1"},
    {"name": "https://evil.example/name"},
    {"@version": 1.1, "@propagate": False, "achievement": None},
    [CONTEXTS[1]],
)


def with_contexts(badge: bytes, contexts: Any) -> bytes:
    return changed(badge, lambda document: document.update({"@context": contexts}))


def refused(campus: Campus, data: bytes) -> bool:
    """Whether a file is no credential, or breaks a rule before its signature is looked at."""
    try:
        found = campus.verify(data)
    except NotACredential:
        return True
    return found.verdict is INVALID and leading(found.report).name == "format"


def test_v2_no_other_contexts_in_no_other_order(campus: Campus, ugu: House) -> None:
    badge, random = ugu.award(), Random(SEED)  # noqa: S311 - to be played again
    assert campus.verify(badge).verdict is VALID
    for _ in range(500):
        drawn = random.choices([*CONTEXTS, *CONTEXTS, *STRANGE], k=random.randint(0, 4))
        contexts = random.choice([drawn, [*CONTEXTS, *drawn[:1]], drawn[0] if drawn else drawn])
        if contexts == list(CONTEXTS):
            continue
        found = campus.verify(with_contexts(badge, contexts))
        assert found.verdict is INVALID, (SEED, contexts)
        assert found.credential is None


def test_v3_a_remote_context_is_never_asked_for(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/v1"
        for contexts in ([*CONTEXTS, address], [address], address, [{"@import": address}, *CONTEXTS]):
            found = campus.verify(with_contexts(badge, contexts))
            assert found.verdict is INVALID
            assert leading(found.report).name == "format"
        with pytest.raises(TimeoutError):
            trap.accept()
    assert not [asked for asked in campus.asked if address in asked]


@pytest.mark.parametrize(
    "member",
    [
        '"x": 1, "x": 1',
        '"name": "one", "name": "two"',
        '"x": NaN',
        '"x": -Infinity',
        '"x": 1e400',
        f'"x": {"9" * 1_000_000}',
        '"x": "\\ud800"',
        f'"x": {"[" * 100_000}{"]" * 100_000}',
        f'"x": {"{" + chr(34) + "a" + chr(34) + ":"}' * 40 + "1" + "}" * 40,
        '"x": "\x00"',
    ],
    ids=lambda member: member[:24],
)
def test_v5_odd_json_is_refused_at_the_edge_and_at_once(campus: Campus, ugu: House, member: str) -> None:
    badge = ugu.award().decode()
    start = time.process_time()
    for data in ("{" + member + "," + badge.lstrip()[1:], "\ufeff" + badge):
        assert refused(campus, data.encode("utf-8", "surrogatepass"))
    assert time.process_time() - start < INSTANT


def test_v13_a_bomb_for_a_status_list_is_not_unpacked(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    bomb = ugu.status_list("revocation")
    bomb["credentialSubject"]["encodedList"] = packed(gzip.compress(bytes(256 * LENGTH), 9))
    campus.pages[ugu.url("status/revocation")] = write(ugu.sign(bomb))
    start = time.process_time()
    found = campus.verify(badge)
    assert time.process_time() - start < 2 * INSTANT
    assert (found.verdict, leading(found.report).code) == (CANNOT_TELL, "status-malformed")


HOSTILE = (
    '<script>alert("kanarejka7319")</script>',
    '<image href="https://evil.example/kanarejka7319.png"/>',
    '<a href="javascript:alert(kanarejka7319)">x</a>',
    '<foreignObject><iframe src="https://evil.example/kanarejka7319"/></foreignObject>',
    '<style>@import url("https://evil.example/kanarejka7319.css");</style>',
    '<set attributeName="onmouseover" to="alert(kanarejka7319)"/>',
)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("way", ["file", "text"])
def test_v20_an_uploaded_picture_is_read_and_never_shown(
    campus: Campus, ugu: House, tmp_path: Path, way: str, hostile: str
) -> None:
    svg = SVG.replace(b"></svg>", b' onload="alert(kanarejka7319)">' + hostile.encode() + b"</svg>")
    picture = bake_svg(svg, ugu.award().decode())
    counter = Counter(campus, tmp_path)
    if way == "file":
        page = counter.client.post("/verify", files={"file": ("badge.svg", picture, "image/svg+xml")})
    else:
        page = counter.client.post("/verify", data={"text": picture.decode()})
    assert page.status_code in {200, 400, 422}
    assert "kanarejka7319" not in page.text
    assert "evil.example" not in page.text
