"""The forms of the acts: what each event asks of the person who does it. One list for pages and for JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.errors import N_
from verifier.credit.events import Event


class FieldKind(StrEnum):
    """How a field is drawn and read."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    ONE = "one"  # one of several options
    MANY = "many"  # several options
    YES = "yes"
    FILE = "file"
    LEVELS = "levels"  # one field "<name>.<code>" for each gap
    REASONS = "reasons"  # one field "<name>.<code>" for each outcome not shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field; `label` and `help` are message ids, options come from the case."""

    name: str
    kind: FieldKind
    label: str
    help: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ActForm:
    """One act as people see it: the button's verb, a sentence of explanation, the fields. `danger` acts ask once more."""

    verb: str
    about: str = ""
    fields: tuple[Field, ...] = ()
    danger: bool = False


def _reason(label: str, hint: str = "", *, required: bool = True) -> Field:
    return Field(name="reason", kind=FieldKind.TEXT, label=label, help=hint, required=required)


_EXTENT = Field(name="extent", kind=FieldKind.ONE, label=N_("Что предлагается"))
_PAPER = (
    Field(name="number", kind=FieldKind.LINE, label=N_("Номер подписанного документа")),
    Field(name="date", kind=FieldKind.DAY, label=N_("Дата документа"), help=N_("Не позже сегодняшнего дня.")),
    Field(name="signer", kind=FieldKind.LINE, label=N_("Кто подписал"), help=N_("Должность, фамилия и инициалы.")),
)
_SIGNATURE = (
    Field(
        name="signature",
        kind=FieldKind.FILE,
        label=N_("Файл электронной подписи"),
        help=N_(
            "Если документ подписан электронно: отдельный файл подписи (.sig, .p7s). Программа её хранит, но не проверяет."
        ),
        required=False,
    ),
    Field(
        name="signed",
        kind=FieldKind.FILE,
        label=N_("Файл, который подписан"),
        help=N_("Тот самый файл, под которым поставлена подпись."),
        required=False,
    ),
)

FORMS: Mapping[Event, ActForm] = {
    Event.CONFIRM: ActForm(verb=N_("Согласиться с заявлением"), about=N_("Школа просит согласия самого ученика.")),
    Event.SUBMIT: ActForm(
        verb=N_("Подать заявление"),
        about=N_("Школа зарегистрирует заявление и сообщит о каждом шаге здесь."),
        fields=(
            Field(name="wish", kind=FieldKind.ONE, label=N_("Чего вы хотите")),
            Field(
                name="assessment",
                kind=FieldKind.YES,
                label=N_("Согласны на оценивание в школе, если чего-то не хватит"),
                required=False,
            ),
        ),
    ),
    Event.REGISTER: ActForm(
        verb=N_("Зарегистрировать"), about=N_("Номер присвоится сам, с этого дня пойдёт срок рассмотрения.")
    ),
    Event.ASK_DOCUMENTS: ActForm(
        verb=N_("Запросить документы"),
        about=N_("Срок рассмотрения остановится, пока семья не ответит."),
        fields=(_reason(N_("Чего не хватает"), N_("Семья увидит этот текст.")),),
    ),
    Event.SUPPLY: ActForm(
        verb=N_("Передать школе"),
        fields=(
            Field(
                name="badge",
                kind=FieldKind.FILE,
                label=N_("Файл значка"),
                help=N_("JSON, PNG или SVG."),
                required=False,
            ),
            Field(
                name="paper",
                kind=FieldKind.LINE,
                label=N_("Бумажный документ"),
                help=N_("Какой документ вы принесли в школу: название, номер, кем выдан."),
                required=False,
            ),
        ),
    ),
    Event.LAPSE: ActForm(
        verb=N_("Закрыть без рассмотрения"), about=N_("Семья не ответила в срок. Ей уйдёт уведомление."), danger=True
    ),
    Event.START_CHECK: ActForm(
        verb=N_("Проверить значки"), about=N_("Программа проверит подпись, организацию, отзыв и то, чей это значок.")
    ),
    Event.RECHECK: ActForm(verb=N_("Проверить ещё раз")),
    Event.RECORD_PROOF: ActForm(
        verb=N_("Записать подтверждение"),
        about=N_("Если проверка не удаётся, запишите, какое подтверждение вы видели сами."),
        fields=(_reason(N_("Что подтверждает результат"), N_("Например: оригинал справки, номер, дата, кем выдана.")),),
    ),
    Event.ACCEPT_CHECK: ActForm(
        verb=N_("Принять проверку"),
        about=N_("Дальше результаты сопоставят с планом. Сопоставляют только подтверждённое."),
    ),
    Event.REJECT_CHECK: ActForm(
        verb=N_("Предложить отказ по проверке"),
        about=N_("Значок нельзя принять, и это не исправить."),
        fields=(_reason(N_("Почему нельзя принять")),),
        danger=True,
    ),
    Event.AGREE_ASSESSMENT: ActForm(
        verb=N_("Согласиться на оценивание"),
        about=N_("Недостающие результаты можно показать в школе. О дне сообщат заранее."),
    ),
    Event.SIGN_MATRIX: ActForm(
        verb=N_("Подписать сопоставление"),
        about=N_("Проверьте каждую строку. Где уровень неясен, отметьте это: результат можно будет оценить в школе."),
        fields=(
            Field(name="doubt", kind=FieldKind.MANY, label=N_("Уровень неясен"), required=False),
            _reason(N_("Замечания"), required=False),
        ),
    ),
    Event.SEND_TO_COMMISSION: ActForm(
        verb=N_("Направить на комиссию"), about=N_("Протокол сопоставления составится сам.")
    ),
    Event.START_ASSESSMENT: ActForm(
        verb=N_("Назначить оценивание"),
        fields=(
            Field(name="on", kind=FieldKind.DAY, label=N_("День оценивания")),
            _reason(N_("Где, во сколько и что будет"), N_("Семья увидит этот текст.")),
        ),
    ),
    Event.FINISH_ASSESSMENT: ActForm(
        verb=N_("Записать итоги оценивания"),
        fields=(
            Field(name="came", kind=FieldKind.ONE, label=N_("Как прошло")),
            Field(name="level", kind=FieldKind.LEVELS, label=N_("Показанный уровень"), required=False),
            _reason(N_("Задания и замечания"), required=False),
        ),
    ),
    Event.SEND_BACK: ActForm(
        verb=N_("Вернуть на сопоставление"), fields=(_reason(N_("Что нужно уточнить")),), danger=True
    ),
    Event.VOTE: ActForm(
        verb=N_("Проголосовать"),
        fields=(
            _EXTENT,
            Field(
                name="free",
                kind=FieldKind.YES,
                label=N_("Подтверждаю: я не учил и не оценивал ученика по этому модулю"),
            ),
            _reason(N_("Особое мнение"), required=False),
        ),
    ),
    Event.CONCLUDE: ActForm(
        verb=N_("Подписать протокол комиссии"),
        fields=(
            _EXTENT,
            Field(
                name="mark",
                kind=FieldKind.ONE,
                label=N_("Отметка"),
                help=N_("Подсказана таблицей перевода школы. При отказе не нужна."),
                required=False,
            ),
            _reason(N_("Основание предложения"), required=False),
        ),
    ),
    Event.AGREE_PROPOSAL: ActForm(
        verb=N_("Согласиться с предложением"), about=N_("Комиссия предлагает меньше, чем вы просили.")
    ),
    Event.RETURN_PROPOSAL: ActForm(
        verb=N_("Вернуть на повторную проверку"), fields=(_reason(N_("Почему решение подписать нельзя")),), danger=True
    ),
    Event.ORDER: ActForm(
        verb=N_("Записать приказ о зачёте"),
        about=N_(
            "Приказ подписывают вне программы; здесь записывают его данные. Перед записью значки проверятся ещё раз."
        ),
        fields=(*_PAPER, *_SIGNATURE),
    ),
    Event.REFUSE: ActForm(
        verb=N_("Записать мотивированный отказ"),
        about=N_("Отказ подписывают вне программы; здесь записывают его данные и причины."),
        fields=(*_PAPER, Field(name="why", kind=FieldKind.REASONS, label=N_("Причина"), required=False), *_SIGNATURE),
        danger=True,
    ),
    Event.NOTIFY: ActForm(
        verb=N_("Записать уведомление"),
        about=N_(
            "О решении сообщают в срок, который показан выше. Если ученик несовершеннолетний — и законному представителю."
        ),
        fields=(
            Field(name="told", kind=FieldKind.MANY, label=N_("Кому сообщили")),
            Field(name="channel", kind=FieldKind.ONE, label=N_("Как сообщили")),
        ),
    ),
    Event.AMEND_PLAN: ActForm(
        verb=N_("Изменить учебный план"),
        about=N_("Часть плана станет зачтённой, пропусками эти уроки не считаются."),
        fields=(
            Field(name="hours", kind=FieldKind.NUMBER, label=N_("Освободилось часов")),
            _reason(N_("На что пойдут освободившиеся часы"), required=False),
        ),
    ),
    Event.CLOSE: ActForm(
        verb=N_("Закрыть дело"),
        about=N_("Школа выдаст ученику свой значок о зачёте."),
        fields=(
            Field(name="journal", kind=FieldKind.YES, label=N_("Результат внесён в журнал")),
            Field(name="file", kind=FieldKind.YES, label=N_("Копия приказа вложена в личное дело")),
        ),
    ),
    Event.CLOSE_REFUSED: ActForm(verb=N_("Закрыть дело"), about=N_("Срок для возражения прошёл.")),
    Event.OPINION: ActForm(
        verb=N_("Написать мнение"),
        about=N_("Его прочитают семья и все, кто решает. Решения оно не заменяет."),
        fields=(_reason(N_("Ваше мнение"), N_("Что вы знаете об этой работе ученика и о том, чему ученик научился.")),),
    ),
    Event.WITHDRAW: ActForm(
        verb=N_("Отозвать заявление"),
        about=N_("Значки останутся у ученика, зачёта не будет. Подать новое заявление можно."),
        fields=(_reason(N_("Почему"), required=False),),
        danger=True,
    ),
    Event.APPEAL: ActForm(
        verb=N_("Подать возражение"),
        about=N_("Возражение рассмотрит комиссия по урегулированию споров."),
        fields=(_reason(N_("С чем вы не согласны")),),
    ),
    Event.SUSPEND: ActForm(
        verb=N_("Приостановить решение"), about=N_("До ответа на возражение."), fields=(_reason(N_("Почему")),)
    ),
    Event.UPHOLD: ActForm(
        verb=N_("Удовлетворить возражение"),
        about=N_("Дело рассмотрят заново, голосовать будут другие люди."),
        fields=(_reason(N_("Мотивы решения")),),
    ),
    Event.REJECT_APPEAL: ActForm(verb=N_("Отклонить возражение"), fields=(_reason(N_("Мотивы решения")),), danger=True),
    Event.REVIEW: ActForm(
        verb=N_("Начать пересмотр"),
        about=N_("Приказ действует, пока директор не решит. Семья получит уведомление."),
        fields=(
            _reason(N_("Что случилось")),
            Field(
                name="proof",
                kind=FieldKind.LINE,
                label=N_("Документ, который это доказывает"),
                help=N_("Не нужен, если значок отозван: программа увидит это сама."),
                required=False,
            ),
        ),
        danger=True,
    ),
    Event.KEEP: ActForm(verb=N_("Оставить приказ в силе"), fields=(_reason(N_("Почему приказ остаётся")),)),
    Event.ANNUL: ActForm(
        verb=N_("Отменить приказ"),
        about=N_("Часть плана снова откроется, значок школы о зачёте будет отозван."),
        fields=(_reason(N_("Почему приказ отменён")), *_PAPER),
        danger=True,
    ),
}


def labels_of(event: Event) -> Mapping[str, str]:
    """What people call the fields of an act, by their names."""
    return {field.name: field.label for field in FORMS[event].fields} if event in FORMS else {}
