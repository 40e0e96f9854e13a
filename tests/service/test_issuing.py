"""`zachetka issue`: rows in = issued + rejected; where a second person must approve, the list waits and the command says so."""

import gc
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from sqlmodel import select

from issuer.batches import desk
from issuer.tables import Batch, BatchState
from keys.actor import Actor, ActorKind
from service import cli
from service.database import unit_of_work
from service.demo.build import build
from service.demo.people import account_of
from service.identity.roll import find
from service.issuing import Asked, ListWaits
from service.issuing import issue as issue_list
from service.parts import Parts, assemble
from service.settings import DEMONSTRATION
from service.worker import Worker
from tests.town import settings_for, town_of_today


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "town"
    settings = settings_for(folder)
    build(settings, town_of_today())
    Worker(assemble(settings)).once()  # the network's list is of today
    (folder / DEMONSTRATION).touch()
    return folder


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """The command settles the collector of its own process, which here is that of the tests."""
    yield
    gc.unfreeze()


@pytest.fixture
def parts(built: Path, tmp_path: Path) -> Parts:
    return assemble(settings_for(Path(shutil.copytree(built, tmp_path / "town"))))


def listed(parts: Parts, folder: Path) -> Path:
    file = folder / "list.csv"
    with unit_of_work(parts.engine) as session:
        number = find(session, account_of("l1")).number
    file.write_text(f"Сетевой номер,Результат\n{number},88\nнет,70\n,71\n", "utf-8")
    return file


def issue(parts: Parts, file: Path, *, account: str = "rektorova") -> int:
    options = ["--organisation", "ugu", "--achievement", "m08", "--as", account, "--event", "№ 5"]
    return cli.run(["issue", *options, "--data", str(parts.settings.data), str(file)])


def only_batch(parts: Parts) -> Batch:
    with unit_of_work(parts.engine) as session:
        return session.exec(select(Batch)).one()


def test_a_list_is_issued(parts: Parts, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert issue(parts, listed(parts, tmp_path)) == 0
    assert "Строк: 3. Выдано: 2. Отклонено: 1." in capsys.readouterr().out
    held = only_batch(parts)
    assert (held.state, held.issued, held.rejected, held.actor_kind) == (BatchState.DONE, 2, 1, "command")


def test_a_list_that_needs_a_second_person_waits(parts: Parts, tmp_path: Path) -> None:
    with unit_of_work(parts.engine) as session:
        desk.settle(session, "ugu", Actor(kind=ActorKind.PERSON, person="x"), parts.clock(), second_person=True)
    assert issue(parts, listed(parts, tmp_path)) == 4
    assert only_batch(parts).state is BatchState.WAITING


def test_a_list_that_stands_still_is_left_to_the_workers(parts: Parts, tmp_path: Path) -> None:
    (parts.settings.data / "public" / "trust").unlink()
    asked = Asked(
        organisation="ugu",
        achievement="m08",
        account="rektorova",
        file=listed(parts, tmp_path),
        event="№ 5",
        patience=1.0,
    )
    with pytest.raises(ListWaits, match="standing-unknown"):
        issue_list(parts, asked, Console(file=io.StringIO()))
    assert only_batch(parts).state is BatchState.RUNNING


def test_who_may_not_award_and_what_is_no_list_are_refused(parts: Parts, tmp_path: Path) -> None:
    file = listed(parts, tmp_path)
    assert issue(parts, file, account="nobody") == 1
    assert issue(parts, file, account="ryabinin") == 1
    assert issue(parts, tmp_path / "missing.csv") == 1
    file.write_bytes(b"\x00")
    assert issue(parts, file) == 1


def test_the_collector_is_settled_before_the_work(parts: Parts, tmp_path: Path) -> None:
    gc.unfreeze()
    assert issue(parts, listed(parts, tmp_path)) == 0
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == (50_000, 20, 50)
