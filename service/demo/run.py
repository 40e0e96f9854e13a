"""`zachetka demo`: builds the municipality, plays its stories over HTTP, leaves `out/`, and serves it on the real clock.

The new municipality is built and played beside the one of an earlier run and takes its place at the end; the earlier one is kept
as `previous/`. A folder with anything but a demonstration in it is left alone.
"""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from schemas.errors import N_, BadInput, Conflict
from service import logs
from service.app import create_app
from service.demo.build import build
from service.demo.clock import StoryClock
from service.demo.guide import address_in_network, guide
from service.demo.municipality import ZONE, Municipality
from service.demo.outputs import write_out
from service.demo.sabotage import BREAKS
from service.demo.samples import write_samples
from service.demo.server import serving
from service.demo.stage import Found, Stage
from service.demo.stories import STORIES
from service.demo.story import Story, play_all
from service.demo.story_sharing import live_link
from service.parts import assemble
from service.serving import listening, require_folder, run
from service.settings import DEMONSTRATION, Settings, read_settings
from service.worker import Worker

BUILDING, PREVIOUS, OUT = "building", "previous", "out"
KEPT = frozenset({BUILDING, PREVIOUS})
ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not listened on


class NotADemonstration(Conflict):
    """The data folder holds something that the demonstration must not touch."""

    code = "not-a-demonstration"
    sentence = N_("В папке {folder} лежат другие данные. Укажите для демонстрации другую папку: --data.")


class UnknownBreak(BadInput):
    """`--break` names nothing that could be broken."""

    code = "unknown-break"
    sentence = N_("Сломать «{name}» нельзя. Можно: {known}.")


def main(*, data: Path | None, host: str | None, port: int | None, breaks: tuple[str, ...], serve: bool) -> int:
    """Run the demonstration; 0 when every story ended as expected, else 1."""
    console = Console(soft_wrap=True)
    logs.configure(quiet=True)
    wanted = frozenset(breaks)
    for name in sorted(wanted - set(BREAKS)):
        raise UnknownBreak(name=name, known=", ".join(BREAKS))
    settings = _settings(data, host, port)
    municipality = Municipality.ending_before(datetime.now(ZONE).date())
    if not serve:
        return _report(console, _renew(settings, municipality, wanted, console)[0])
    with listening(settings.host, settings.port) as listener:
        found, link = _renew(settings, municipality, wanted, console)
        code = _report(console, found)
        parts = assemble(settings)
        Worker(parts).once()
        app = create_app(settings, parts)
        phone = settings.public_url if settings.host in ANYWHERE else ""
        app.state.demo = guide(municipality, share=link, phone=phone)
        console.print(f"\nОткройте [bold]http://127.0.0.1:{settings.port}[/bold]  (Ctrl-C — остановить)")
        run(app, parts, listener)
    return code


def _settings(data: Path | None, host: str | None, port: int | None) -> Settings:
    """The demonstration's own settings: always SQLite in its own folder, whatever the environment names for real data."""
    given = read_settings(data=data, host=host, port=port)
    shown = address_in_network() if given.host in ANYWHERE else given.host
    own = {"demo": True, "database_url": None, "public_url": f"http://{shown}:{given.port}"}
    return given.model_copy(update=own)


def _renew(
    settings: Settings, municipality: Municipality, breaks: frozenset[str], console: Console
) -> tuple[list[Found], str]:
    """Build and play beside what is there, then put it in place; what was found, and the path of the live share."""
    require_folder(settings)
    _require_demonstration(settings.data)
    fresh = settings.model_copy(update={"data": settings.data / BUILDING})
    for folder in (fresh.data, fresh.key_folder):
        shutil.rmtree(folder, ignore_errors=True)
    fresh.data.mkdir()
    console.print(f"[bold]{municipality.name}[/bold]: строим сеть, выпускаем ключи, публикуем каталог и модули…")
    build(fresh, municipality)
    found = play(fresh, municipality, breaks, console)
    (fresh.data / DEMONSTRATION).write_text(datetime.now(UTC).isoformat(), "utf-8")
    _put_in_place(settings, fresh)
    return found


def play(
    settings: Settings,
    municipality: Municipality,
    breaks: frozenset[str],
    console: Console,
    stories: Sequence[Story] = STORIES,
) -> tuple[list[Found], str]:
    """Play the stories over HTTP on the stories' clock and read back what came of it."""
    clock = StoryClock(municipality.moment("2026-09-07 12:00"))
    parts = assemble(settings, clock)
    app = create_app(settings, parts, clock)
    app.state.demo = guide(municipality, share="", phone="")
    with serving(app) as base:
        stage = Stage(base=base, parts=parts, clock=clock, municipality=municipality, console=console, breaks=breaks)
        play_all(stage, stories)
        found = [story.read_back(stage) for story in stories if story.read_back is not None]
        write_samples(stage)
        write_out(stage, settings.data / OUT, found)
        link = live_link(stage)
    parts.engine.dispose()
    return found, link


def _require_demonstration(folder: Path) -> None:
    inside = {path.name for path in folder.iterdir()} - KEPT
    if inside and DEMONSTRATION not in inside:
        raise NotADemonstration(folder=folder)


def _put_in_place(settings: Settings, fresh: Settings) -> None:
    """Swap the new municipality in, file by file; the earlier one goes to `previous/`, its keys are forgotten."""
    folder, previous = settings.data, settings.data / PREVIOUS
    shutil.rmtree(previous, ignore_errors=True)
    previous.mkdir()
    for path in [path for path in folder.iterdir() if path.name not in KEPT]:
        path.rename(previous / path.name)
    shutil.rmtree(previous / "keys", ignore_errors=True)
    if not fresh.key_folder.is_relative_to(fresh.data):
        shutil.rmtree(settings.key_folder, ignore_errors=True)
        settings.key_folder.parent.mkdir(parents=True, exist_ok=True)
        fresh.key_folder.rename(settings.key_folder)
    for path in list(fresh.data.iterdir()):
        path.rename(folder / path.name)
    fresh.data.rmdir()


def _report(console: Console, found: list[Found]) -> int:
    console.print()
    for one in found:
        mark = "[green]✓[/green]" if one.ok else "[red]✕[/red]"
        console.print(f"{mark} Сюжет {one.scenario}: {one.title}", highlight=False)
        if not one.ok:
            console.print(f"    ожидалось: {dict(one.expected)}\n    получено:  {dict(one.got)}", highlight=False)
    return 0 if all(one.ok for one in found) else 1
