"""The full answer to somebody who asks what is kept about them (152-ФЗ, art. 14): everything in plain words, as one PDF."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import col, select

from keys import organisations
from keys.actor import Thing
from keys.deps import Learner, Visit, Visiting
from keys.printing import Printing
from schemas.errors import N_
from schemas.identity import grouped
from service.identity import contacts, guardians, roll, slips
from service.identity.tables import Account
from service.identity.wording import BASES
from service.notices.tables import Notice
from service.retention.kinds import KINDS, months
from verifier.credit import desk
from verifier.credit.deps import Deciding
from verifier.credit.wording import HAPPENED, SHORT
from wallet_web import consent, history, looks, share, views, wording
from wallet_web.looks import Look
from wallet_web.portfolio import composing, declared, goals, notes
from wallet_web.portfolio.wording import GOALS, NOTES
from wallet_web.wallet import listed

router = APIRouter(include_in_schema=False)
TEMPLATE = "service/answer.typ"
MOST = 10_000
TITLE = N_("Сведения об обработке персональных данных")
Table = dict[str, Any]


@router.get("/people/{learner}/answer.pdf", openapi_extra={"x-action": "person.answer"}, name="person.answer")
def answer(request: Request, visit: Visiting, printing: Printing, cases: Deciding, learner: str) -> Response:
    """Everything that this installation keeps about a learner, for them and for those who act for them."""
    visit.require("person.answer", Thing(learner=learner))
    owner = visit.people.learner(learner)
    zone: ZoneInfo = request.app.state.settings.zone
    told = _Told(visit, owner, zone)
    steps = [(entry, cases.history(visit.session, entry.case.id)) for entry in told.cases()]
    sections = [*told.sections(), told.credit(steps), told.terms()]
    data = {
        "title": visit.translate(TITLE),
        "language": visit.language,
        "facts": told.head(),
        "sections": [section for section in sections if section["rows"]],
        "small": [visit.translate(RIGHTS)],
    }
    visit.record("person.answered", learner=learner)
    headers = {"Content-Disposition": 'attachment; filename="answer.pdf"', "Cache-Control": "no-store"}
    content = printing(TEMPLATE, data, at=visit.now, spell=True)
    return Response(content, media_type="application/pdf", headers=headers)


RIGHTS = N_(
    "Ошибку в имени, дате рождения и классе исправляет школа, ошибку в значке — организация, которая его вручила. "
    "Согласие можно отозвать в любой момент, свои записи удалить. Реестр решений школа хранит по закону."
)


class _Told:
    """The sections, each a table with its heading."""

    def __init__(self, visit: Visit, owner: Learner, zone: ZoneInfo) -> None:
        self._visit = visit
        self._owner = owner
        self._zone = zone
        self._ = visit.translate

    def head(self) -> list[list[str]]:
        """Whose it is, and on which day it was so."""
        owner = self._owner
        return [
            [self._(N_("Ученик")), owner.name],
            [self._(N_("Дата рождения")), self._day(owner.born)],
            [self._(N_("Сетевой номер")), grouped(owner.number)],
            [self._(N_("Школа и класс")), f"{self._organisation(owner.school)}, {owner.grade}"],
            [self._(N_("Сведения на")), self._visit.times.minute(self._visit.now)],
        ]

    def sections(self) -> list[Table]:
        """Everything but the cases and the terms."""
        return [
            self._places(),
            self._guardians(),
            self._account(),
            self._badges(),
            self._own_records(),
            self._goals(),
            self._notes(),
            self._pages(),
            self._consents(),
            self._links(),
            self._acts(),
            self._notices(),
            self._looks(),
        ]

    def cases(self) -> list[desk.Entry]:
        """The learner's applications for credit."""
        visit, today = self._visit, self._visit.now.astimezone(self._zone).date()
        found = desk.family_cases(visit.session, visit.actor, visit.people, today)
        return [entry for entry in found if entry.case.learner == self._owner.id]

    def credit(self, steps: Sequence[tuple[desk.Entry, Sequence[Any]]]) -> Table:
        """Each step of each application."""
        rows = [
            [
                entry.title,
                self._(SHORT[entry.case.state]),
                self._moment(step.at),
                self._(HAPPENED[step.event]),
                self._person(step.person),
            ]
            for entry, done in steps
            for step in done
        ]
        heads = (N_("Часть учебного плана"), N_("Сейчас"), N_("Когда"), N_("Что"), N_("Кто"))
        return self._table(N_("Зачёт результатов"), heads, rows)

    def terms(self) -> Table:
        """How long each kind of record stays."""
        held = months(self._visit.session)
        rows = [
            [self._(kind.name), str(held[code]), self._(kind.act), self._(kind.basis)] for code, kind in KINDS.items()
        ]
        heads = (N_("Что"), N_("Срок в месяцах"), N_("Что потом"), N_("Почему столько"))
        return self._table(N_("Сколько что хранится"), heads, rows)

    def _places(self) -> Table:
        places = roll.places(self._visit.session, self._owner.id)
        rows = [
            [self._organisation(one.school), one.grade, self._day(one.since), self._day(one.until)] for one in places
        ]
        heads = (N_("Школа"), N_("Класс"), N_("С какого дня"), N_("Последний день"))
        return self._table(N_("Где учится и учился"), heads, rows)

    def _guardians(self) -> Table:
        rows = [
            [account.name, self._(BASES[one.basis]), one.document, self._day(one.since), self._day(one.until)]
            for one, account in guardians.of(self._visit.session, self._owner.id)
        ]
        heads = (N_("Кто"), N_("Основание"), N_("Документ"), N_("С какого дня"), N_("По какой день"))
        return self._table(N_("Законные представители"), heads, rows)

    def _account(self) -> Table:
        session = self._visit.session
        account, slip = session.get(Account, self._owner.id), slips.standing(session, self._owner.id)
        rows = [[self._(N_("Имя для входа")), account.login]] if account is not None else []
        email = contacts.address_of(session, self._owner.id)
        rows += [[self._(N_("Адрес почты")), email]] if email else []
        rows += [[self._(N_("Код для входа выдан")), self._moment(slip.made_at)]] if slip is not None else []
        return self._table(N_("Вход"), (N_("Что"), N_("Запись")), rows)

    def _badges(self) -> Table:
        found = listed(self._visit.session, self._owner.id, size=MOST)
        rows = [[one.title, one.issuer_name, self._moment(one.received_at), one.digest] for one in found.entries]
        heads = (N_("Значок"), N_("Организация"), N_("Получен"), N_("Отпечаток файла"))
        return self._table(N_("Значки в книжке"), heads, rows)

    def _own_records(self) -> Table:
        rows = [
            [said.title, said.organiser, said.result, said.story, self._moment(one.created_at)]
            for one, said in declared.all_of(self._visit.session, self._owner.id)
        ]
        heads = (N_("Что"), N_("Кто проводил"), N_("Результат"), N_("Рассказ"), N_("Записано"))
        return self._table(N_("Записи со слов ученика"), heads, rows)

    def _goals(self) -> Table:
        rows = [
            [goal.title, self._(GOALS[goal.state]), self._day(goal.due_on), self._moment(goal.created_at)]
            for goal, _ in goals.all_of(self._visit.session, self._owner.id)
        ]
        heads = (N_("Цель"), N_("Сейчас"), N_("К какому дню"), N_("Записано"))
        return self._table(N_("Цели"), heads, rows)

    def _notes(self) -> Table:
        rows = [
            [self._(NOTES[note.kind]), note.text, self._person(note.author), self._moment(note.at)]
            for note in notes.all_of(self._visit.session, self._owner.id)
        ]
        heads = (N_("Что"), N_("Текст"), N_("Кто"), N_("Когда"))
        return self._table(N_("Заметки, рассказ о себе, советы учителей"), heads, rows)

    def _pages(self) -> Table:
        rows = [
            [page.title, self._moment(page.created_at), self._moment(page.changed_at)]
            for page in composing.all_of(self._visit.session, self._owner.id)
        ]
        return self._table(N_("Страницы портфолио"), (N_("Название"), N_("Создана"), N_("Изменена")), rows)

    def _consents(self) -> Table:
        rows = [
            [
                consent.text_agreed(one).title,
                self._person(one.given_by),
                self._moment(one.given_at),
                self._(wording.CONSENT_STATES[consent.state(one, self._visit.now)]),
                one.text_hash,
            ]
            for one in consent.history(self._visit.session, self._owner.id)
        ]
        heads = (N_("Согласие"), N_("Кто дал"), N_("Когда"), N_("Сейчас"), N_("Отпечаток текста"))
        return self._table(N_("Согласия"), heads, rows)

    def _links(self) -> Table:
        session, now = self._visit.session, self._visit.now
        rows = [
            [
                one.audience,
                one.purpose,
                self._moment(one.created_at),
                self._(wording.SHARE_STATES[share.state(one, agreed, now)]),
                str(views.times_opened(session, one.id)[0]),
            ]
            for one, agreed in share.all_of(session, self._owner.id)
        ]
        heads = (N_("Для кого"), N_("Зачем"), N_("Создана"), N_("Сейчас"), N_("Сколько раз открыта"))
        return self._table(N_("Ссылки"), heads, rows)

    def _acts(self) -> Table:
        rows = [
            [self._moment(one.at), wording.done(one.kind, one.subject, self._), self._person(one.person)]
            for one in sorted(history.acts(self._visit.session, self._owner.id), key=lambda act: act.at)
        ]
        return self._table(N_("Кто что делал"), (N_("Когда"), N_("Что"), N_("Кто")), rows)

    def _notices(self) -> Table:
        wanted = select(Notice).where(Notice.learner == self._owner.id).order_by(col(Notice.at), col(Notice.id))
        rows = [[self._moment(one.at), self._person(one.person), one.text] for one in self._visit.session.exec(wanted)]
        return self._table(N_("Уведомления"), (N_("Когда"), N_("Кому"), N_("Что")), rows)

    def _looks(self) -> Table:
        seen = looks.together(looks.all_of(self._visit, self._owner.id))
        rows = [self._seen(each.looks) for each in seen]
        heads = (N_("Когда"), N_("Что"), N_("Кто"), N_("Организация"), N_("Сколько раз"))
        return self._table(N_("Кто смотрел"), heads, rows)

    def _seen(self, same: Sequence[Look]) -> list[str]:
        """The same looks of one reader: in which minutes they were, and how many."""
        newest = same[0]
        moments = dict.fromkeys(self._moment(one.at) for one in reversed(same))
        return [", ".join(moments), newest.what, newest.who, newest.organisation, str(len(same))]

    def _table(self, title: str, heads: Sequence[str], rows: list[list[str]]) -> Table:
        return {"title": self._(title), "columns": [self._(head) for head in heads], "rows": rows}

    def _organisation(self, code: str) -> str:
        return organisations.find(self._visit.session, code).short_name if code else ""

    def _person(self, person: str | None) -> str:
        return looks.name_of(self._visit, person)

    def _day(self, day: date | None) -> str:
        return day.strftime("%d.%m.%Y") if day is not None else ""

    def _moment(self, moment: datetime) -> str:
        return moment.astimezone(self._zone).strftime("%d.%m.%Y %H:%M")
