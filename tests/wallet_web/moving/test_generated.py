"""Fifty learners whom nobody chose move; `make moves` takes a thousand."""

from pathlib import Path

from tests.wallet_web.moving.__main__ import run


def test_fifty_generated_learners_lose_nothing(tmp_path: Path) -> None:
    found = run(50, 1, tmp_path)
    assert found["wrong"] == {}
    assert isinstance(found["badges"], int)
    assert found["badges"] > 100
    assert {"json", "text", "forged", "png", "svg", "record", "old", "old signed"} <= found.keys()
