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
    "declared.asked": N_("достижение отдано на подтверждение"),
    "declared.taken-back": N_("достижение забрали обратно"),
    "declared.viewed": N_("учитель открыл достижение"),
    "declared.confirmed": N_("достижение подтверждено"),
    "declared.returned": N_("достижение возвращено"),
    "declared.removed": N_("достижение удалено семьёй"),
    "goals.viewed": N_("учитель открыл цели"),
    "goal.advised": N_("учитель дал совет"),
    "portfolio.recorded": N_("скачана запись на всю жизнь"),
    "achievement.drafted": N_("описание значка составлено"),
    "achievement.reviewed": N_("описание значка проверено"),
    "achievement.published": N_("описание значка опубликовано"),
    "achievement.retired": N_("описание значка снято"),
    "achievement.revised": N_("черновик описания изменён"),
    "achievement.returned": N_("описание возвращено с замечанием"),
    "achievement.discarded": N_("черновик описания удалён"),
    "achievement.rules": N_("изменено правило о проверке описаний"),
    "endorsement.asked": N_("попросили поручиться за значок"),
    "endorsement.offered": N_("предложено поручительство за значок"),
    "endorsement.accepted": N_("предложенное поручительство принято"),
    "endorsement.refused": N_("предложенное поручительство не принято"),
    "endorsement.given": N_("за значок поручились"),
    "endorsement.handed-in": N_("принято поручительство из другой системы"),
    "endorsement.declined": N_("в поручительстве отказано"),
    "endorsement.withdrawn": N_("поручительство отозвано"),
    "path.drafted": N_("путь начат"),
    "path.revised": N_("черновик пути изменён"),
    "path.published": N_("путь открыт"),
    "path.retired": N_("путь закрыт"),
    "path.completed": N_("путь пройден, значок заказан"),
    "organisation.applied": N_("подана заявка на вступление в сеть"),
    "organisation.withdrew": N_("заявка на вступление отозвана"),
    "organisation.invited": N_("приглашён представитель организации"),
    "organisation.joined": N_("организация принята в сеть"),
    "network.founded": N_("сеть начата"),
    "journal.resumed": N_("журнал продолжен после потери записей"),
    "framework.published": N_("опубликован каталог результатов"),
    "organisation.declined": N_("заявка на вступление отклонена"),
    "organisation.left": N_("организация вышла из сети"),
    "deposits.received": N_("учтены значки другой установки"),
    "award.made": N_("значок вручён"),
    "award.allowed": N_("личные сведения в значке разрешены по просьбе взрослого ученика"),
    "award.read": N_("вручённый значок открыт сотрудником"),
    "award.revoked": N_("значок отозван"),
    "award.claimed": N_("значок получен по коду"),
    "batch.submitted": N_("список передан на подтверждение"),
    "batch.started": N_("выдача по списку начата"),
    "batch.approved": N_("список подтверждён вторым сотрудником"),
    "batch.returned": N_("список возвращён на исправление"),
    "batch.allowed": N_("в списке отмечены строки, где личные сведения разрешены по просьбе взрослых учеников"),
    "batch.paused": N_("выдача по списку приостановлена"),
    "batch.resumed": N_("выдача по списку продолжена"),
    "batch.cancelled": N_("выдача по списку отменена"),
    "batch.rules": N_("изменено правило о втором сотруднике"),
    "award.suspended": N_("действие значка приостановлено"),
    "award.lifted": N_("действие значка возвращено"),
    "award.corrected": N_("значок исправлен"),
    "badge.presented": N_("значки подписаны для получателя"),
    "badge.texted": N_("значок подписан ещё раз, в виде текста"),
    "consent.given": N_("согласие дано"),
    "consent.withdrawn": N_("согласие отозвано"),
    "wallet.asked": N_("семья просит исправить значок"),
    "award.answered": N_("на просьбу исправить значок отвечено"),
    "consent.agreed": N_("ученик присоединился к согласию"),
    "leaving.asked": N_("попросили закрыть книжку"),
    "leaving.closed": N_("книжка закрыта"),
    "leaving.returned": N_("книжка открыта снова"),
    "leaving.erased": N_("книжка стёрта"),
    "objection.filed": N_("ученик возразил"),
    "objection.taken-back": N_("ученик отозвал возражение"),
    "objection.read": N_("возражение открыто сотрудником"),
    "objection.kept": N_("на возражение ответили: остаётся в силе"),
    "objection.upheld": N_("на возражение ответили: ученик прав"),
    "consent.recorded": N_("согласие на бумаге записано"),
    "consent.rules": N_("школа решила, кто даёт согласие"),
    "share.made": N_("ссылка создана"),
    "share.named": N_("ссылка с именем создана"),
    "share.viewed": N_("ссылка открыта"),
    "share.shut": N_("ссылка закрыта из-за неверных ПИН-кодов"),
    "share.withdrawn": N_("ссылка отозвана"),
    "request.made": N_("организация попросила показать значки"),
    "request.answered": N_("на запрос ответили"),
    "request.refused": N_("на запрос ответили отказом"),
    "request.read": N_("ответ на запрос открыт"),
    "request.withdrawn": N_("запрос отозван"),
    "wallet.collected": N_("свой значок добавлен в книжку"),
    "wallet.exported": N_("книжка скачана одним архивом"),
    "wallet.imported": N_("архив другого места принят в книжку"),
    "wallet.removed": N_("значок удалён из книжки"),
    "move.offered": N_("ученика переводят в другую школу"),
    "move.accepted": N_("ученик принят из другой школы"),
    "move.declined": N_("перевод ученика отклонён"),
    "move.withdrawn": N_("перевод ученика отозван"),
    "roll.changed": N_("список учеников школы изменён"),
    "guardian.entered": N_("законный представитель записан"),
    "guardian.handed_over": N_("ученик стал взрослым, представители отошли"),
    "guardian.ended": N_("представительство прекращено"),
    "slip.made": N_("код для входа выдан"),
    "slip.used": N_("код для входа использован"),
    "passkey.added": N_("ключ доступа добавлен"),
    "passkey.removed": N_("ключ доступа удалён владельцем"),
    "passkey.copied": N_("ключ доступа удалён: его скопировали"),
    "provider.linked": N_("связан вход через другой сайт"),
    "provider.unlinked": N_("связь с другим сайтом разорвана"),
    "member.invited": N_("сотрудник приглашён"),
    "member.agreed": N_("роль подтверждена вторым сотрудником"),
    "member.refused": N_("роль не подтверждена"),
    "member.ended": N_("роль прекращена"),
    "member.substituted": N_("замещение внесено"),
    "member.returned": N_("замещение прекращено"),
    "retention.kept": N_("записи с вышедшим сроком удалены или закрыты"),
    "retention.changed": N_("срок хранения изменён"),
    "person.answered": N_("полный ответ о данных подготовлен"),
    "roll.read": N_("карточка ученика открыта сотрудником"),
    "credit.read": N_("дело о зачёте открыто"),
    "credit.recognise": N_("чужой результат признан своим"),
    "credit.exported": N_("реестр решений скачан"),
    "credit.letterhead": N_("бланк школы изменён"),
    "credit.blank": N_("текст документа изменён"),
    "credit.days": N_("рабочие и выходные дни школы изменены"),
    "credit.policy": N_("правила зачёта школы изменены"),
    "credit.term-moved": N_("срок перенесён: его последний день стал выходным"),
    "credit.contract": N_("договор о сетевой форме изменён"),
    "credit.curriculum": N_("учебный план или справочник изменён"),
    "credit.plan-given": N_("часть плана дана ученику"),
    "credit.meeting": N_("заседание комиссии назначено или изменено"),
    "credit.recorded": N_("результат записан по договору"),
    "credit.taken-back": N_("запись по договору отменена"),
    "credit.parallel": N_("семья выбрала учиться без зачёта"),
    "credit.parallel-ended": N_("семья передумала учиться без зачёта"),
    "notice.read": N_("чужое уведомление открыто сотрудником"),
    "notice.printed": N_("уведомление вручено на бумаге"),
    "key.announced": N_("следующий ключ подписи объявлен"),
    "key.rotated": N_("ключ подписи сменён"),
    "key.entered": N_("введён ключ организации, которая подписывает у себя"),
    "key.retired": N_("ключ подписи снят"),
    "key.compromised": N_("ключ подписи объявлен раскрытым"),
    "token.made": N_("токен для программы сделан"),
    "token.withdrawn": N_("токен программы отозван"),
    "program.issued": N_("значок отдан программе, которая его заказала"),
    "program.status": N_("программа передала отзыв или приостановку значка"),
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
