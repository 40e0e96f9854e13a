"""Pages that a learner puts together: order over any acts, what a reader sees, what a link keeps as it is."""

import re
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import Engine

from keys.deps import Learner
from schemas.errors import Conflict, NotFound
from service.database import unit_of_work
from tests.service.printing.paper import text_of
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import NOW, entry, guardian, teacher, teenager, themself
from wallet_web.consent import current_text
from wallet_web.portfolio import composing
from wallet_web.portfolio.composing import Way
from wallet_web.portfolio.declared import new_id
from wallet_web.portfolio.errors import NoText, NoTitle, PageFull, PortfolioFull
from wallet_web.tables import Purpose

DIGEST = current_text(Purpose.PORTFOLIO).digest
LINK = {"audience": "Приёмная комиссия", "purpose": "Поступление", "days": "14"}


def begin(desk: Desk, alina: Learner, title: str = "Инженерное портфолио") -> str:
    """The address of a new page."""
    answer = desk.browser(themself(alina)).post(
        f"/wallet/{alina.id}/portfolio/pages", data={"id": new_id(), "title": title}
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def declare(browser: TestClient, alina: Learner) -> str:
    """The id of a record with a picture."""
    place, known = f"/wallet/{alina.id}/portfolio/records", new_id()
    typed = {"id": known, "kind": "work", "section": "project", "title": "Модель моста", "story": "Из бумаги."}
    assert browser.post(place, data=typed).status_code == 303
    out = BytesIO()
    Image.new("RGB", (30, 20), "navy").save(out, "PNG")
    assert (
        browser.post(f"{place}/{known}/files", files={"file": ("Канарейка-7319.png", out.getvalue())}).status_code
        == 303
    )
    return known


def filled(desk: Desk, alina: Learner) -> str:
    """A page with a badge, its outcomes, a work and words."""
    desk.award(alina)
    page, browser = begin(desk, alina), desk.browser(themself(alina))
    for block in (
        {"kind": "words", "text": "Люблю строить."},
        {"kind": "badge", "entry": desk.entries(alina)[0].id},
        {"kind": "outcomes"},
        {"kind": "record", "record": declare(browser, alina)},
    ):
        assert browser.post(page, data=block).status_code == 303
    return page


def agree(desk: Desk, alina: Learner) -> None:
    answer = desk.family(alina).post(f"/wallet/{alina.id}/consents", data={"text_hash": DIGEST, "agree": "yes"})
    assert answer.status_code == 303, answer.text


def link(desk: Desk, alina: Learner, page: str) -> tuple[str, str]:
    """The address that a stranger opens, and the page of the link."""
    made = desk.browser(themself(alina)).post(f"{page}/share", data={"id": new_id(), **LINK})
    assert made.status_code == 303, made.text
    share = str(made.headers["location"])
    return f"/v/{desk.wallet.links.token(share.rpartition('/')[2])}", share


def test_a_page_is_read_in_its_order_and_by_nobody_else(desk: Desk) -> None:
    alina, other = desk.enrol(teenager()), desk.enrol(teenager())
    page = filled(desk, alina)
    for path in (page, f"{page}/preview"):
        shown = desk.family(alina).get(path).text
        found = [shown.index(said) for said in ("Люблю строить.", "Исследовательский проект", "ИП.1", "Модель моста")]
        assert found == sorted(found)
        assert "со слов ученика" in shown
        for browser, refused in ((desk.browser(), 401), (desk.family(other), 404), (desk.browser(teacher(alina)), 403)):
            assert browser.get(path).status_code == refused


def test_without_a_consent_of_its_own_no_page_is_shown(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page, browser = filled(desk, alina), desk.browser(themself(alina))
    assert "нужно отдельное согласие" in browser.post(f"{page}/share", data={"id": new_id(), **LINK}).text
    badges = current_text(Purpose.SHARING).digest
    desk.family(alina).post(f"/wallet/{alina.id}/consents", data={"text_hash": badges, "agree": "yes"})
    assert "нужно отдельное согласие" in browser.post(f"{page}/share", data={"id": new_id(), **LINK}).text
    agree(desk, alina)
    link(desk, alina, page)


def test_a_stranger_reads_the_page_and_never_whose_it_is(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page = filled(desk, alina)
    agree(desk, alina)
    address, _ = link(desk, alina, page)
    stranger = desk.browser()
    shown = stranger.get(address)
    for said in ("Инженерное портфолио", "Люблю строить.", "Подлинный", "ИП.1", "Модель моста", "никто не подписывал"):
        assert said in shown.text, said
    for personal in (alina.family_name, alina.given_name, alina.number, alina.id):
        assert personal not in shown.text, "not even by the name of a file"
    assert "noindex" in shown.headers["x-robots-tag"]
    (picture,) = re.findall(rf'src="({address}/works/[0-9a-f]+)"', shown.text)
    answer = stranger.get(picture)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    assert stranger.get(f"{address}/works/{new_id()}").status_code == 404
    assert stranger.get(f"{address}/1.json").content == bytes(desk.entries(alina)[0].document)


def test_the_page_on_paper_stands_in_its_order_and_says_what_nobody_has_signed(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page = filled(desk, alina)
    agree(desk, alina)
    address, _ = link(desk, alina, page)
    assert f'href="{address}/page.pdf"' in desk.browser().get(address).text
    answer = desk.browser().get(f"{address}/page.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    properties = PdfReader(BytesIO(answer.content)).metadata
    assert properties is not None
    assert properties.title == "Портфолио", "not what the owner calls it"
    text = text_of(answer.content)
    in_order = (
        "Инженерное портфолио",
        "никто не подписывал",
        "Люблю строить.",
        "Подлинный",
        "SHA-256",
        "Что показали эти значки",
        "Модель моста",
        "со слов ученика",
        "Из бумаги.",
    )
    places = [text.rindex(said) for said in in_order]
    assert places == sorted(places)
    assert text.count("продвинутый") >= 2, "at the badge and among what all badges show"
    for personal in (alina.family_name, alina.given_name, alina.number):
        assert personal not in text


def test_a_page_of_words_alone_can_be_printed(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page = begin(desk, alina)
    assert (
        desk.browser(themself(alina)).post(page, data={"kind": "words", "text": "Строю.\n\nЛетаю."}).status_code == 303
    )
    agree(desk, alina)
    address, _ = link(desk, alina, page)
    text = text_of(desk.browser().get(f"{address}/page.pdf").content)
    assert "Строю." in text
    assert "Летаю." in text
    assert "Подлинных" not in text


def test_a_poem_of_many_short_lines_is_printed_to_its_end(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page = begin(desk, alina)
    lines = [f"{number}," for number in range(100)]  # few letters, and more than a sheet is high
    assert desk.browser(themself(alina)).post(page, data={"kind": "words", "text": "\n".join(lines)}).status_code == 303
    agree(desk, alina)
    address, _ = link(desk, alina, page)
    paper = PdfReader(BytesIO(desk.browser().get(f"{address}/page.pdf").content))
    assert len(paper.pages) > 2
    assert "99," in text_of(desk.browser().get(f"{address}/page.pdf").content)


def test_only_what_stands_on_the_page_is_given_out(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page, browser = filled(desk, alina), desk.browser(themself(alina))
    hidden = declare(browser, alina)
    agree(desk, alina)
    address, _ = link(desk, alina, page)
    record = browser.get(f"/wallet/{alina.id}/portfolio/records/{hidden}").text
    file = re.findall(r"/files/([0-9a-f]{32})\"", record)[0]
    assert desk.browser().get(f"{address}/works/{file}").status_code == 404
    assert browser.get(f"{page}/works/{file}").status_code == 404


def test_a_page_that_is_shown_stays_as_it_is_until_the_link_ends(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page, browser = filled(desk, alina), desk.browser(themself(alina))
    agree(desk, alina)
    address, share = link(desk, alina, page)
    for path, data in (
        (page, {"kind": "words", "text": "Позже"}),
        (f"{page}/title", {"title": "Другое"}),
        (f"{page}/remove", {"sure": "yes"}),
    ):
        assert browser.post(path, data=data).status_code == 409, path
    assert "видят по ссылке" in browser.get(f"/wallet/{alina.id}/portfolio/pages").text
    assert browser.post(f"{share}/withdraw").status_code == 303
    assert desk.browser().get(address).status_code == 404
    assert browser.post(page, data={"kind": "words", "text": "Позже"}).status_code == 303
    assert browser.post(f"{page}/remove", data={"sure": "yes"}).status_code == 303
    assert browser.get(page).status_code == 404
    assert browser.get(share).status_code == 200


def test_withdrawing_the_consent_ends_its_links_and_no_others(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page, family = filled(desk, alina), desk.family(alina)
    agree(desk, alina)
    sharing = current_text(Purpose.SHARING).digest
    family.post(f"/wallet/{alina.id}/consents", data={"text_hash": sharing, "agree": "yes"})
    badges = {"id": new_id(), "badge": desk.entries(alina)[0].id, "act": "make", **LINK}
    plain = str(family.post(f"/wallet/{alina.id}/shares", data=badges).headers["location"])
    address, _ = link(desk, alina, page)
    consent = family.get(f"/wallet/{alina.id}/consents?purpose=portfolio").text
    withdraw = re.findall(rf"/wallet/{alina.id}/consents/[0-9a-f]+/withdraw", consent)[0]
    assert family.post(withdraw).status_code == 303
    assert desk.browser().get(address).status_code == 404
    token = desk.wallet.links.token(plain.rpartition("/")[2])
    assert desk.browser().get(f"/v/{token}").status_code == 200
    history = family.get(f"/wallet/{alina.id}/history").text
    assert "Отозвано согласие: Согласие на показ страниц портфолио" in history


def test_an_empty_page_is_not_shown_and_a_page_needs_no_badge(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page, browser = begin(desk, alina), desk.browser(themself(alina))
    agree(desk, alina)
    assert browser.post(f"{page}/share", data={"id": new_id(), **LINK}).status_code == 400
    browser.post(page, data={"kind": "words", "text": "Только слова"})
    address, _ = link(desk, alina, page)
    assert "Только слова" in desk.browser().get(address).text
    assert browser.post(f"{page}/share", data={"id": new_id(), **LINK, "audience": ""}).status_code == 400


def test_a_revoked_badge_is_told_and_shows_no_outcomes(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page = filled(desk, alina)
    agree(desk, alina)
    address, _ = link(desk, alina, page)
    desk.ugu.revoke(bytes(desk.entries(alina)[0].document))
    shown = desk.browser().get(address).text
    assert "Недействителен" in shown
    assert "Показанных результатов пока нет" in shown


def test_what_is_wrong_is_told(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page, browser = begin(desk, alina), desk.browser(themself(alina))
    assert browser.post(f"/wallet/{alina.id}/portfolio/pages", data={"title": " "}).status_code == 400
    assert "Напишите текст" in browser.post(page, data={"kind": "words", "text": " "}).text
    assert "Напишите название" in browser.post(f"{page}/title", data={"title": ""}).text
    assert browser.post(page, data={"kind": "nothing"}).status_code == 400
    assert browser.post(page, data={"kind": "badge", "entry": "none"}).status_code == 404
    assert browser.post(f"{page}/blocks/none", data={"act": "up"}).status_code == 404
    assert browser.post(f"{page}/blocks/none", data={"act": "fly"}).status_code == 400


def test_pages_and_blocks_are_not_without_end(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    alina, other, known = teenager(), teenager(), new_id()
    by = themself(alina)
    with unit_of_work(engine) as session:
        page = composing.begin(session, alina, by, " Моя  страница ", NOW, id=known)
        assert composing.begin(session, alina, by, "Ещё раз", NOW, id=known).title == "Моя страница"
        with pytest.raises(Conflict):
            composing.begin(session, other, by, "Чужая", NOW, id=known)
        with pytest.raises(NotFound):
            composing.find(session, other.id, known)
        with pytest.raises(NotFound):
            composing.add_badge(session, page, entry(session, other).id, NOW)
        with pytest.raises(NoTitle):
            composing.begin(session, alina, by, " ", NOW, id=new_id())
        with pytest.raises(NoText):
            composing.add_words(session, page, "я" * 4001, NOW)
        monkeypatch.setattr(composing, "PAGES_MAX", 1)
        monkeypatch.setattr(composing, "BLOCKS_MAX", 1)
        with pytest.raises(PortfolioFull):
            composing.begin(session, alina, by, "Вторая", NOW, id=new_id())
        composing.add_words(session, page, "Слова", NOW)
        with pytest.raises(PageFull):
            composing.add_outcomes(session, page, NOW)


ACTS = st.lists(st.tuples(st.sampled_from(["add", "up", "down", "remove"]), st.integers(0, 9)), max_size=25)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(acts=ACTS)
def test_blocks_stand_as_a_list_would(acts: list[tuple[str, int]], sqlite: Engine) -> None:
    """Over any acts the order is that of a plain list on which the same was done."""
    alina = teenager()
    with unit_of_work(sqlite) as session:
        page = composing.begin(session, alina, guardian(alina), "Страница", NOW, id=new_id())
        wanted: list[str] = []
        for number, (act, chosen) in enumerate(acts):
            rows = composing.blocks(session, page.id)
            if act == "add":
                composing.add_words(session, page, f"Слова {number}", NOW)
                wanted.append(f"Слова {number}")
            elif rows:
                here = chosen % len(rows)
                if act == "remove":
                    composing.take_out(session, page, rows[here].id, NOW)
                    wanted.pop(here)
                else:
                    composing.move(session, page, rows[here].id, Way(act), NOW)
                    there = here + (1 if act == "down" else -1)
                    if 0 <= there < len(wanted):
                        wanted[here], wanted[there] = wanted[there], wanted[here]
            assert [row.text for row in composing.blocks(session, page.id)] == wanted


def test_what_is_removed_elsewhere_leaves_the_page(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page, browser = filled(desk, alina), desk.browser(themself(alina))
    with unit_of_work(desk.engine) as session:
        record = next(
            block.record for block in composing.blocks(session, page.rpartition("/")[2]) if block.record is not None
        )
    browser.post(f"/wallet/{alina.id}/portfolio/records/{record}/remove", data={"sure": "yes"})
    shown = browser.get(page).text
    assert "Модель моста" not in shown
    assert "Люблю строить." in shown
