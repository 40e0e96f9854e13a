"""Bad input at every door: each refusal is one sentence for people or a problem document for programs, and nothing breaks.

A refusal's sentence and code are those of our own errors, which `/docs` lists (RFC 9457); nobody ever sees a traceback or an
error of the database.
"""

import json
import os
import re
import resource
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from httpx2 import Response

from service.demo.forms import forms_of
from service.demo.people import account_of
from service.settings import MEBIBYTE
from tests.journeys import cast, mischief, statement
from tests.journeys.alina import NAME_PARTS
from tests.journeys.bodies import sent
from tests.journeys.caller import Caller
from tests.journeys.peopled import Town, peopled_town
from tests.journeys.refusals import faults
from tests.journeys.statement import Try
from tests.seed import draws

pytestmark = pytest.mark.journey

PLACE = re.compile(r"\{(\w+)\}")
PUBLIC_DATA = (
    "/api/",
    "/vc-api/",
    "/credit/applications",
    "/orgs",
    "/trust",
    "/frameworks",
    "/status",
    "/deposits",
    "/.well-known",
)
A_FEW_ACTS = frozenset({"", "order", "supply"})
FORMS_FOR_ENTERING = frozenset({"/sign-out", "/demo/sign-in", "/sign-in"})
SHARE = int(os.environ.get("DOORS_SHARE", "3"))
"""What is wrong in many ways goes to one door in so many, others for each thing and seed; `make doors` goes to all."""
UPLOAD = 100 * MEBIBYTE
KEPT = 32 * MEBIBYTE  # the two that are allowed, a few times over


Found = Iterator[tuple[str, str, str]]
"""What goes wrong: at which door, with what, and how."""


class Crowd:
    """One caller of every kind, signed in when first needed. `strict` leaves only what some databases cannot keep."""

    def __init__(self, town: Town, *, strict: bool = False) -> None:
        self.town, self.strict = town, strict
        self._callers: dict[str, Caller] = {}

    def __getitem__(self, kind: str) -> Caller:
        if kind not in self._callers:
            self._callers[kind] = cast.enter(Caller(self.town.stage.base), kind)
        return self._callers[kind]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for caller in self._callers.values():
            caller.close()

    def doors(self, method: str, wrong: str) -> Iterator[tuple[Try, str, str]]:
        """The share of the doors that end no session for what is wrong, with somebody who may use each, and its address."""
        first = draws(f"doors: {wrong}, {method}, {self.strict}").randrange(SHARE)
        for one in list(statement.tries(self.town.doors))[first::SHARE]:
            able = next((kind for kind in cast.KINDS if kind in one.may), None)
            enters = one.door.method == "POST" and one.door.action.startswith("session.")
            if able and one.door.method == method and one.event in A_FEW_ACTS and not enters:
                yield one, able, self.town.things.address(one.door.row, one.door.path, event=one.event)

    def odd(self, values: tuple[str, ...]) -> list[str]:
        return [value for value in values if not self.strict or value in mischief.STRICT]


def for_people(one: Try) -> bool:
    """A shared page's files are downloads of that page: a dead link looks the same in both places."""
    path = one.door.path
    return path.startswith("/v/") or not (path.startswith(PUBLIC_DATA) or path.endswith(".json"))


def accepting(one: Try) -> dict[str, str]:
    return {"Accept": "text/html" if for_people(one) else "application/json"}


# --- what is tried ----------------------------------------------------------------------------------------------


def odd_addresses(crowd: Crowd) -> Found:
    """Every id of every address replaced by something that is none."""
    things = crowd.town.things
    for method in ("GET", "POST"):
        for one, kind, _ in crowd.doors(method, "addresses"):
            for place in PLACE.findall(one.door.path):
                for odd in crowd.odd(mischief.ODD_IDS):
                    path = things.address(one.door.row, one.door.path, **{"event": one.event, place: odd})
                    body = sent(one.door.row, kind, things) if method == "POST" else {}
                    answer = crowd[kind].call(method, path, headers=accepting(one), **body)
                    yield from wrong(answer, one, f"{place}={odd}")


def odd_queries(crowd: Crowd) -> Found:
    for one, kind, path in crowd.doors("GET", "queries"):
        for query in crowd.odd(mischief.ODD_QUERIES if one.door.asks else mischief.ODD_QUERIES[-2:]):
            yield from wrong(crowd[kind].call("GET", f"{path}?{query}", headers=accepting(one)), one, f"?{query}")


def odd_methods(crowd: Crowd) -> Found:
    stranger = crowd[cast.STRANGER]
    for path in sorted({crowd.town.things.address(door.row, door.path, event="order") for door in crowd.town.doors}):
        for method in mischief.METHODS:
            answer = stranger.call(method, path, headers={"Accept": "application/json"})
            yield from ((path, method, fault) for fault in faults(answer, page=False))
            if answer.status_code == 405 and not answer.headers.get("allow"):
                yield path, method, "does not say which methods are right"


def odd_bodies(crowd: Crowd) -> Found:
    """Bytes that are no document, and documents of another kind than they say."""
    for one, kind, path in crowd.doors("POST", "bodies"):
        tries = [(body, "application/json") for body in mischief.ODD_BODIES]
        for body, said in (*tries, *((b"{", said) for said in mischief.ODD_KINDS)):
            answer = crowd[kind].call("POST", path, content=body, headers={**accepting(one), "Content-Type": said})
            yield from wrong(answer, one, f"{body[:20]!r} as {said}")


def odd_documents(crowd: Crowd) -> Found:
    """Every member of every JSON document wrong, one at a time."""
    for one, kind, path in crowd.doors("POST", "documents"):
        good = sent(one.door.row, kind, crowd.town.things).get("json")
        for document in mischief.odd_documents(good) if good else ():
            answer = crowd[kind].call("POST", path, json=document, headers=accepting(one))
            yield from wrong(answer, one, json.dumps(document))


def odd_names(crowd: Crowd) -> Found:
    """Whoever signs in types something else than a name and a password."""
    doors = {"/sign-in": ("login", "password", "next"), "/demo/sign-in": ("account",)}
    for path, fields in doors.items():
        for field in fields:
            for text in crowd.odd(mischief.ODD_TEXTS):
                with Caller(crowd.town.stage.base) as stranger:
                    form = {"login": "никто", "password": "ничего", field: text}
                    answer = stranger.call("POST", path, form=form)
                yield from ((path, f"{field}={text!r}", fault) for fault in faults(answer, page=True))


def odd_answers(crowd: Crowd) -> Found:
    """Every field of every form on every page wrong, one at a time."""
    for one, kind, path in crowd.doors("GET", "answers"):
        shown = crowd[kind].call("GET", path).text if for_people(one) else ""
        forms = (form for form in forms_of(shown) if form.method == "post" and form.action not in FORMS_FOR_ENTERING)
        for form in forms:
            for answers in mischief.odd_answers(form, crowd.odd(mischief.ODD_TEXTS)):
                answer = crowd[kind].call("POST", form.action or path, form=dict(form.filled(answers)))
                told = {name: value for name, value in answers.items() if name != "csrf"}
                yield from ((form.action, str(told), fault) for fault in faults(answer, page=True))


def wrong(answer: Response, one: Try, how: str) -> Found:
    yield from ((one.title, how, fault) for fault in faults(answer, page=for_people(one)))


ALL = (odd_addresses, odd_queries, odd_methods, odd_bodies, odd_documents, odd_names, odd_answers)
STRICT = (odd_addresses, odd_queries, odd_documents, odd_names, odd_answers)


def require_none(found: Found) -> None:
    """Fail with one line for each door and fault, and what led to it."""
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for where, how, fault in found:
        grouped[where, fault].append(how[:160])
    told = [f"{where}: {fault}, {len(hows)} times: {' | '.join(hows[:3])}" for (where, fault), hows in grouped.items()]
    assert not told, "\n".join(["", *told])


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with peopled_town(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture
def crowd(settled: Town) -> Iterator[Crowd]:
    """Everybody signs in anew: the town's clock runs fast, and sessions end."""
    with Crowd(settled) as made:
        yield made


@pytest.mark.parametrize("tried", ALL)
def test_bad_input_is_refused_in_one_sentence(crowd: Crowd, tried: Callable[[Crowd], Found]) -> None:
    require_none(tried(crowd))


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_what_a_stricter_database_cannot_keep_is_refused_as_calmly(tmp_path: Path, database_url: str) -> None:
    with peopled_town(tmp_path, database_url) as town, Crowd(town, strict=True) as strict:
        require_none(found for tried in STRICT for found in tried(strict))


# --- things of others -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town of their own: whoever answers every form elsewhere also removes what the forms remove."""
    with peopled_town(tmp_path_factory.mktemp("untouched")) as town:
        yield town


@pytest.fixture
def owners(untouched: Town) -> Iterator[Crowd]:
    with Crowd(untouched) as made:
        yield made


NOBODYS = frozenset({"ending", "request_id", "purpose", "section"})
"""Places that belong to nobody: texts, sections, requests to be shown badges, which whoever was given the address may answer."""


def foreign_doors(crowd: Crowd) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Doors of one's own with somebody else's things behind them: method, address, who, body."""
    things, ward = crowd.town.things, account_of("l2")
    for one in statement.tries(crowd.town.doors):
        places = set(PLACE.findall(one.door.path))
        body = sent(one.door.row, "", things) if one.door.method == "POST" else {}
        if "learner" in places and len(places - NOBODYS) > 1 and "guardian" in one.may:
            path = things.address(one.door.row, one.door.path, learner=ward)
            yield one.door.method, path, "guardian_of_classmate", body
        if {"organisation", "award_id"} <= places:
            yield one.door.method, things.address(one.door.row, one.door.path, organisation="kva"), "other_issuer", body


def test_nobody_reaches_foreign_things_through_doors_of_their_own(owners: Crowd) -> None:
    tried = list(foreign_doors(owners))
    assert len(tried) > 10
    for method, path, kind, body in tried:
        answer = owners[kind].call(method, path, **body)
        assert answer.status_code == 404, f"{method} {path} as {kind}: {answer.status_code}"
        assert not [part for part in NAME_PARTS if part in answer.text], path


@pytest.mark.parametrize(
    ("path", "key", "document"),
    [
        ("/wallet/{ward}/apply", "form", {"item": "{item}", "badge": "{entry}", "wish": "full", "act": "keep"}),
        (
            *("/wallet/{ward}/shares", "form"),
            {"badge": "{entry}", "audience": "Вуз", "purpose": "Показ", "days": "14", "act": "make"},
        ),
        ("/api/wallet/{ward}/shares", "json", {"badges": ["{entry}"], "audience": "Вуз", "purpose": "Показ"}),
        ("/credit/applications", "json", {"component": "{item}", "wish": "full", "presentation": {}}),
    ],
)
def test_nobody_takes_foreign_things_into_their_own(
    owners: Crowd, path: str, key: str, document: dict[str, Any]
) -> None:
    things, ward = owners.town.things, account_of("l2")
    filled = json.loads(json.dumps(document).replace("{item}", things.item).replace("{entry}", things.ids["entry"]))
    answer = owners["guardian_of_classmate"].call("POST", path.replace("{ward}", ward), **{key: filled})
    assert answer.status_code in {400, 403, 404}, answer.status_code
    assert not [part for part in NAME_PARTS if part in answer.text]


# --- badges that break a rule -----------------------------------------------------------------------------------


def broken_badges(badge: bytes) -> Iterator[tuple[str, bytes]]:
    document: dict[str, Any] = json.loads(badge)
    unknown = [*document["@context"], "https://evil.example/context.json"]
    yield "unknown context", json.dumps({**document, "@context": unknown}).encode()
    yield "own context", json.dumps({**document, "@context": [*document["@context"], {"x": "urn:x"}]}).encode()
    yield "undefined field", json.dumps({**document, "honours": "с отличием"}).encode()
    yield (
        "undefined field inside",
        json.dumps({**document, "credentialSubject": {**document["credentialSubject"], "x": 1}}).encode(),
    )
    yield "undefined type", json.dumps({**document, "type": [*document["type"], "Diploma"]}).encode()
    yield "no proof", json.dumps({key: value for key, value in document.items() if key != "proof"}).encode()
    yield "half", badge[: len(badge) // 2]
    yield "another thing", b'{"a": "b"}'
    yield "deep", b'{"a":' * 40 + b"1" + b"}" * 40


def test_badges_that_break_a_rule_are_told_apart_in_words(crowd: Crowd) -> None:
    stranger = crowd[cast.STRANGER]
    for title, badge in broken_badges(crowd.town.things.badge):
        data = stranger.call("POST", "/api/verify", content=badge, headers={"Accept": "application/json"})
        page = stranger.call("POST", "/verify", form={"text": badge.decode()})
        assert not [*faults(data, page=False), *faults(page, page=True)], title
        if data.status_code == 200:
            assert data.json()["credentials"][0]["verdict"] == "invalid", title
            assert "Недействителен" in page.text or "недействителен" in page.text.casefold(), title


# --- floods -----------------------------------------------------------------------------------------------------


class Flood:
    """Many mebibytes that come in pieces."""

    def __init__(self, start: bytes) -> None:
        self.given = 0
        self._start = start

    def __iter__(self) -> Iterator[bytes]:
        piece = self._start
        while self.given < UPLOAD:
            self.given += len(piece)
            yield piece
            piece = b"x" * 65_536


def memory() -> int:
    """The most that this process, the server in it, has ever held, in bytes."""
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
FILE_PART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'


@pytest.mark.parametrize(
    ("path", "kind", "said", "start"),
    [
        ("/verify", cast.STRANGER, FILES, FILE_PART),
        ("/verify", cast.STRANGER, FORM, b"text="),
        ("/sign-in", cast.STRANGER, FORM, b"login="),
        ("/api/verify", cast.STRANGER, "application/json", b"{"),
        ("/api/verify", cast.STRANGER, "image/png", b"\x89PNG"),
        ("/api/awards", "awarder", "application/json", b"{"),
        ("/credit/cases/{case_id}/supply", "guardian", FILES, FILE_PART),
    ],
)
def test_a_hundred_mebibytes_are_refused_while_they_come(
    crowd: Crowd, path: str, kind: str, said: str, start: bytes
) -> None:
    page, before = not path.startswith("/api/"), memory()
    headers = {"Content-Type": said, "Accept": "text/html" if page else "application/json"}
    with Caller(crowd.town.stage.base) as caller:
        cast.enter(caller, kind)
        answer = caller.call("POST", crowd.town.things.address("", path), content=iter(Flood(start)), headers=headers)
    assert answer.status_code == 413
    assert list(faults(answer, page=page)) == []
    assert memory() - before < KEPT
