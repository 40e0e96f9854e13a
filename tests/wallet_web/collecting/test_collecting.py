"""A badge of one's own, over the pages: looked at, kept for what it is, taken out again."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from PIL import Image
from sqlmodel import select

from keys.deps import Learner
from schemas.baking import bake_png, bake_svg
from schemas.identity import grouped, number_from
from service.database import unit_of_work
from tests.campus import House, changed, write
from tests.campus_old import OldIssuer
from tests.campus_papers import record
from tests.wallet_web.desk import PUBLIC_URL, Desk
from tests.wallet_web.family import guardian, teenager, themself
from wallet_web import qr
from wallet_web.collecting import desk as collecting
from wallet_web.tables import Collected, Entry, Find

TITLE = "Юный экскурсовод"
MARK = "внешний эмитент, не в списке сети"


@pytest.fixture
def alina(desk: Desk) -> Learner:
    return desk.enrol(teenager())


@pytest.fixture
def museum(desk: Desk) -> House:
    return desk.campus.join("ext", name="Музей космонавтики", listed=False)


class Hand:
    """Somebody of the family at the form."""

    def __init__(self, desk: Desk, alina: Learner, browser: TestClient | None = None) -> None:
        self.desk, self.alina, self.browser = desk, alina, browser or desk.family(alina)
        self.here = f"/wallet/{alina.id}"

    def bring(self, data: bytes = b"", *, text: str = "", photo: bytes = b"", recipient: str = "") -> Response:
        files = {name: (name, given) for name, given in (("file", data), ("photo", photo)) if given}
        form = {"text": text, "recipient": recipient}
        return self.browser.post(f"{self.here}/collect", data=form, files=files or None)

    def look(self, data: bytes = b"", **given: Any) -> tuple[str, str]:
        """The address of what was looked at, and what its page says."""
        where = self.bring(data, **given).headers["location"]
        return where, self.browser.get(where).text

    def keep(self, data: bytes = b"", **given: Any) -> Entry:
        where, _ = self.look(data, **given)
        kept = self.browser.post(where).headers["location"].rpartition("/")[2]
        return next(one for one in self.desk.entries(self.alina) if one.id == kept)

    def page(self, path: str = "") -> str:
        answer = self.browser.get(f"{self.here}{path}")
        assert answer.status_code == 200
        return answer.text


@pytest.fixture
def hand(desk: Desk, alina: Learner) -> Hand:
    return Hand(desk, alina)


def test_a_stranger_s_badge_is_told_for_what_it_is_before_and_after_it_is_kept(hand: Hand, museum: House) -> None:
    badge = museum.award(title=TITLE, learner=hand.alina.number)
    _, page = hand.look(badge)
    assert hand.desk.entries(hand.alina) == []
    for said in (TITLE, "Музей космонавтики", "сеть такой организации не знает", "Выписан на вас"):
        assert said in page, said
    entry = hand.keep(badge)
    assert bytes(entry.document) == badge
    for path in ("", f"/badges/{entry.id}"):
        page = hand.page(path)
        assert MARK in page.casefold()
        assert "Подлинный" not in page
        assert 'class="stamp' not in page
    assert hand.browser.get(f"{hand.here}/badges/{entry.id}.json").content == badge
    assert ("wallet.collected", hand.alina.id, entry.id) in hand.desk.journal


def test_a_badge_of_the_network_brought_as_a_file_is_one_of_the_others(hand: Hand) -> None:
    badge = hand.desk.ugu.award(learner=hand.alina.number)
    entry = hand.keep(badge)
    assert "Подлинный" in hand.page()
    hand.desk.receive(hand.alina, badge)
    assert [one.id for one in hand.desk.entries(hand.alina)] == [entry.id]


def test_a_badge_that_came_by_itself_is_not_kept_twice(hand: Hand) -> None:
    badge = hand.desk.award(hand.alina)
    _, page = hand.look(badge)
    assert "уже есть в книжке" in page
    assert hand.keep(badge).id == hand.desk.entries(hand.alina)[0].id
    assert len(hand.desk.entries(hand.alina)) == 1


def test_a_newer_version_takes_the_place_and_an_older_one_does_not(hand: Hand, museum: House) -> None:
    old = museum.draft(title="Прежний", awarded_at=hand.desk.now - timedelta(1))
    new = museum.draft(title="Новый") | {"id": old["id"]}
    first = hand.keep(write(museum.sign(old)))
    assert "прежняя версия" in hand.look(write(museum.sign(new)))[1]
    assert hand.keep(write(museum.sign(new))).id == first.id
    assert hand.desk.entries(hand.alina)[0].title == "Новый"
    assert "более новая версия" in hand.look(write(museum.sign(old, at=hand.desk.now - timedelta(2))))[1]


def forged(badge: bytes) -> bytes:
    return changed(badge, lambda one: one.update(validFrom="2026-11-22T11:00:00Z", name="Подделка"))


def test_a_forgery_neither_replaces_a_badge_nor_keeps_one_away(hand: Hand) -> None:
    genuine = hand.desk.award(hand.alina)
    hand.keep(forged(genuine))
    assert {bytes(one.document) for one in hand.desk.entries(hand.alina)} == {genuine, forged(genuine)}
    later = hand.desk.ugu.award(learner=hand.alina.number)
    hand.keep(forged(later))
    hand.desk.receive(hand.alina, later)
    assert later in {bytes(one.document) for one in hand.desk.entries(hand.alina)}


def test_an_invalid_badge_may_be_kept_and_stays_invalid(hand: Hand, museum: House) -> None:
    badge = forged(museum.award(title=TITLE))
    _, page = hand.look(badge)
    assert "Недействителен" in page
    assert "Подпись этого не подтверждает" in page
    entry = hand.keep(badge)
    for path in ("", f"/badges/{entry.id}"):
        assert "Недействителен" in hand.page(path)


def pictures(badge: bytes) -> Iterator[tuple[str, bytes]]:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(out, "PNG")
    yield "png", bake_png(out.getvalue(), badge.decode())
    yield "svg", bake_svg(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', badge.decode())


def test_pictures_are_kept_as_they_came_and_never_drawn(hand: Hand, museum: House) -> None:
    for ending, picture in pictures(museum.award(title=TITLE)):
        entry = hand.keep(picture)
        path = f"{hand.here}/badges/{entry.id}"
        answer = hand.browser.get(f"{path}.{ending}")
        assert answer.content == picture
        assert answer.headers["content-security-policy"] == "sandbox"
        assert "attachment" in answer.headers["content-disposition"]
        page = hand.page(f"/badges/{entry.id}")
        assert "alert(1)" not in page
        assert "<img" not in page
        assert hand.browser.post(f"{path}/remove", data={"sure": "yes"}).status_code == 303


def test_a_signed_text_is_kept_shown_and_taken_as_it_is(hand: Hand, museum: House) -> None:
    text = museum.award_text(title=TITLE)
    entry = hand.keep(text=f"\n {text.decode()} \n")
    assert bytes(entry.document) == text
    path = f"{hand.here}/badges/{entry.id}"
    assert TITLE in hand.page(f"/badges/{entry.id}")
    assert hand.browser.get(f"{path}.jwt").content == text
    assert hand.browser.get(f"{path}.json").status_code == 404


def test_a_record_shows_what_is_in_it_one_by_one(hand: Hand, museum: House) -> None:
    held = [json.loads(museum.award(title=title)) for title in ("Первый", "Второй")]
    held.append(json.loads(forged(museum.award(title="Третий"))))
    entry = hand.keep(write(record(museum, *held)))
    page = hand.page(f"/badges/{entry.id}")
    for said in ("Зачётная книжка", "Первый", "Второй", "Недействителен"):
        assert said in page
    assert "Третий" not in page


def test_old_badges_come_by_file_by_signature_and_by_the_address_in_a_picture(hand: Hand) -> None:
    old = OldIssuer(hand.desk.campus)
    old.open()
    hosted = write(old.award())
    assert "Робототехник" in hand.look(hosted)[1]
    assert hand.keep(hosted).title == "Робототехник"
    assert hand.keep(old.sign()).issuer_name == "Дом творчества"
    emblem = bake_svg(b'<svg xmlns="http://www.w3.org/2000/svg"/>', old.url("assertions/1"))
    assert "уже есть в книжке" in hand.look(emblem)[1]
    hand.desk.campus.gone.add(old.url("assertions/1"))
    assert "не ответила" in hand.bring(emblem).text


def test_a_link_is_fetched_by_the_guarded_fetcher_alone(hand: Hand, museum: House) -> None:
    badge = museum.award(title=TITLE)
    address = museum.url("badges/1.json")
    hand.desk.campus.pages[address] = badge
    assert bytes(hand.keep(text=address).document) == badge
    assert "не ответила" in hand.bring(text=museum.url("badges/2.json")).text
    hand.desk.campus.pages[address] = b"<html>no badge</html>"
    assert hand.bring(text=address).status_code == 400


def test_a_code_leads_to_the_award_that_waits_typed_pasted_or_photographed(hand: Hand) -> None:
    code = grouped(number_from(bytes(range(16))))
    link = f"{PUBLIC_URL}/offers/{code}"
    for answer in (
        hand.bring(text=code.lower().replace("-", " ")),
        hand.bring(text=link),
        hand.bring(photo=qr.png(link)),
    ):
        assert answer.headers["location"] == f"/offers/{code}"


def test_what_is_no_badge_is_refused_in_words_and_leaves_nothing(hand: Hand) -> None:
    for given in (
        {},
        {"text": "привет"},
        {"data": b"\x00"},
        {"photo": b"GIF"},
        {"text": "http://x/y"},
        {"data": b"[" * 9},
    ):
        answer = hand.bring(**given)
        assert answer.status_code == 400, given
        assert 'role="alert"' in answer.text
    assert hand.bring(b"x" * (collecting.BYTES + 1)).status_code == 400
    with unit_of_work(hand.desk.engine) as session:
        assert session.exec(select(Find)).all() == []


def test_the_address_that_was_typed_tells_whose_it_is_and_is_forgotten(hand: Hand) -> None:
    old = OldIssuer(hand.desk.campus)
    old.open()
    mine = {"type": "email", "hashed": False, "identity": "alina@example.org"}
    badge = write(old.award(recipient=mine))
    assert "Подтвердить, что это вы, сеть не может" in hand.look(badge)[1]
    entry = hand.keep(badge, recipient="alina@example.org")
    assert "адрес, который вы назвали" in hand.page(f"/badges/{entry.id}")
    with unit_of_work(hand.desk.engine) as session:
        assert not any(one.recipient for one in session.exec(select(Find)))


def test_keeping_twice_keeps_once_and_putting_away_keeps_nothing(hand: Hand, museum: House) -> None:
    where, _ = hand.look(museum.award())
    first, second = hand.browser.post(where), hand.browser.post(where)
    assert first.headers["location"] == second.headers["location"] == hand.browser.get(where).headers["location"]
    where, _ = hand.look(museum.award())
    for _ in range(2):
        assert hand.browser.post(f"{where}/drop").headers["location"] == f"{hand.here}/collect"
    assert hand.browser.get(where).status_code == hand.browser.post(where).status_code == 404
    assert len(hand.desk.entries(hand.alina)) == 1


def test_what_was_looked_at_waits_a_day_and_is_nobody_else_s(hand: Hand, museum: House) -> None:
    other = Hand(hand.desk, hand.desk.enrol(teenager()))
    where, _ = hand.look(museum.award())
    assert other.browser.get(where).status_code == 404
    assert other.browser.get(where.replace(hand.alina.id, other.alina.id)).status_code == 404
    hand.desk.campus.now += timedelta(days=1)
    assert hand.desk.family(hand.alina).get(where).status_code == 404


def test_there_is_an_end_to_looking_and_to_keeping(hand: Hand, museum: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "LOOKED_PER_DAY", 3)
    monkeypatch.setattr(collecting, "KEPT_MOST", 1)
    hand.keep(museum.award())
    where, _ = hand.look(museum.award())
    assert hand.browser.post(where).json()["code"] == "wallet-full"
    hand.look(museum.award())
    assert "не больше 3" in hand.bring(museum.award()).text


def test_a_badge_is_taken_out_only_when_asked_twice_and_leaves_links(hand: Hand) -> None:
    badge = hand.desk.award(hand.alina)
    entry = hand.desk.entries(hand.alina)[0]
    remove = f"{hand.here}/badges/{entry.id}/remove"
    assert f'action="{remove}"' in hand.page(f"/badges/{entry.id}")
    assert hand.browser.post(remove).json()["code"] == "not-sure"
    other = Hand(hand.desk, hand.desk.enrol(teenager()))
    foreign = other.browser.post(f"{other.here}/badges/{entry.id}/remove", data={"sure": "yes"})
    assert foreign.status_code == 404
    assert hand.browser.post(remove, data={"sure": "yes"}).headers["location"] == hand.here
    assert hand.desk.entries(hand.alina) == []
    assert ("wallet.removed", hand.alina.id, entry.id) in hand.desk.journal
    assert bytes(hand.keep(badge).document) == badge


def test_lists_remember_and_pages_ask(hand: Hand, museum: House) -> None:
    entry = hand.keep(museum.award(title=TITLE))
    hand.desk.campus.asked.clear()
    assert MARK in hand.page()
    assert museum.url(".well-known/did.json") not in hand.desk.campus.asked
    hand.desk.campus.gone.add(museum.url(".well-known/did.json"))
    assert "Содержание не показано" in hand.page(f"/badges/{entry.id}")
    assert "добавлен вами, проверить не удалось" in hand.page()
    with unit_of_work(hand.desk.engine) as session:
        assert session.exec(select(Collected)).one().checked_at == hand.desk.now


def test_the_family_sees_who_brought_it(hand: Hand, museum: House) -> None:
    hand.keep(museum.award(title=TITLE))
    assert f"Добавлен свой значок: {TITLE}" in hand.page("/history")


def test_the_learner_does_it_alone_and_strangers_do_not(hand: Hand, museum: House) -> None:
    own = Hand(hand.desk, hand.alina, hand.desk.browser(themself(hand.alina)))
    assert own.keep(museum.award(title=TITLE)).title == TITLE
    assert hand.desk.browser().get(f"{hand.here}/collect").status_code == 401
    assert hand.desk.browser(guardian()).post(f"{hand.here}/collect").status_code == 404


def test_an_old_badge_does_not_go_into_a_signed_application(hand: Hand) -> None:
    old = OldIssuer(hand.desk.campus)
    old.open()
    entry, item = hand.keep(write(old.award())), hand.desk.plan(hand.alina)
    form = {"item": item, "badge": entry.id, "wish": "full", "act": "keep"}
    answer = hand.browser.post(f"{hand.here}/apply", data=form)
    assert answer.status_code == 400
    assert "к электронному заявлению не приложить" in answer.text


def test_a_signed_text_goes_into_an_application_in_its_envelope(hand: Hand) -> None:
    entry = hand.keep(hand.desk.ugu.award_text(learner=hand.alina.number))
    with unit_of_work(hand.desk.engine) as session:
        shown = hand.desk.wallet.present(
            session, hand.alina.id, [entry.id], domain="d", challenge="c", now=hand.desk.now
        )
    found = hand.desk.campus.verify_presentation(shown, domain="d", challenge="c")
    assert [one.verdict for one in found.items] == ["valid"]
