"""The wallet's words for what is kept as codes. Every function takes `translate`, gettext of the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass

from schemas.errors import N_
from schemas.notice import Notice
from schemas.outcomes import OverallResult
from wallet_web.consent import ConsentState
from wallet_web.history import ActKind
from wallet_web.share import ShareState

Translate = Callable[[str], str]

SHARE_STATES = {
    ShareState.LIVE: N_("работает"),
    ShareState.EXPIRED: N_("срок закончился"),
    ShareState.WITHDRAWN: N_("отозвана"),
}
CONSENT_STATES = {
    ConsentState.IN_FORCE: N_("в силе"),
    ConsentState.LAPSED: N_("закончилось"),
    ConsentState.WITHDRAWN: N_("отозвано"),
}
ACTS = {
    ActKind.CONSENT_GIVEN: N_("Дано согласие на показ значков по ссылке"),
    ActKind.CONSENT_WITHDRAWN: N_("Отозвано согласие, все ссылки перестали работать"),
    ActKind.SHARE_MADE: N_("Создана ссылка: {subject}"),
    ActKind.SHARE_WITHDRAWN: N_("Отозвана ссылка: {subject}"),
}


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """How a notice of the issuer is told: its headline, what it means and what to do, the tone of its box."""

    title: str
    meaning: str
    tone: str


NOTICES = {
    Notice.SUSPENDED: NoticeWords(
        N_("Действие значка приостановлено"),
        N_("Пока приостановку не снимут, при проверке значок не действует. Спросите организацию, что уточняют."),
        "wait",
    ),
    Notice.LIFTED: NoticeWords(
        N_("Значок снова действует"),
        N_("Приостановку сняли. Делать ничего не нужно, ссылки работают как прежде."),
        "good",
    ),
    Notice.REVOKED: NoticeWords(
        N_("Значок отозван"),
        N_("При любой проверке значок теперь недействителен. Если вы не согласны, обратитесь в организацию."),
        "bad",
    ),
    Notice.CORRECTED: NoticeWords(
        N_("Значок исправлен"),
        N_(
            "Прежняя версия отозвана, на её месте лежит новая. Ссылки показывают новую; если вы отправляли файл,"
            " отправьте его ещё раз."
        ),
        "wait",
    ),
}
_RESULTS = {
    "RawScore": (N_("{value} из {maximum} баллов"), N_("{value} баллов")),
    "Percent": (N_("{value} %"), N_("{value} %")),
    "LetterGrade": (N_("отметка {value}"), N_("отметка {value}")),
}
PASSED = N_("Зачтено")
NOT_PASSED = N_("Не зачтено")


def result(overall: OverallResult, translate: Translate) -> str:
    """The result of the whole module in its own scale."""
    if overall.value is None:
        return translate(PASSED if overall.passed else NOT_PASSED)
    bounded, plain = _RESULTS.get(overall.kind, ("{value}", "{value}"))
    return translate(bounded if overall.maximum else plain).format(value=overall.value, maximum=overall.maximum)


def pass_mark(overall: OverallResult, translate: Translate) -> str:
    """What was needed to pass, empty where the scale has no threshold."""
    return translate(N_("нужно не меньше {required}")).format(required=overall.required) if overall.required else ""
