"""What an issuer tells about a badge reaches the family, with its reason, and nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from keys.deps import Learner
from schemas.notice import Notice
from service.database import unit_of_work
from tests.campus import LEARNER, Campus
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import NOW, teenager
from wallet_web import wording
from wallet_web.receive import deliver
from wallet_web.tables import Entry
from wallet_web.told import notices_of, tell

ALINA = teenager()


def find(_: Session, number: str) -> Learner | None:
    return ALINA if number == LEARNER else None


def test_a_notice_belongs_to_its_badge_and_makes_it_new_again(engine: Engine) -> None:
    house = Campus().join("ugu")
    badge, other = house.award(), house.award()
    with unit_of_work(engine) as session:
        for each in (badge, other):
            deliver(session, LEARNER, each, NOW, find=find)
        for entry in session.exec(select(Entry)):
            entry.seen_at = NOW
    with unit_of_work(engine) as session:
        assert tell(session, LEARNER, badge, Notice.SUSPENDED, "спорный результат", NOW, find=find)
        assert tell(session, LEARNER, badge, Notice.LIFTED, "ясно", NOW + timedelta(days=1), find=find)
    with unit_of_work(engine) as session:
        told = {entry.document: notices_of(session, entry.id) for entry in session.exec(select(Entry))}
        assert [(row.notice, row.reason) for row in told[badge]] == [
            (Notice.LIFTED, "ясно"),
            (Notice.SUSPENDED, "спорный результат"),
        ]
        assert told[other] == []
        assert [entry.seen_at is None for entry in session.exec(select(Entry)) if entry.document == badge] == [True]


def test_nobody_is_told_about_a_badge_they_do_not_have(sqlite: Engine) -> None:
    badge = Campus().join("ugu").award()
    with unit_of_work(sqlite) as session:
        assert not tell(session, LEARNER, badge, Notice.REVOKED, "ошибка", NOW, find=find)
        assert not tell(session, "0" * 26, badge, Notice.REVOKED, "ошибка", NOW, find=find)


@pytest.mark.parametrize("notice", Notice)
def test_the_family_reads_it_in_plain_words(desk: Desk, notice: Notice) -> None:
    alina = desk.enrol(teenager())
    badge = desk.award(alina)
    with unit_of_work(desk.engine) as session:
        assert tell(session, alina.number, badge, notice, "описка <b>в ведомости", NOW, find=lambda *_: alina)
    page = desk.family(alina).get(f"/wallet/{alina.id}/badges/{desk.entries(alina)[0].id}").text
    assert wording.NOTICES[notice].title in page
    assert "описка &lt;b&gt;в ведомости" in page
