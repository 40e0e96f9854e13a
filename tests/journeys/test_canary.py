"""A learner with a name that is nowhere else: after everything that can happen it is in no log, address, file or public document.

Whoever is concerned reads it on the pages; nothing that travels or stays elsewhere has it (DOMAIN §4, THREATS W3).
"""

import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
import structlog
from PIL import Image
from pypdf import PdfReader
from rich.console import Console
from sqlmodel import select
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from keys.tables import JournalRow
from schemas.baking import unbake_png, unbake_svg
from schemas.identity import grouped
from service import logs
from service.app import create_app
from service.database import reading, unit_of_work
from service.demo.build import build
from service.demo.clock import StoryClock
from service.demo.guide import guide
from service.demo.municipality import Municipality
from service.demo.people import account_of
from service.demo.server import serving
from service.demo.stage import Stage
from service.demo.wallets import WALLET
from service.parts import assemble
from service.settings import Settings
from tests.journeys import cast, statement
from tests.journeys.alina import settle
from tests.journeys.caller import Caller
from tests.journeys.doors import doors_of
from tests.journeys.stages import all_moments
from tests.journeys.things import Things
from tests.town import award_to_alina, settings_for, town_of_today

pytestmark = pytest.mark.journey

NAME = "Канарейка-7319 Пеночка-7320 Щегловна-7321"
GUARDIAN = "Канарейка-7319 Синица-7322 Зябликовна-7323"
ADDRESS = re.compile(r"""\b(?:href|src|action|data|content|formaction)=(?:"([^"]*)"|'([^']*)')""")
PLACES = re.compile(r"<(?:title|meta|link)\b[^>]*>[^<]*")


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of the application."""

    method: str
    address: str
    status: int
    headers: str
    kind: str
    body: bytes


@dataclass(slots=True)
class Tape:
    """Middleware: keeps everything that goes out."""

    app: ASGIApp
    told: list[Told]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through and keep its answer."""
        start: Message = {}
        body: list[bytes] = []

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            body.append(message.get("body", b""))
            await send(message)

        await self.app(scope, receive, keep)
        if scope["type"] == "http":
            headers = {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]}
            address = scope["raw_path"].decode() + "?" + scope["query_string"].decode()
            lines = "\n".join(f"{name}: {value}" for name, value in headers.items())
            kind = headers.get("content-type", "")
            self.told.append(Told(scope["method"], address, start["status"], lines, kind, b"".join(body)))


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What is left when everything has happened."""

    stage: Stage
    things: Things
    folder: Path
    told: list[Told]
    opened: list[Told]
    """What every door says that somebody can open, whoever it is."""
    log: str
    canaries: tuple[str, ...] = field(repr=False)

    def found(self, text: str | bytes) -> list[str]:
        """The canaries in a text or in bytes, however they are written."""
        data = text.encode() if isinstance(text, str) else text
        return [one for one in self.canaries if any(form in data for form in written(one))]


@cache
def written(canary: str) -> frozenset[bytes]:
    """A word as it may stand in files, addresses, JSON and HTML."""
    escaped = json.dumps(canary)[1:-1]
    entities = "".join(f"&#{ord(letter)};" for letter in canary)
    return frozenset(form.encode() for form in (canary, quote(canary), quote(canary).lower(), escaped, entities))


# --- everything happens -----------------------------------------------------------------------------------------


def with_canary(municipality: Municipality) -> Municipality:
    first, *others = municipality.learners
    vars(municipality)["learners"] = (replace(first, name=NAME, guardian=GUARDIAN), *others)
    return municipality


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    """Award, consent, links, applications, decisions, refusals and mistakes, with the log of a real installation."""
    settings, municipality = settings_for(tmp_path_factory.mktemp("town")), with_canary(town_of_today())
    build(settings, municipality)
    log, told = io.StringIO(), list[Told]()
    with pytest.MonkeyPatch.context() as patch:
        _log_to(log, patch)
        stage, server = _stage(settings, municipality, told)
        with server as base:
            stage = replace(stage, base=base)
            yield _everything(stage, settings.data, told, log)
        stage.parts.engine.dispose()
    structlog.reset_defaults()


def _log_to(log: io.StringIO, patch: pytest.MonkeyPatch) -> None:
    """Log as an installation does, into `log`; nothing of it stays behind after the tests."""
    configured = structlog.configure
    patch.setattr("sys.stderr", log)
    patch.setattr(structlog, "configure", lambda **given: configured(**{**given, "cache_logger_on_first_use": False}))
    root = logging.getLogger()
    patch.setattr(root, "handlers", [])
    patch.setattr(root, "level", root.level)
    logs.configure()


def _stage(settings: Settings, municipality: Municipality, told: list[Told]) -> tuple[Stage, Any]:
    clock = StoryClock(datetime.now(UTC))
    parts = assemble(settings, clock)
    app = create_app(settings, parts, clock)
    app.state.demo = guide(municipality, share="", phone="")
    app.add_middleware(Tape, told=told)
    console = Console(file=io.StringIO())
    return Stage(base="", parts=parts, clock=clock, municipality=municipality, console=console), serving(app)


def _everything(stage: Stage, folder: Path, told: list[Told], log: io.StringIO) -> Aftermath:
    with unit_of_work(stage.parts.engine) as session:
        cast.hire(session, stage.municipality.joined.date())
    stage.work()
    award_to_alina(stage)
    things = settle(stage)
    for _ in all_moments(stage, things.draft):
        pass
    _take_files(stage, things)
    kept = list(told)
    _make_mistakes(stage, things)
    before = len(told)
    _open_every_door(stage, things)
    opened = told[before:]
    born = stage.municipality.learners[0].born
    dates = (born.isoformat(), born.strftime("%d.%m.%Y"))
    canaries = (*NAME.split(), *GUARDIAN.split(), things.number, grouped(things.number), *dates)
    return Aftermath(stage, things, folder, kept, opened, log.getvalue(), canaries)


def _take_files(stage: Stage, things: Things) -> None:
    """Every file that leaves a wallet, every public document, the measures."""
    with Caller(stage.base) as family, Caller(stage.base) as stranger:
        family.sign_in(account_of("l1"))
        rows = family.call("GET", f"/api{WALLET}").json()["badges"]
        assert len(rows) > 3, "the school's own badge is among them"
        for row in rows:
            for ending in ("json", "png", "svg"):
                assert family.call("GET", f"{WALLET}/badges/{row['id']}.{ending}").status_code == 200
        for path in ("/collect", "/moving", "/archive.zip"):
            assert family.call("GET", f"{WALLET}{path}").status_code == 200
        brought = family.call("POST", f"{WALLET}/collect", form={"text": things.badge.decode()})
        assert family.call("GET", brought.headers["location"]).status_code == 200
        for ending in ("png", "svg"):
            assert family.call("GET", f"{WALLET}/shares/{things.ids['made']}/qr.{ending}").status_code == 200
        for path in ("/v/{token}", "/v/{token}/1.json", "/api/shared/{token}"):
            assert stranger.call("GET", things.address("", path)).status_code == 200
        for path in ("/metrics", "/healthz", "/readyz", "/trust", "/docs", "/credit/rules/s1", "/verify"):
            assert stranger.call("GET", path).status_code == 200


def _open_every_door(stage: Stage, things: Things) -> None:
    """Each door by the first two kinds of people who may: rolls, requests, meetings, composed pages, papers, charts, files."""
    doors = doors_of(create_app(stage.parts.settings, stage.parts))
    tries = [one for one in statement.tries(doors) if one.door.method == "GET"]
    for kind in cast.KINDS:
        with Caller(stage.base) as caller:
            cast.enter(caller, kind)
            for one in tries:
                if kind in sorted(one.may, key=cast.KINDS.index)[:2]:
                    caller.call("GET", things.address(one.door.row, one.door.path, event=one.event))


def _make_mistakes(stage: Stage, things: Things) -> None:
    """Names where they do not belong: typed into addresses, logins, search, badges; the log must not repeat them."""
    surname = NAME.split(maxsplit=1)[0]
    with Caller(stage.base) as family:
        family.sign_in(account_of("l1"))
        for typed in (NAME, f'{{"name": "{NAME}"}}', f"https://{surname}.example/{NAME}", f"https://x.example/{NAME}"):
            family.call("POST", f"{WALLET}/collect", form={"text": typed, "recipient": NAME})
        family.call("POST", f"{WALLET}/import", content=NAME.encode(), headers={"Content-Type": "application/zip"})
    with Caller(stage.base) as stranger, Caller(stage.base) as staff, Caller(stage.base) as school:
        stranger.call("GET", f"/{quote(surname)}?name={quote(surname)}")
        stranger.call("GET", f"/v/{quote(surname)}")
        stranger.call("POST", "/sign-in", form={"login": surname, "password": surname})
        stranger.call("POST", "/verify", form={"text": f'{{"name": "{NAME}"}}'})
        stranger.call("POST", "/api/verify", content=NAME.encode())
        staff.sign_in(cast.account("awarder"))
        asked = {"organisation": "ugu", "achievement": "m08", "learner_number": things.number, "result": "87"}
        staff.call("POST", "/api/awards", json={**asked, "event": NAME, "narrative": NAME})
        staff.call("POST", "/api/awards", json={**asked, "event": NAME * 100, NAME: NAME})
        staff.call("POST", "/issuer/ugu/award", form={"achievement": "m08", "event": "№ 1", "narrative": NAME})
        school.sign_in(account_of("mkhova"))
        school.call("POST", "/credit", form={"q": surname})
        school.call("GET", f"/credit/cases/{quote(surname)}")


# --- nothing is left of it --------------------------------------------------------------------------------------


def test_the_name_was_there_to_be_found(aftermath: Aftermath) -> None:
    pages = [one for one in aftermath.told if one.kind.startswith("text/html")]
    assert any(set(NAME.split()) <= set(aftermath.found(page.body)) for page in pages)
    assert aftermath.log.count("\n") > 200
    assert '"status": 404' in aftermath.log


def test_every_door_was_opened(aftermath: Aftermath) -> None:
    answers = [one for one in aftermath.opened if one.status == 200]
    assert len({one.address for one in answers}) > 130
    named = [one for one in answers if aftermath.found(one.body)]
    for room in ("/roll/", "/credit/", "/wallet/", "/issuer/", "/portfolio/"):
        assert any(one.address.startswith(room) for one in named), f"nobody met the name in {room}"


def test_no_line_of_the_log_has_it(aftermath: Aftermath) -> None:
    lines = [line for line in aftermath.log.splitlines() if aftermath.found(line)]
    assert lines == []


def test_no_address_and_no_header_has_it(aftermath: Aftermath) -> None:
    told = [*aftermath.told, *aftermath.opened]
    asked = [f"{one.method} {one.address}" for one in told if aftermath.found(unquote(one.address))]
    answered = [f"{one.address}: {one.headers}" for one in told if aftermath.found(unquote(one.headers))]
    assert (asked, answered) == ([], [])


def test_no_address_on_a_page_leads_to_it_and_no_title_keeps_it(aftermath: Aftermath) -> None:
    shown: dict[str, str] = {}
    for one in (*aftermath.told, *aftermath.opened):
        if one.kind.startswith("text/html"):
            page = one.body.decode()
            links = ["".join(found) for found in ADDRESS.findall(page)] + PLACES.findall(page)
            shown |= dict.fromkeys(links, one.address)
    assert [f"{address}: {link}" for link, address in shown.items() if aftermath.found(unquote(link))] == []


def test_looking_for_a_learner_puts_no_name_into_an_address(aftermath: Aftermath) -> None:
    with Caller(aftermath.stage.base) as school:
        page = school.sign_in(account_of("mkhova")).call("GET", "/credit").text
    search = re.findall(r"<form\b[^>]*>(?:(?!</form>).)*name=\"q\"", page, re.DOTALL)
    assert search
    assert all('method="post"' in form for form in search), (
        "a form for names that is sent by GET: the name stays in the history"
    )


def test_no_file_has_it(aftermath: Aftermath) -> None:
    kinds = ("application/", "image/", "text/plain")
    own_files = [one for one in aftermath.told if one.kind.startswith(kinds) and "/api/" not in one.address]
    endings = {one.address.partition("?")[0].rpartition(".")[2] for one in own_files}
    assert {"json", "png", "svg"} <= endings
    assert [one.address for one in own_files if aftermath.found(one.body) or aftermath.found(inside(one))] == []


def test_what_surrounds_a_paper_says_nothing(aftermath: Aftermath) -> None:
    """A PDF may name her on its pages; lists of files, search engines and printers' queues show its title, author and subject."""
    papers = [one for one in aftermath.opened if one.kind == "application/pdf" and one.status == 200]
    ours = [one for one in papers if not re.search("/(?:files|works)/", one.address)]  # what a family brings is its own
    described = {one.address: PdfReader(io.BytesIO(one.body)) for one in ours}
    assert len(described) > 4
    for address, paper in described.items():
        beside = paper.xmp_metadata.stream.get_data() if paper.xmp_metadata else b""
        assert not aftermath.found(str(paper.metadata).encode() + beside), address


def test_no_picture_carries_it(aftermath: Aftermath) -> None:
    pictures = [one for one in aftermath.opened if one.kind.startswith("image/") and one.status == 200]
    assert len(pictures) > 4
    assert [one.address for one in pictures if aftermath.found(one.body)] == []


def test_no_preview_and_no_measure_has_it(aftermath: Aftermath) -> None:
    """What messengers draw of a link is its title and its `meta`; what strangers open is held to the same as a whole."""
    told = [one for one in aftermath.opened if one.address.startswith(("/v/", "/metrics")) and one.status == 200]
    assert len(told) > 5
    assert [one.address for one in told if aftermath.found(one.body)] == []


def inside(one: Told) -> bytes:
    """What a picture carries packed."""
    if "/badges/" not in one.address:
        return b""
    if one.kind == "image/png":
        notes = Image.open(io.BytesIO(one.body)).info
        return (unbake_png(one.body) + repr(notes)).encode()
    return unbake_svg(one.body).encode() if one.kind.startswith("image/svg") else b""


def test_an_archive_names_her_in_her_own_papers_alone(aftermath: Aftermath) -> None:
    """A list of what is inside, its page and the names of files travel with it; what a school has sealed names her by law."""
    told = next(one.body for one in aftermath.told if one.address.startswith(f"{WALLET}/archive.zip"))
    with zipfile.ZipFile(io.BytesIO(told)) as packed:
        assert [name for name in packed.namelist() if aftermath.found(name)] == []
        outside = [name for name in packed.namelist() if not name.startswith(("decisions/", "works/"))]
        assert {"manifest.json", "index.html", "badges.json"} <= set(outside)
        assert [name for name in outside if aftermath.found(packed.read(name))] == []


def test_no_data_for_strangers_has_it(aftermath: Aftermath) -> None:
    public = ("/v/", "/api/shared/", "/metrics", "/healthz", "/readyz", "/trust", "/docs", "/verify", "/api/verify")
    told = [one for one in aftermath.told if one.address.startswith(public)]
    assert any(one.address.startswith("/v/") for one in told)
    assert [one.address for one in told if aftermath.found(one.body)] == []


def test_no_public_document_has_it_in_its_text_or_name(aftermath: Aftermath) -> None:
    public = aftermath.folder / "public"
    files = [path for path in public.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert [str(path) for path in files if aftermath.found(path.read_bytes())] == []
    everywhere = [str(path) for path in aftermath.folder.rglob("*") if aftermath.found(str(path.name))]
    assert everywhere == []


def test_no_row_of_the_journal_has_it(aftermath: Aftermath) -> None:
    with reading(aftermath.stage.parts.engine) as session:
        rows = [row.model_dump_json() for row in session.exec(select(JournalRow))]
    assert len(rows) > 20
    assert [row for row in rows if aftermath.found(row)] == []
