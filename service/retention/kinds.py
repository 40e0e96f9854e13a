"""The kinds of record that go with time, with their terms (152-ФЗ, art. 5(7): not longer than the purpose asks).

The register of decisions, documents of cases, badges, the journal and consents are none of them: they stay by law, or because
old signatures and old decisions must be accounted for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from schemas.errors import N_, BadInput
from service.frameworks.desk import FILES as CATALOGUES
from service.identity import leaving, slips
from service.identity.rolls.desk import LISTS
from service.notices import post
from service.retention.tables import RetentionTerm
from verifier.credit.curricula.desk import FILES
from wallet_web import views

LONGEST = 1200
_MONTH = timedelta(days=365.25 / 12)

Keep = Callable[[Session, datetime], int]


class BadMonths(BadInput):
    """A term that no record can have."""

    code = "bad-months"
    sentence = N_("Срок пишется числом месяцев от {least} до {most}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of record: what happens to it, why it stays so long, the term unless somebody changed it, the shortest one.

    `keep` deletes or blocks what is older than a moment and says how much that was.
    """

    name: str
    act: str
    basis: str
    months: int
    least: int
    keep: Keep


def _plan_files(session: Session, before: datetime) -> int:
    """Files of schools' plans and of the network's catalogues."""
    return FILES.forget(session, before) + CATALOGUES.forget(session, before)


DELETED, BLOCKED = N_("удаляется"), N_("вход закрывается, записи остаются")
KINDS: Mapping[str, Kind] = {
    "roll-list": Kind(
        name=N_("Строки загруженных списков учеников"),
        act=DELETED,
        basis=N_("Нужны, пока список не записан и ошибки не исправлены."),
        months=1,
        least=1,
        keep=LISTS.forget,
    ),
    "plan-file": Kind(
        name=N_("Строки загруженных учебных планов и справочников"),
        act=DELETED,
        basis=N_("Нужны, пока файл не записан и ошибки не исправлены."),
        months=1,
        least=1,
        keep=_plan_files,
    ),
    "slip": Kind(
        name=N_("Выданные коды для входа"),
        act=DELETED,
        basis=N_("Чтобы можно было выяснить, кто и когда выдал код."),
        months=12,
        least=2,
        keep=slips.forget,
    ),
    "notice": Kind(
        name=N_("Уведомления"),
        act=DELETED,
        basis=N_("Срок исковой давности: три года (статья 196 ГК РФ)."),
        months=36,
        least=12,
        keep=post.forget,
    ),
    "share-view": Kind(
        name=N_("Записи об открытии ссылок"),
        act=DELETED,
        basis=N_("Чтобы семья видела, когда ссылку открывали."),
        months=36,
        least=1,
        keep=views.forget,
    ),
    "left": Kind(
        name=N_("Вход тех, кто больше нигде не учится, не работает и никого не представляет"),
        act=BLOCKED,
        basis=N_("Время, чтобы забрать значки и документы после выпуска."),
        months=24,
        least=6,
        keep=leaving.block,
    ),
}


def months(session: Session) -> dict[str, int]:
    """The terms in force, by kind."""
    changed = {row.kind: row.months for row in session.exec(select(RetentionTerm).where(col(RetentionTerm.months) > 0))}
    return {code: changed.get(code, kind.months) for code, kind in KINDS.items()}


def change(session: Session, code: str, said: str, by: str, now: datetime) -> None:
    """Change a term. Raises `BadMonths`, `KeyError` for no kind of ours."""
    least = KINDS[code].least
    if not (said.isascii() and said.isdecimal() and least <= int(said[:6]) <= LONGEST):
        raise BadMonths(least=least, most=LONGEST)
    session.merge(RetentionTerm(kind=code, months=int(said), changed_by=by, changed_at=now))
    session.flush()


def before(term: int, now: datetime) -> datetime:
    """What is older than this has stayed for so many months."""
    return now - term * _MONTH
