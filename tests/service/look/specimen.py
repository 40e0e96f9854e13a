"""What the specimen pages show: the people and papers of the demonstration municipality, with the hard cases among them."""

from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime(2026, 11, 22, 11, 5, tzinfo=UTC)
PROBE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
LONG = "Муниципальное бюджетное учреждение дополнительного образования «Эколого-биологический центр „Тундра“»"
EMBLEM = (
    '<svg viewBox="0 0 64 64" role="img" aria-label="Эмблема"><circle cx="32" cy="32" r="30" fill="none" stroke="#0c5359"'
    ' stroke-width="3"/><path d="M14 40l18-26 18 26z" fill="#0c5359"/><text x="32" y="56" font-size="11"'
    ' text-anchor="middle" fill="#0c5359">СОУ</text></svg>'
)
QR = '<svg viewBox="0 0 4 4"><path d="M0 0h2v1H0zM3 0h1v2H3zM1 2h2v1H1zM0 3h1v1H0z"/></svg>'
UNIVERSITY = "ФГБОУ ВО «Северный открытый университет»"
SCHOOL = "МБОУ «Североозёрская СОШ № 1»"


class Missing(dict[str, str]):
    """Form errors where most fields have none."""

    def __missing__(self, key: str) -> str:
        return ""


def _entry(title: str, **more: Any) -> dict[str, Any]:
    plain = {
        "organisation": UNIVERSITY,
        "facts": (),
        "verdict": "",
        "tag": "",
        "new": False,
        "stamp": "",
        "pencil": False,
        "bare": False,
    }
    return {"title": title, "note": "", **plain, **more}


def _facts(hours: str, result: str) -> list[tuple[str, str]]:
    return [("Объём", hours), ("Итог", result), ("Вручён", "14.11.2026")]


ENTRIES = [
    _entry(
        "Исследовательский проект: от вопроса к защите", facts=_facts("34 ч", "92 из 100"), verdict="valid", new=True
    ),
    _entry("Индивидуальный проект", organisation=SCHOOL, facts=_facts("34 ч", "5"), tag="зачтено", stamp=SCHOOL),
    _entry(
        "Биоэкологический мониторинг " * 4,
        organisation=LONG,
        facts=_facts("36 ч", "зачтено"),
        verdict="cannot_tell",
        stamp=LONG,
    ),
    _entry(
        "Первая помощь (практикум)", organisation="ДДТ «Полярис»", facts=_facts("16 ч", "зачтено"), verdict="invalid"
    ),
    _entry("Запись без эмблемы", organisation=SCHOOL, verdict="valid", bare=True, stamp=SCHOOL),
    _entry(
        "Диплом олимпиады по географии",
        pencil=True,
        facts=[("Когда", "март 2026")],
        note="Классный руководитель посмотрит до 1 декабря.",
    ),
]
ROWS = [
    {
        "code": "ИНФ.1",
        "name": "Пишет программы на Python с массивами, строками и файлами",
        "required": "продвинутый уровень",
        "mark": "met",
        "shown": "Продвинутый уровень, 92 из 100",
        "evidence": "Программирование на Python: от задачи к проекту",
        "evidence_href": "/b/1",
        "detail": "Критерий модуля: итоговый проект с разбором трёх алгоритмов. Оценил Кварцев Б. Г.",
    },
    {
        "code": "ИНФ.3",
        "name": "Проектирует базы данных и составляет запросы",
        "required": "базовый уровень",
        "mark": "claimed",
        "shown": "Изучался в модуле, отдельно не оценён",
        "evidence": "Программирование на Python: от задачи к проекту",
    },
    {
        "code": "МП.П2",
        "name": "Базовые исследовательские действия",
        "required": "базовый уровень",
        "mark": "met",
        "shown": "Базовый уровень",
    },
    {
        "code": "ИНФ.4",
        "name": "Информационная безопасность",
        "required": "базовый уровень",
        "mark": "absent",
        "optional": True,
    },
]
STEPS = [
    {"title": "Заявление подано", "state": "done", "when": "20.11.2026"},
    {"title": "Зарегистрировано под № 14", "state": "done", "when": "21.11.2026"},
    {"title": "Сравнение результатов", "state": "now", "note": "Смотрит учитель информатики."},
    {"title": "Комиссия", "state": "next"},
    {"title": "Приказ директора", "state": "stopped", "note": "Ждёт документов."},
]
TIMELINE = [
    {"at": NOW, "title": "Комиссия назначена", "who": "Рябинин К. С., заместитель директора"},
    {"at": NOW.date() - timedelta(days=1), "title": "Заявление зарегистрировано", "text": "Номер 14.", "href": "/doc"},
    {"at": "20.11.2026", "title": "Заявление подано", "who": "Ветрова О. П."},
]
CHECKS = [
    {"outcome": "passed", "sentence": "Подпись верна: после подписания ничего не менялось."},
    {
        "outcome": "unknown",
        "sentence": "Список отзыва сейчас недоступен.",
        "next": "Попробуйте через час или спросите организацию.",
    },
    {"outcome": "failed", "sentence": "У организации не было лицензии на эту дату."},
]
OUTCOMES = [
    {"code": "ИП.1", "name": "Ставит проблему и цель исследования", "level": 3},
    {"code": "МП.П3", "name": "Работает с информацией: ищет, сравнивает и проверяет источники " * 2, "level": 1},
    {"code": "ПРОФ.2", "name": "Собирает электрическую схему по чертежу", "assessed": False},
]
TABLE = [
    [str(number), name, component, state, "05.12.2026", f"{number % 4} из 4"]
    for number, (name, component, state) in enumerate(
        [("Ветрова Алина Игоревна", "Индивидуальный проект", "проверка подлинности")] * 18
        + [("Абдурахманова-Преображенская Мария-Антуанетта Константиновна", LONG, "сопоставление")] * 2,
        start=1,
    )
]
PEOPLE = [
    {
        "account": "olga",
        "name": "Ветрова Ольга Петровна",
        "role": "Мама Алины (10 класс)",
        "note": "Подаёт заявление о зачёте.",
    },
    {"account": "alina", "name": "Ветрова Алина Игоревна", "role": "Ученица 10 класса", "note": ""},
    {"account": "r", "name": "Рябинин К. С.", "role": "Заместитель директора, СОШ № 1", "note": "Ведёт дела о зачёте."},
    {"account": "x", "name": LONG, "role": "Работодатель", "note": PROBE},
]
PAGES: dict[str, dict[str, Any]] = {
    "book.html": {"title": "Мои значки", "lead": "Пять записей, одна новая.", "entries": ENTRIES, "emblem": EMBLEM},
    "case.html": {"title": "Зачёт результатов: информатика", "rows": ROWS, "steps": STEPS, "timeline": TIMELINE},
    "form.html": {
        "errors": Missing(audience="Назовите, кому вы показываете значки.", days="Не больше 90 дней."),
        "long_name": LONG,
        "qr": QR,
    },
    "desk.html": {"table": TABLE},
    "verdicts.html": {"emblem": EMBLEM, "long_name": LONG, "checks": CHECKS, "outcomes": OUTCOMES, "now": NOW},
    "comparison.html": {"rows": ROWS},
    "paper.html": {"long_name": LONG},
    "start.html": {"people": PEOPLE},
}
