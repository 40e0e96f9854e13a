"""Every door of the application × every kind of person, against an independent statement of who may (rights_matrix.toml).

Whoever may not is turned away and learns nothing; whoever may is not turned away. A route without a row fails, and so does a
row without a route (THREATS W1).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from sqlmodel import select

from keys.tables import JournalRow
from schemas.identity import grouped
from service.app import create_app
from service.database import reading
from service.demo.people import account_of, guardian_of
from service.demo.stage import Stage
from tests.journeys import cast, statement
from tests.journeys.alina import NAME_PARTS
from tests.journeys.bodies import sent
from tests.journeys.caller import Caller
from tests.journeys.doors import FILES
from tests.journeys.peopled import Town, peopled_town
from tests.journeys.statement import Try
from tests.journeys.things import Things
from verifier.credit.events import Event

pytestmark = pytest.mark.journey

ENDS_SESSION = frozenset({"POST /demo/sign-in", "POST /sign-out", "POST /sign-in"})
TURNED_AWAY = frozenset({401, 403, 404})
SEE_OTHER = 303
FEW = (
    cast.STRANGER,
    "guardian",
    "guardian_of_classmate",
    "tutor",
    "secretary",
    "staff_elsewhere",
    "awarder",
    "program",
)
PAGES_OF_ONE = ("/wallet/{}", "/wallet/{}/consents", "/wallet/{}/shares", "/wallet/{}/shares/new", "/wallet/{}/history")


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One town for all that does not depend on the database."""
    with peopled_town(tmp_path_factory.mktemp("town")) as town:
        yield town


# --- asking -----------------------------------------------------------------------------------------------------


def ask(caller: Caller, one: Try, kind: str, things: Things) -> Response:
    """Try a door as a person of that kind."""
    door = one.door
    path = things.address(door.row, door.path, event=one.event)
    if door.method == FILES:
        return caller.call("GET", f"{path}/zachetka.css")
    body = sent(door.row, kind, things) if door.method == "POST" else {}
    host = {"Host": "ugu.sever.example"} if "well-known" in path else {}
    return caller.call(door.method, path, headers=host, **body)


def turned_away(answer: Response) -> bool:
    to_sign_in = answer.status_code == SEE_OTHER and answer.headers["location"].startswith("/sign-in?")
    return answer.status_code in TURNED_AWAY or to_sign_in


def faults(one: Try, kind: str, answer: Response, things: Things) -> Iterator[str]:
    """What is wrong with an answer."""
    allowed = kind in one.may
    if answer.status_code >= 500:
        yield f"breaks ({answer.status_code})"
    elif allowed and turned_away(answer):
        yield f"may, but is turned away ({answer.status_code})"
    elif not allowed and not turned_away(answer):
        yield f"may not, but gets {answer.status_code}"
    told = f"{answer.text} {answer.headers}"
    if kind not in one.named:
        yield from (f"meets the name {part}…" for part in NAME_PARTS if part in told)
    if not allowed or cast.STRANGER in one.may:
        yield from ("meets the network number" for form in (things.number, grouped(things.number)) if form in told)


def walk(town: Town, kind: str, wanted: Iterable[Try]) -> Iterator[str]:
    """Everything wrong that one person meets; doors that end a session are tried in sessions of their own."""
    with Caller(town.stage.base) as caller:
        cast.enter(caller, kind)
        for one in wanted:
            if one.door.row in ENDS_SESSION:
                with Caller(town.stage.base) as other:
                    answer = ask(cast.enter(other, kind), one, kind, town.things)
            else:
                answer = ask(caller, one, kind, town.things)
            yield from (f"{one.title}: {kind} {fault}" for fault in faults(one, kind, answer, town.things))


def require_none(found: list[str]) -> None:
    assert not found, "\n".join(["", *found])


# --- the statement and the application speak of the same --------------------------------------------------------


def test_every_route_has_a_row_and_every_row_a_route(settled: Town) -> None:
    rows, routes = set(statement.rows()), {door.row for door in settled.doors}
    assert (sorted(routes - rows), sorted(rows - routes)) == ([], []), "routes without a row, rows without a route"


def test_the_routes_of_the_openapi_document_are_all_found(settled: Town) -> None:
    paths = create_app(settled.stage.parts.settings, settled.stage.parts).openapi()["paths"]
    described = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert described <= {door.row for door in settled.doors}


def test_every_route_names_an_action_that_somebody_may_do(settled: Town) -> None:
    known = settled.stage.parts.rights.actions
    assert [door.row for door in settled.doors if door.method != FILES and door.action not in known] == []


def test_every_act_of_a_case_has_a_row() -> None:
    assert set(statement.acts()) == set(Event)


def test_the_statement_names_everybody_there_is_and_nobody_else() -> None:
    assert statement.names() == set(cast.KINDS)


# --- people at the doors ----------------------------------------------------------------------------------------


def test_nobody_gets_further_than_the_statement_lets_them(settled: Town) -> None:
    wanted = list(statement.tries(settled.doors))
    require_none([fault for kind in cast.KINDS for fault in walk(settled, kind, wanted)])


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_the_same_on_the_other_database_for_a_few(tmp_path: Path, database_url: str) -> None:
    with peopled_town(tmp_path, database_url) as here:
        wanted = [one for one in statement.tries(here.doors) if one.event in {"", Event.ORDER}]
        require_none([fault for kind in FEW for fault in walk(here, kind, wanted)])


@pytest.mark.parametrize("kind", sorted(statement.kinds(["credit_staff"])))
def test_a_draft_is_not_the_schools_before_it_is_handed_in(settled: Town, kind: str) -> None:
    doors = [door for door in settled.doors if "{case_id}" in door.path and "{event}" not in door.path]
    things = settled.things.of_draft()
    wanted = [Try(door, "", frozenset(), frozenset()) for door in doors]
    require_none(list(walk(Town(settled.stage, things, doors), kind, wanted)))


def test_who_was_guardian_of_a_grown_up_is_a_stranger_to_them(settled: Town) -> None:
    own, former = account_of("l4"), guardian_of("l4")
    with Caller(settled.stage.base) as learner, Caller(settled.stage.base) as guardian:
        learner.sign_in(own)
        guardian.sign_in(account_of(former))
        for page in (*PAGES_OF_ONE, "/credit/plans/{}"):
            assert learner.call("GET", page.format(own)).status_code == 200, page
            refused = guardian.call("GET", page.format(own))
            assert turned_away(refused), page
            assert "Егор" not in refused.text, page


@pytest.mark.parametrize("kind", ["tutor", "secretary"])
@pytest.mark.parametrize(
    "row",
    [
        "GET /credit/cases/{case_id}",
        "GET /api/credit/cases/{case_id}",
        "GET /credit/cases/{case_id}/evidence/{position}",
        "GET /credit/documents/{document_id}",
        "GET /credit/documents/{document_id}/sealed",
        "GET /credit/plans/{learner}",
    ],
)
def test_whoever_else_reads_is_in_the_journal(settled: Town, kind: str, row: str) -> None:
    require_journal(settled, kind, row)


@pytest.mark.parametrize("kind", ["tutor", "class_teacher"])
@pytest.mark.parametrize("row", ["GET /portfolio/queue/{declared}", "GET /portfolio/queue/{declared}/files/{file}"])
def test_a_teacher_who_reads_is_in_the_journal(settled: Town, kind: str, row: str) -> None:
    require_journal(settled, kind, row)


def require_journal(settled: Town, kind: str, row: str) -> None:
    method, _, path = row.partition(" ")
    with Caller(settled.stage.base) as caller:
        cast.enter(caller, kind)
        before = readings(settled.stage, kind)
        assert caller.call(method, settled.things.address(row, path)).status_code == 200
    assert readings(settled.stage, kind) == before + 1


def readings(stage: Stage, kind: str) -> int:
    with reading(stage.parts.engine) as session:
        wanted = select(JournalRow).where(
            JournalRow.person == cast.account(kind), JournalRow.learner == account_of("l1")
        )
        return len(session.exec(wanted).all())
