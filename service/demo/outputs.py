"""What a demonstration leaves in `out/`: the stories' outcome, badges to verify, the QR code of a live share."""

import json
from collections.abc import Callable
from pathlib import Path

from service.demo.stage import Found, Stage
from service.demo.story_forgery import tampered
from service.demo.story_sharing import LIVE, pages_of
from service.demo.visitor import Refused
from service.demo.wallets import badge_file, learner


def write_out(stage: Stage, folder: Path, found: list[Found]) -> None:
    """Write every file that the stories have led to; what a broken story lacks is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "stories.json").write_bytes(
        json.dumps([one.to_json() for one in found], ensure_ascii=False, indent=2).encode()
    )
    wanted: dict[str, Callable[[], bytes]] = {
        "badge.json": lambda: badge_file(stage, "m08"),
        "badge.png": lambda: badge_file(stage, "m08", "png"),
        "tampered.json": lambda: tampered(stage),
        "recognition.json": lambda: badge_file(stage, "credit"),
        "share-qr.png": lambda: _live_code(stage),
    }
    for name, make in wanted.items():
        (folder / name).unlink(missing_ok=True)
        try:
            (folder / name).write_bytes(make())
        except Refused as refusal:
            stage.console.print(f"  [yellow]?[/yellow] {name}: {refusal}", highlight=False)


def _live_code(stage: Stage) -> bytes:
    page = pages_of(stage).get(LIVE)
    if page is None:
        msg = "no live link"
        raise Refused(msg)
    visitor = learner(stage)
    return visitor.accepted(visitor.get(f"{page}/qr.png")).body
