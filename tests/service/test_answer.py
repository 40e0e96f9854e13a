"""The full answer about one learner: everything that any room keeps, in the family's words, for the family alone."""

import io
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlmodel import select

from keys import journal
from keys.actor import Actor, ActorKind
from keys.tables import JournalRow
from service.database import unit_of_work
from service.identity import contacts, slips
from service.notices.post import Told, tell
from tests.service.house import START, House
from wallet_web import consent, looks
from wallet_web.tables import Entry, Purpose

HERE = "/people/l1/answer.pdf"


@pytest.fixture
def lived(house: House) -> House:
    """A house in which something has happened to Алина."""
    with unit_of_work(house.parts.engine) as session:
        learner = house.parts.cases.services.people(session, START).learner("l1")
        mother = Actor(kind=ActorKind.PERSON, person="olga", wards=frozenset({"l1"}))
        digest = consent.current_text(Purpose.SHARING).digest
        consent.give(session, learner, mother, Purpose.SHARING, digest, START)
        contacts.enter(session, "l1", "alina@example.ru", START)
        slips.make(session, "l1", "s1", "secretary", START, bytes)
        session.add(
            Entry(
                id="e",
                learner="l1",
                sameness="s",
                document=b"{}",
                digest="ab" * 32,
                title="Исследовательский проект",
                issuer_name="Колледж",
                search="",
                valid_from=START,
                received_at=START,
            )
        )
        told = Told(person="olga", organisation="s1", learner="l1", text="Решение принято.", href="/credit")
        tell(session, told, mails=False, now=START)
        for event, person, organisation in (
            ("roll.read", "deputy", "s1"),
            ("award.read", "awarder", "kol"),
            ("share.viewed", "operator", None),
            ("roll.read", "olga", "s1"),
            ("consent.given", "olga", None),
        ):
            journal.append(
                session,
                at=START,
                event=event,
                actor_kind=ActorKind.PERSON,
                person=person,
                organisation=organisation,
                learner="l1",
            )
    return house


def text_of(pdf: bytes) -> str:
    joined = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"[\s\u00a0]+", " ", joined.replace("\u200b", "")).replace("- ", "")


@pytest.mark.parametrize("who", ["l1", "olga"])
def test_everything_is_in_it(lived: House, who: str) -> None:
    answer = lived.signed_in(who).get(HERE)
    assert answer.headers["content-type"] == "application/pdf"
    text = text_of(answer.content)
    for said in (
        "Ветрова Алина Игоревна",
        "12.04.2010",
        "Ветрова Ольга Петровна",
        "alina@example.ru",
        "Исследовательский проект",
        "Согласие на показ",
        "Решение принято.",
        "Сотрудник deputy",
        "Сотрудник awarder",
        "Открыли ссылку",
        "Сколько что хранится",
        "Реестр решений школа хранит по закону",
    ):
        assert said in text, said
    assert "Сотрудник operator" not in text
    with unit_of_work(lived.parts.engine) as session:
        assert session.exec(select(JournalRow).where(JournalRow.event == "person.answered")).one().person == who


def test_a_column_is_as_wide_as_what_stands_in_it(lived: House) -> None:
    places: dict[str, float] = {}

    def note(text: str, at: Sequence[float], *_: object) -> None:
        places.setdefault(text.strip().replace("\N{NO-BREAK SPACE}", " "), at[4])

    for page in PdfReader(io.BytesIO(lived.signed_in("l1").get(HERE).content)).pages:
        page.extract_text(visitor_text=note)
    of_the_class = places["С какого дня"] - places["Класс"]
    of_the_day = places["Последний день"] - places["С какого дня"]
    assert 0 < of_the_class < of_the_day


def test_it_is_for_the_family_alone_and_in_its_language(lived: House) -> None:
    for stranger in ("deputy", "awarder", "operator"):
        assert lived.signed_in(stranger).get(HERE).status_code == 404
    lived.clock.move(timedelta(days=1))
    english = lived.signed_in("olga").get(HERE, headers={"accept-language": "en"})
    assert "WHAT PERSONAL DATA IS KEPT" in text_of(english.content)


def test_the_family_sees_who_looked_and_never_who_held_a_link(lived: House) -> None:
    page = lived.signed_in("olga").get("/wallet/l1/looks").text
    for said in ("Сотрудник deputy", "Сотрудник awarder", "Открыли ссылку", "всего: 3"):
        assert said in page
    assert "Сотрудник operator" not in page
    assert lived.signed_in("deputy").get("/wallet/l1/looks").status_code == 404


def test_many_looks_are_pages(lived: House) -> None:
    with unit_of_work(lived.parts.engine) as session:
        for _ in range(looks.PAGE):
            row = {"event": "roll.read", "person": "deputy", "organisation": "s1", "learner": "l1"}
            journal.append(session, at=START, actor_kind=ActorKind.PERSON, **row)
    second = lived.signed_in("l1").get("/wallet/l1/looks?page=2").text
    assert "Страница 2 из 2" in second
    assert second.count("Сотрудник deputy") == 1
