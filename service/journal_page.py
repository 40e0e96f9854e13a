"""The journal for the operator: what was done, when, by which account; ids only, as it is kept."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup
from sqlmodel import col, select

from keys.actor import Thing
from keys.deps import Visit, Visiting
from keys.tables import JournalRow
from schemas.errors import N_
from service.settings import Settings
from verifier.credit.wording import HAPPENED

router = APIRouter()
ROWS = 100
NEWEST = 2**63 - 1  # what the databases can count to
SHORT = 8
EVENTS: dict[str, str] = {
    "achievement.drafted": N_("описание значка составлено"),
    "achievement.reviewed": N_("описание значка проверено"),
    "achievement.published": N_("описание значка опубликовано"),
    "achievement.retired": N_("описание значка снято"),
    "award.made": N_("значок вручён"),
    "award.read": N_("вручённый значок открыт сотрудником"),
    "award.revoked": N_("значок отозван"),
    "award.claimed": N_("значок получен по коду"),
    "batch.submitted": N_("список передан на подтверждение"),
    "batch.started": N_("выдача по списку начата"),
    "batch.approved": N_("список подтверждён вторым сотрудником"),
    "batch.returned": N_("список возвращён на исправление"),
    "batch.paused": N_("выдача по списку приостановлена"),
    "batch.resumed": N_("выдача по списку продолжена"),
    "batch.cancelled": N_("выдача по списку отменена"),
    "batch.rules": N_("изменено правило о втором сотруднике"),
    "award.suspended": N_("действие значка приостановлено"),
    "award.lifted": N_("действие значка возвращено"),
    "award.corrected": N_("значок исправлен"),
    "consent.given": N_("согласие дано"),
    "consent.withdrawn": N_("согласие отозвано"),
    "share.made": N_("ссылка создана"),
    "share.viewed": N_("ссылка открыта"),
    "share.withdrawn": N_("ссылка отозвана"),
    "credit.read": N_("дело о зачёте открыто"),
    "credit.recognise": N_("чужой результат признан своим"),
    "credit.exported": N_("реестр решений скачан"),
    "credit.letterhead": N_("бланк школы изменён"),
    "credit.blank": N_("текст документа изменён"),
    "notice.read": N_("чужое уведомление открыто сотрудником"),
    "notice.printed": N_("уведомление вручено на бумаге"),
    "key.announced": N_("следующий ключ подписи объявлен"),
    "key.rotated": N_("ключ подписи сменён"),
    "key.retired": N_("ключ подписи снят"),
    "key.compromised": N_("ключ подписи объявлен раскрытым"),
    **{f"credit.{event}": told for event, told in HAPPENED.items()},
}
OTHER = N_("другое действие")


@router.get("/journal", include_in_schema=False, openapi_extra={"x-action": "journal.read"}, name="journal")
def journal(
    request: Request, visit: Visiting, before: Annotated[int | None, Query(ge=1, le=NEWEST)] = None
) -> Response:
    """The newest rows, or those before a number."""
    settings: Settings = request.app.state.settings
    visit.require("journal.read", Thing(organisation=settings.operator))
    wanted = select(JournalRow).order_by(col(JournalRow.number).desc()).limit(ROWS)
    rows = visit.session.exec(wanted if before is None else wanted.where(col(JournalRow.number) < before)).all()
    older = rows[-1].number if len(rows) == ROWS else None
    return visit.page("service/journal.html", rows=[_cells(visit, settings, row) for row in rows], older=older)


def _cells(visit: Visit, settings: Settings, row: JournalRow) -> list[str]:
    moment = row.at.astimezone(settings.zone).strftime("%d.%m.%Y %H:%M:%S")
    event = visit.translate(EVENTS.get(row.event, OTHER))
    ids = (row.person, row.organisation, row.learner, row.item)
    return [str(row.number), moment, event, *(_short(id_ or "—") for id_ in ids)]


def _short(id_: str) -> str:
    """The beginning of an id, enough to tell it from its neighbours; the whole of it for whoever points at it."""
    if len(id_) <= SHORT:
        return id_
    return Markup('<span class="code" title="{}">{}…</span>').format(id_, id_[:SHORT])
