"""`zachetka doctor`: looks the installation over and says in one line each what is well and what is not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from issuer.batches.invariants import broken
from issuer.invariants import RULES, check_invariants
from keys import depositing, journal, organisations, publish
from keys.tables import KeyState
from schemas import loader
from schemas.errors import N_, ZachetkaError
from schemas.reading import read_json
from service import erasing, migrate, tasks
from service.database import reading
from service.keeping import alarms
from service.parts import Parts

Translate = Callable[[str], str]
PATIENCE = timedelta(days=1)  # a hash that lies here longer witnesses a later day than that of its award
DEPOSITS = N_("Хеши для оператора сети")
WAITING = N_("не отправлено: {number}, первый ждёт с {since}")
ALARM = N_("{organisation}: ключ подписи действует до {ends}, осталось дней: {days}")

ERASED = N_("{learner}: книжка стёрта {day}, но вернулась со старой копией базы; запущенная служба сотрёт её снова")
GAP = N_("{day} журнал продолжен после потери: прежде он был заявлен до записи № {number}")


class Remark(str):
    """What is well today and has to be seen to."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `faults` is empty when it is well; `remarks` say what will not be well for ever."""

    subject: str
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doctor:
    """Looks an installation over; changes nothing."""

    parts: Parts
    now: datetime

    def examine(self) -> Iterator[Finding]:
        """Every finding; a look that fails is a fault of its subject."""
        for subject, look in self._looks():
            try:
                said = list(look())
                faults = tuple(line for line in said if not isinstance(line, Remark))
                yield Finding(subject, faults, tuple(line for line in said if isinstance(line, Remark)))
            except ZachetkaError as error:
                yield Finding(subject, (str(error),))
            except (SQLAlchemyError, OSError) as error:
                yield Finding(subject, (type(error).__name__,))

    def _looks(self) -> tuple[tuple[str, Callable[[], Iterator[str]]], ...]:
        return (
            (N_("Словари и схемы стандартов"), self._digests),
            (N_("База данных"), self._database),
            (N_("Журнал"), self._journal),
            (N_("Вручения и списки"), self._lists),
            (N_("Ключи и их документы"), self._keys),
            (N_("Вручения и их списки"), self._awards),
            (N_("Реестр доверия сети"), self._trust),
            (N_("Отложенная работа"), self._tasks),
            (DEPOSITS, self._deposits),
            (N_("Стёртые зачётные книжки"), self._erased),
        )

    def _digests(self) -> Iterator[str]:
        loader.check_digests()
        yield from ()

    def _database(self) -> Iterator[str]:
        migrate.require_current(self.parts.engine)
        if self.parts.engine.dialect.name == "sqlite":
            with self.parts.engine.connect() as connection:
                rows = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
                yield from (row for row in rows if row != "ok")

    def _journal(self) -> Iterator[str]:
        keeper = journal.keeper(self.parts.store).multikey
        outside = self.parts.shelf.get(publish.CHECKPOINT)
        with reading(self.parts.engine) as session:
            faults = journal.examine(session, keeper, self.now, [outside] if outside else [])
            resumed = [(row.item, row.at) for row in journal.rows_of(session, publish.RESUMED)]
        yield from (f"{fault.number}: {fault.kind}" for fault in faults)
        yield from (Remark(GAP.format(number=number, day=f"{at:%d.%m.%Y}")) for number, at in resumed)

    def _lists(self) -> Iterator[str]:
        with reading(self.parts.engine) as session:
            yield from broken(session)

    def _keys(self) -> Iterator[str]:
        """Every organisation's published document names just the keys it uses, and the store holds them."""
        with reading(self.parts.engine) as session:
            for organisation in organisations.all_organisations(session):
                active = {
                    key.multikey
                    for key in organisations.keys_of(session, organisation.code)
                    if key.state is KeyState.ACTIVE
                }
                if active:
                    organisations.signer_for(session, self.parts.store, organisation.code, self.now)
                if active - self._published(organisation.code):
                    yield organisation.code
                for alarm in alarms(session, organisation.code, self.now):
                    yield Remark(
                        ALARM.format(organisation=alarm.organisation, ends=f"{alarm.ends:%d.%m.%Y}", days=alarm.days)
                    )

    def _awards(self) -> Iterator[str]:
        with reading(self.parts.engine) as session:
            for breach in check_invariants(session, self.parts.shelf, self.now):
                yield f"{breach.item}: {RULES[breach.rule]}"

    def _published(self, code: str) -> set[str]:
        body = self.parts.shelf.get(f"orgs/{code}/did.json")
        document = read_json(body) if body else {}
        methods = document.get("verificationMethod", [])
        return {str(method.get("publicKeyMultibase")) for method in methods}

    def _trust(self) -> Iterator[str]:
        found = self.parts.verifier.gathering.network(self.now)
        if not found.current:
            yield found.problem

    def _tasks(self) -> Iterator[str]:
        with reading(self.parts.engine) as session:
            yield from (f"{task.kind} {task.item}: {task.fault}" for task in tasks.dead_tasks(session))

    def _deposits(self) -> Iterator[str]:
        with reading(self.parts.engine) as session:
            number, since = depositing.count_waiting(session)
        if since is not None:
            said = WAITING.format(number=number, since=f"{since:%d.%m.%Y %H:%M}")
            yield said if self.now - since > PATIENCE else Remark(said)

    def _erased(self) -> Iterator[str]:
        """Nothing that was erased is there again with an older copy of the database."""
        with reading(self.parts.engine) as session:
            for one in erasing.forgotten(session, erasing.list_of(self.parts.settings).read()):
                yield ERASED.format(learner=one.learner, day=f"{one.at:%d.%m.%Y}")
