"""A file that was brought: found by its school alone, written down as it was shown and once, forgotten with its term."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, create_engine

from keys.brought import SHOWN, Brought, Desk
from schemas.errors import BadInput, Conflict, NotFound
from schemas.spreadsheets.lists import Fault

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)


class Paper(Brought, table=True):
    metadata = sa.MetaData()


class Unknown(NotFound): ...


class Settled(Conflict): ...


class Changed(Conflict): ...


class FaultsLeft(Conflict): ...


@dataclass(frozen=True)
class Made:
    digest: str = "seen"
    faults: Sequence[Fault] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


DESK = Desk(table=Paper, unknown=Unknown, settled=Settled, changed=Changed, faults_left=FaultsLeft)
FAULTY = Made(faults=[Fault(3, "", BadInput())], counts={"new": 1})


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Paper.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def paper(session: Session, name: str = "p1", *, whole: bool = False, age: int = 0) -> Paper:
    kept = Paper(
        id=name,
        school="s1",
        file="list.csv",
        whole=whole,
        headings=["ФИО"],
        rows=[[2, "А"], [3, "Б"]],
        total=2,
        entered_by="secretary",
        entered_at=NOW - timedelta(days=age),
        counts={},
    )
    session.add(kept)
    session.flush()
    return kept


def test_a_file_is_its_schools_alone(session: Session) -> None:
    kept = paper(session)
    assert DESK.find(session, "s1", "p1") is kept
    for school, file in (("s2", "p1"), ("s1", "p2")):
        with pytest.raises(Unknown):
            DESK.find(session, school, file)


def test_the_newest_come_first_and_no_more_than_a_page(session: Session) -> None:
    for age in range(SHOWN + 1):
        paper(session, f"p{age}", age=age)
    assert [one.id for one in DESK.latest(session, "s1")] == [f"p{age}" for age in range(SHOWN)]
    assert DESK.latest(session, "s2") == []
    assert [one.id for one in DESK.latest(session, "s1", sa.column("id") == "p3")] == ["p3"]


def test_only_what_was_shown_is_let_through(session: Session) -> None:
    kept = paper(session)
    DESK.confirm(kept, FAULTY, "seen")
    with pytest.raises(Changed):
        DESK.confirm(kept, FAULTY, "something else")


def test_a_whole_file_with_faults_is_not_applied(session: Session) -> None:
    kept = paper(session, whole=True)
    DESK.confirm(kept, Made(), "seen")
    with pytest.raises(FaultsLeft):
        DESK.confirm(kept, FAULTY, "seen")


def test_a_settled_file_keeps_the_rows_to_be_corrected_and_is_settled_once(session: Session) -> None:
    kept = paper(session)
    DESK.lock(session, kept)
    DESK.settle(session, kept, FAULTY, "secretary", NOW)
    assert kept.rows == [[3, "Б"]]
    assert kept.counts == {"new": 1, "faulty": 1}
    assert (kept.applied_by, kept.applied_at) == ("secretary", NOW)
    for act in (DESK.lock, DESK.discard):
        with pytest.raises(Settled):
            act(session, kept)


def test_a_file_that_is_thrown_away_is_gone(session: Session) -> None:
    DESK.discard(session, paper(session))
    assert DESK.latest(session, "s1") == []


def test_the_rows_of_old_files_are_forgotten_once(session: Session) -> None:
    old, fresh = paper(session, "old", age=40), paper(session, "fresh", age=20)
    month = NOW - timedelta(days=30)
    assert (DESK.forget(session, month), DESK.forget(session, month)) == (1, 0)
    assert (old.rows, old.total) == ([], 2)
    assert fresh.rows
