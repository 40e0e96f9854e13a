"""The wallet's words for what is kept as codes. Every function takes `translate`, gettext of the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass

from schemas.errors import N_
from schemas.notice import Notice
from schemas.outcomes import OutcomeShown, OverallResult
from verifier.credit.events import Event
from verifier.credit.matching import LEVELS
from verifier.credit.wording import HAPPENED
from wallet_web.collecting.desk import Known
from wallet_web.collecting.standing import Standing, Whose
from wallet_web.consent import ConsentState
from wallet_web.disclosing import Divided
from wallet_web.history import ActKind
from wallet_web.moving.arrival import Sealed
from wallet_web.moving.earlier import Answers
from wallet_web.moving.sections import SECTIONS
from wallet_web.objections.tables import ObjectionState
from wallet_web.share import ShareState
from wallet_web.tables import Purpose, ShareView, Taken

Translate = Callable[[str], str]

SHARE_STATES = {
    ShareState.LIVE: N_("работает"),
    ShareState.EXPIRED: N_("срок закончился"),
    ShareState.WITHDRAWN: N_("отозвана"),
    ShareState.SHUT: N_("закрыта: слишком много неверных ПИН-кодов"),
    ShareState.HELD: N_("остановлена: ученик возразил"),
}
TAKEN = {
    Taken.PAGE: N_("Страницу открыли"),
    Taken.FILE: N_("Скачан файл значка {place}"),
    Taken.ARCHIVE: N_("Скачан архив со всеми файлами"),
    Taken.PAPER: N_("Скачана страница для печати"),
    Taken.PRESENTATION: N_("Скачан набор с подписью владельца"),
    Taken.OWNER: N_("Скачано подтверждение имени"),
    Taken.RECORD: N_("Открыта запись о проверке"),
}
CONSENT_STATES = {
    ConsentState.IN_FORCE: N_("в силе"),
    ConsentState.LAPSED: N_("закончилось"),
    ConsentState.WITHDRAWN: N_("отозвано"),
    ConsentState.AWAITING: N_("ждёт согласия ученика"),
}


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """How a consent stands, and what withdrawing it does ("" where the page counts links)."""

    in_force: str
    missing: str
    withdrawing: str = ""


CONSENTS = {
    Purpose.SHARING: ConsentWords(
        N_("Согласие на показ значков по ссылке действует."),
        N_("Согласия на показ значков по ссылке сейчас нет: новые ссылки не создаются, старые не открываются."),
    ),
    Purpose.ANSWERING: ConsentWords(
        N_("Согласие на ответы по запросам организаций действует."),
        N_("Согласия на ответы по запросам организаций сейчас нет: ответить на запрос нельзя."),
        N_("Отозвать? Данные ответы сразу сотрутся, новых дать будет нельзя. Значки останутся у вас."),
    ),
    Purpose.NAMING: ConsentWords(
        N_("Согласие на показ имени читателю ссылки действует."),
        N_("Согласия на показ имени сейчас нет: значки показывают без имени."),
        N_("Отозвать? Ссылки с именем сразу перестанут открываться. Значки останутся у вас."),
    ),
    Purpose.PORTFOLIO: ConsentWords(
        N_("Согласие на показ страниц портфолио действует."),
        N_("Согласия на показ страниц портфолио сейчас нет: новые ссылки на них не создаются, старые не открываются."),
        N_("Отозвать? Ссылки на страницы портфолио сразу перестанут открываться. Записи и файлы останутся у вас."),
    ),
}
ACTS = {
    ActKind.CONSENT_GIVEN: N_("Дано согласие: {subject}"),
    ActKind.CONSENT_WITHDRAWN: N_("Отозвано согласие: {subject}"),
    ActKind.SHARE_MADE: N_("Создана ссылка: {subject}"),
    ActKind.SHARE_WITHDRAWN: N_("Отозвана ссылка: {subject}"),
    ActKind.CONSENT_RECORDED: N_("Школа записала согласие с бумаги: {subject}"),
    ActKind.BADGE_BROUGHT: N_("Добавлен свой значок: {subject}"),
    ActKind.BADGE_REMOVED: N_("Значок удалён из книжки"),
    ActKind.BADGE_PRESENTED: N_("Значки подписаны ключом книжки для передачи файлом"),
    ActKind.CORRECTION_ASKED: N_("Организацию попросили исправить значок"),
    ActKind.REQUEST_ANSWERED: N_("Показаны значки по запросу: {subject}"),
    ActKind.REQUEST_REFUSED: N_("Отказано в запросе: {subject}"),
    ActKind.DECLARED_ASKED: N_("Школу попросили подтвердить достижение"),
    ActKind.DECLARED_TAKEN_BACK: N_("Достижение забрали, не дождавшись ответа школы"),
    ActKind.DECLARED_REMOVED: N_("Достижение удалено"),
    ActKind.EXPORTED: N_("Скачан архив со всем, что есть в книжке"),
    ActKind.IMPORTED: N_("Принят архив из другого места"),
    ActKind.RECORDED: N_("Скачана запись на всю жизнь"),
    ActKind.LEFT: N_("Попросили закрыть зачётную книжку"),
    ActKind.ANSWER_TAKEN: N_("Скачан полный ответ о данных ученика"),
}
IN_PART = N_("{title}: показано — {shown}; не показано — {left_out}")
FRAME_ALONE = N_("{title}: показано только обязательное; не показано — {left_out}")
OBJECTIONS = {
    ObjectionState.FILED: N_("ученик возразил, ждёт ответа школы"),
    ObjectionState.KEPT: N_("ученик возразил, школа оставила в силе"),
    ObjectionState.UPHELD: N_("ученик возразил, школа согласилась"),
    ObjectionState.TAKEN_BACK: N_("ученик возразил и отозвал возражение"),
}
STOPS_NOTHING = N_("Само действие от этого не отменится: школа разберётся и ответит.")
STOPS = {
    **dict.fromkeys(
        (ActKind.CONSENT_GIVEN, ActKind.CONSENT_RECORDED),
        N_("Пока школа не ответит, согласие не действует: ссылки и ответы, которые на нём держатся, не открываются."),
    ),
    ActKind.SHARE_MADE: N_("Пока школа не ответит, ссылка не открывается."),
    ActKind.REQUEST_ANSWERED: N_("Пока школа не ответит, организация не видит показанные значки."),
    ActKind.LEFT: N_("Пока школа не ответит, книжку не сотрут."),
    ActKind.STEP: N_("Пока школа не ответит, решение по заявлению не выносят."),
}
ENDS_NOTHING = N_("Если школа согласится с учеником, это останется записанным. Само действие не отменяется.")
ENDS = {
    **dict.fromkeys(
        (ActKind.CONSENT_GIVEN, ActKind.CONSENT_RECORDED),
        N_("Если школа согласится с учеником, согласие закончится, а для нового спросят и ученика."),
    ),
    ActKind.SHARE_MADE: N_("Если школа согласится с учеником, ссылка будет отозвана."),
    ActKind.LEFT: N_("Если школа согласится с учеником, книжка откроется снова."),
    ActKind.REQUEST_ANSWERED: N_("Если школа согласится с учеником, показанное будет стёрто."),
    ActKind.STEP: N_("Если школа согласится с учеником, по заявлению не решают; семья может его отозвать."),
}


def done(kind: ActKind, subject: str, translate: Translate) -> str:
    """What was done, in one line."""
    if kind is ActKind.STEP:
        return translate(HAPPENED[Event(subject)])
    return translate(ACTS[kind]).format(subject=subject)


def in_part(one: Divided, translate: Translate) -> str:
    """What of a badge was shown and what was not."""
    told = translate(IN_PART if one.shown else FRAME_ALONE)
    shown, left_out = (", ".join(map(translate, words)) for words in (one.shown, one.left_out))
    return told.format(title=one.title, shown=shown, left_out=left_out)


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
STANDINGS = {
    Standing.NETWORK: N_("значок сети"),
    Standing.EXTERNAL: N_("внешний эмитент, не в списке сети"),
    Standing.CANNOT_TELL: N_("добавлен вами, проверить не удалось"),
    Standing.INVALID: N_("добавлен вами, недействителен"),
}
STANDINGS_MEAN = {
    Standing.NETWORK: N_("Подписан организацией сети и действует. Он встанет в книжку рядом с остальными."),
    Standing.EXTERNAL: N_(
        "Эмитент подтверждает значок, но сеть такой организации не знает. В книжке он будет с пометкой"
        " «внешний эмитент», без штампа. Чего он стоит, решает тот, кому вы его покажете."
    ),
    Standing.CANNOT_TELL: N_(
        "Подтвердить значок сейчас нельзя. Сохранить его можно: он будет с пометкой, а проверка будет повторяться."
    ),
    Standing.INVALID: N_(
        "Этому файлу нельзя верить. Если сохраните, он останется с пометкой «недействителен», и показывать его не стоит."
    ),
}
WHOSE = {
    Whose.OWN: N_("Выписан на вас: на сетевой номер или ключ этой книжки."),
    Whose.TYPED: N_("Выписан на адрес, который вы назвали, когда добавляли значок."),
    Whose.OTHER: N_("Выписан на чей-то адрес или номер. Подтвердить, что это вы, сеть не может."),
    Whose.UNSAID: N_("В значке не сказано, кому он выдан, или прочесть это нельзя."),
}
KNOWN = {
    Known.SAME: N_("Точно такой значок уже есть в книжке."),
    Known.NEWER: N_("В книжке лежит прежняя версия этого значка. Новая займёт её место."),
    Known.OLDER: N_("В книжке уже лежит более новая версия этого значка."),
}
ARRIVING = {
    Known.NEW: N_("новое"),
    Known.SAME: N_("уже есть"),
    Known.NEWER: N_("изменилось, займёт место прежнего"),
    Known.OLDER: N_("здесь новее, останется как есть"),
}
SECTION_NAMES = {section.name: section.title for section in SECTIONS}
OTHER_FILES = N_("Другие файлы")
ANSWERS = {
    Answers.SEAL: N_("Этот документ подписала организация сети: {name}. После подписи он не менялся."),
    Answers.LIST: N_(
        "Этот файл значится в описи, которую подписала организация сети: {name}. С тех пор он не менялся."
    ),
    Answers.BROKEN: N_(
        "В документе названа организация сети ({name}), но её подписи под ним нет. Не полагайтесь на него."
    ),
    Answers.NOBODY: N_("Кто отвечает за этот файл, сеть не знает. Так записано в том месте: {name}."),
}
ANSWER_TONES = {Answers.SEAL: "good", Answers.LIST: "good", Answers.BROKEN: "bad", Answers.NOBODY: "wait"}
FIELDS = {
    "act": N_("Что сделано"),
    "answer": N_("Ответ"),
    "audience": N_("Кому"),
    "badges_sha256": N_("Отпечаток файла"),
    "code": N_("Код"),
    "credited_parts": N_("Засчитанная часть"),
    "decided_on": N_("Дата решения"),
    "done_at": N_("Когда сделано"),
    "done_by": N_("Кем"),
    "ended_at": N_("Закончилось"),
    "expires_at": N_("Действует до"),
    "extent": N_("Зачтено"),
    "fell_on": N_("Отменено"),
    "filed_at": N_("Подано"),
    "freed_hours": N_("Освобождено часов"),
    "given_at": N_("Дано"),
    "given_by": N_("Кем"),
    "hours": N_("Часов"),
    "items": N_("О чём"),
    "made_at": N_("Создано"),
    "made_by": N_("Кем"),
    "mark": N_("Отметка"),
    "number": N_("Номер"),
    "opened_at": N_("Открывали"),
    "paper": N_("Документ"),
    "purpose": N_("Для чего"),
    "reference": N_("Номер записи в реестре"),
    "school": N_("Школа"),
    "settled_at": N_("Решено"),
    "state": N_("Сейчас"),
    "subject": N_("О чём"),
    "text": N_("Текст"),
    "text_sha256": N_("Отпечаток текста"),
    "title": N_("Название"),
    "valid_until": N_("Действует до"),
    "withdrawn_at": N_("Отозвано"),
    "withdrawn_by": N_("Кто отозвал"),
    "year": N_("Год"),
}
VALUES = {
    "full": N_("полностью"),
    "partial": N_("частично"),
    "refuse": N_("отказано"),
    "open": N_("не зачтено"),
    "credited": N_("зачтено"),
    "learner": N_("ученик"),
    "guardian": N_("законный представитель"),
    "sharing": N_("показ значков по ссылке"),
    "answering": N_("ответы на запросы"),
    "naming": N_("показ имени"),
    "portfolio": N_("показ страниц портфолио"),
    "badges": N_("значки"),
    "name": N_("имя"),
    "records": N_("записи"),
    "files": N_("файлы"),
    "words": N_("слова"),
}


def named(field: str, translate: Translate) -> str:
    """What a field of a list from elsewhere is called; one that we do not know keeps its own name."""
    return translate(FIELDS[field]) if field in FIELDS else field


def valued(text: str, translate: Translate) -> str:
    """A value of such a list in words, where it is one of ours."""
    return translate(VALUES[text]) if text in VALUES else text


SEALED = {
    Sealed.NETWORK: N_("Опись архива подписана организацией сети: после этого ни один файл не менялся."),
    Sealed.UNKNOWN: N_(
        "Файлы сходятся с описью, но кто её составил, сеть не знает. Значки проверятся сами, остальное останется"
        " сведениями со слов того места."
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


def outcome(one: OutcomeShown, translate: Translate) -> tuple[str, str]:
    """An outcome, and the level at which it was shown."""
    level = translate(LEVELS[one.level]) if one.level else translate(N_("изучался, не оценивался"))
    return f"{one.code} {one.name}".strip(), level


def viewed(view: ShareView, translate: Translate) -> str:
    """What a reader did, for the family."""
    return translate(TAKEN[view.taken]).format(place=view.place)


def pass_mark(overall: OverallResult, translate: Translate) -> str:
    """What was needed to pass, empty where the scale has no threshold."""
    return translate(N_("нужно не меньше {required}")).format(required=overall.required) if overall.required else ""
