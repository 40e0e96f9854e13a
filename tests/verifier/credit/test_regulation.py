"""A school's local act on paper: every setting of its policy is in it, the law is that of the register, people adopt it."""

import re
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.service.printing.paper import letters_of, marks_of, text_of
from tests.verifier.credit.office import Office, fields_of
from tests.verifier.credit.test_policies import NEW, PATH, TODAY, adopted, filled
from tests.verifier.credit.world import START, World
from verifier.credit import blanks, letterheads, rules
from verifier.credit.blanks import NETWORK_BLANKS, Blank
from verifier.credit.errors import PlaceUnknown
from verifier.credit.papers import DocumentKind
from verifier.credit.policies import editions, paper, regulation
from verifier.credit.policies.editions import Edition, LocalAct
from verifier.credit.policies.regulation import CLOSING, ITEM, OPENING, TEXT, chapters_of
from verifier.credit.policies.settings import EVERY, NUMBERS
from verifier.credit.policy import Conversion, SchoolPolicy
from verifier.credit.rules import NETWORK_RULES, LegalRule, rules_in_force

LAW = rules_in_force(TODAY)
NOTHING_OWN: dict[str, tuple[str, ...]] = {OPENING: (), ITEM: (), CLOSING: ()}
BLANK = "/credit/office/s1/regulation"
GRADES = st.lists(st.sampled_from(["9", "11", "2 курс"]), min_size=1, unique=True).map(tuple)
YEARS = st.lists(st.integers(2027, 2040), unique=True, max_size=3).map(sorted).map(tuple)
SCALES = st.sampled_from(
    [(), SchoolPolicy().conversions, (Conversion(0, 10, ((9, "5"), (5, "3"))),), (Conversion(2, 5, ((4, "4"),)),)]
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **{one.name: st.integers(one.least, one.most) for one in EVERY if one.kind in NUMBERS},
    **{name: st.booleans() for name in ("partial_allowed", "learner_confirms", "six_day_week")},
    "last_application_day": st.none() | st.dates(date(2027, 1, 1), date(2030, 1, 1)),
    "final_grades": GRADES,
    "calendar_years": YEARS,
    "conversions": SCALES,
}


def said(policy: SchoolPolicy, own: dict[str, tuple[str, ...]] | None = None) -> str:
    """The whole text of the act."""
    chapters = chapters_of(Edition(policy=policy), LAW, own or NOTHING_OWN)
    cells = (cell for one in chapters for row in one.rows for cell in row)
    return "\n".join([*(point for one in chapters for point in one.points), *cells]).replace("\N{NO-BREAK SPACE}", " ")


def test_every_setting_has_values_to_be_drawn() -> None:
    assert VALUES.keys() == {one.name for one in EVERY} == {one.name for one in fields(SchoolPolicy)}


@given(st.fixed_dictionaries(VALUES), st.sampled_from(sorted(VALUES)), st.data())
def test_whichever_setting_is_changed_the_act_says_something_else(
    settings: dict[str, Any], name: str, data: st.DataObject
) -> None:
    if name == "threshold_percent":  # a share that opens the way to a part says nothing where no part is credited
        settings = {**settings, "partial_allowed": True}
    before = SchoolPolicy(**settings)
    other = data.draw(VALUES[name].filter(lambda value: value != settings[name]))
    assert said(before) != said(replace(before, **{name: other}))


@given(st.fixed_dictionaries(VALUES))
def test_every_number_stands_in_the_act_and_no_place_is_left_open(settings: dict[str, Any]) -> None:
    text = said(SchoolPolicy(**settings))
    for one in EVERY:
        if one.kind in NUMBERS and (one.name != "threshold_percent" or settings["partial_allowed"]):
            assert re.search(rf"(?<!\d){settings[one.name]} ", text), one.name
    assert not re.search(r"[{}\[\]]|  | \.|\.\.", text)


def test_the_text_names_every_place_that_is_filled_and_no_other() -> None:
    places = set(re.findall(r"\{([^}]+)\}", TEXT))
    filled_in = regulation._said(Edition()).keys() | {"правовые основания"}  # noqa: SLF001 - the closed list of places
    assert places - {rule.rule for rule in NETWORK_RULES} == filled_in
    assert [line for line in TEXT.splitlines() if line.startswith("[")] == [OPENING, regulation.TABLE, ITEM, CLOSING]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"decide_days": 21}, "Решение принимают в течение 21 рабочего дня со дня регистрации заявления."),
        ({"decide_days": 11}, "Решение принимают в течение 11 рабочих дней со дня регистрации заявления."),
        ({"assessment_notice_days": 1}, "не позднее чем за 1 рабочий день."),
        ({"assessment_notice_days": 3}, "не позднее чем за 3 рабочих дня."),
        ({"quorum": 21}, "проголосовало не менее 21 её члена и при этом более половины её состава."),
        ({"partial_allowed": False}, "отдельные разделы не засчитывают."),
        ({"conversions": ()}, "отметку выбирает комиссия."),
        ({"last_application_day": date(2027, 4, 20)}, "принимают по 20 апреля 2027 г. включительно."),
        ({"final_grades": ()}, "Подготовить черновик заявления"),
    ],
)
def test_the_act_is_good_russian(settings: dict[str, Any], sentence: str) -> None:
    assert sentence in said(replace(SchoolPolicy(), **settings))


def test_the_law_is_that_of_the_register_and_the_act_never_cites_itself() -> None:
    own = LegalRule(rule="R11", text="", basis="Устав школы", point="пункт 7.2")
    [general, *others] = chapters_of(Edition(), rules_in_force(TODAY, (own,)), NOTHING_OWN)
    deciding = next(one for one in others if one.title == "Решение и уведомление")
    assert "Устав школы, пункт 7.2" in general.points[0]
    assert "который не показан (Устав школы, пункт 7.2)." in deciding.points[2]
    for law in (rules.LAW, rules.ORDER, rules.DISPUTES, rules.ARCHIVE):
        assert law in general.points[0]
    assert rules.LOCAL_ACT not in said(SchoolPolicy())


def test_the_school_s_own_words_stand_at_their_places() -> None:
    chapters = chapters_of(Edition(), LAW, {OPENING: ("Первое.",), ITEM: ("Особое.",), CLOSING: ("Последнее.",)})
    titles = [one.title for one in chapters]
    assert chapters[0].points[0] == "Первое."
    assert chapters[-1].points[-1] == "Последнее."
    assert chapters[titles.index("Особые условия школы")].points == ("Особое.",)
    assert "Особые условия школы" not in [one.title for one in chapters_of(Edition(), LAW, NOTHING_OWN)]


@pytest.mark.parametrize(
    ("title", "kind", "subject"),
    [
        ("", "Положение", "об осуществлении зачёта результатов"),
        ("Положение о зачёте результатов", "Положение", "о зачёте результатов"),
        ("порядок зачёта", "Порядок", "зачёта"),
        ("Положение", "", "Положение"),
        ("Локальный акт № 5", "", "Локальный акт № 5"),
    ],
)
def test_the_act_stands_under_its_own_name(world: World, title: str, kind: str, subject: str) -> None:
    with world.session() as session:
        sheet = paper.sheet(session, "s1", Edition(act=LocalAct(title=title)), on=TODAY)
    assert (sheet["kind"], sheet["subject"]) == (kind, subject)


# ── Doors ────────────────────────────────────────────────────────────────────────────────────────────────────────


def pdf_of(office: Office, version: int, who: str = "secretary") -> bytes:
    answer = office.get(who, f"{PATH}/editions/{version}/pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    return bytes(answer.content)


def test_what_the_network_proposes_is_a_draft_with_room_for_the_hand(world: World) -> None:
    office = Office(world)
    assert f"{PATH}/editions/0/pdf" in office.get("secretary", PATH).text
    pdf = pdf_of(office, 0)
    assert "pdfaid:part>2" in marks_of(pdf)
    assert all(letters_of(pdf).values())
    text = text_of(pdf)
    for piece in ("ПРОЕКТ", "УТВЕРЖДЕНО", "№ ______", "«___» ____________ 20___ г.", "ПОЛОЖЕНИЕ", "Организация s1"):
        assert piece in text, piece
    assert "11.1. Положение вступает в силу со дня, который назван в приказе" in text
    assert pdf_of(office, 0) == pdf


def test_an_adopted_edition_is_printed_under_its_act(world: World) -> None:
    office = Office(world)
    with world.session() as session:
        letterheads.enter(session, "s1", {"name": "Школа № 1", "short": "МБОУ СОШ № 1", "director": "Г. М. Северцева"})
    adopted(office, decide_days="15")
    for days in (0, 1):  # planned, then in force
        world.later(days=days)
        text = text_of(pdf_of(office, 1))
        assert "ПРОЕКТ" not in text
        for piece in (
            *("приказом МБОУ СОШ № 1 от 9 ноября 2026 г. № 47", "ПОЛОЖЕНИЕ о зачёте результатов"),
            *("в течение 15 рабочих дней со дня регистрации", "вступает в силу с 10 ноября 2026 г."),
            "по редакции № 1 правил зачёта. Подлинник — Положение о зачёте результатов, № 47 от 09.11.2026",
        ):
            assert piece in text, piece
    assert f"{PATH}/editions/1/pdf" in office.get("secretary", PATH).text
    assert "в течение 10 рабочих дней со дня регистрации" in text_of(pdf_of(office, 0))
    assert office.get("secretary", f"{PATH}/editions/2/pdf").status_code == 404


def test_an_edition_without_a_paper_stays_a_draft(world: World) -> None:
    office = Office(world)
    with world.session() as session:
        editions.adopt(session, "s1", SchoolPolicy(), TODAY, act=LocalAct(), by="deputy", now=START)
    assert "ПРОЕКТ" in text_of(pdf_of(office, 1))


def test_the_act_is_drafted_before_anybody_signs_it_and_nothing_is_kept(world: World) -> None:
    office = Office(world)
    assert 'formaction="/credit/policy/s1/new/pdf"' in office.get("deputy", NEW).text
    unnamed = {**filled(decide_days="13"), "act_number": "", "act_day": "", "act_title": ""}
    text = text_of(office.post("deputy", f"{NEW}/pdf", unnamed).content)
    for piece in ("ПРОЕКТ", "№ ______", "в течение 13 рабочих дней", "вступает в силу с 10 ноября 2026 г."):
        assert piece in text, piece
    shown = office.post("deputy", NEW, {**filled(decide_days="13"), "act": "show"})
    again = text_of(office.post("deputy", f"{NEW}/pdf", fields_of(shown.text, NEW)).content)
    assert "от 9 ноября 2026 г. № 47" in again
    with world.session() as session:
        assert editions.editions_of(session, "s1") == []
    assert office.journal == []


def test_what_is_wrong_is_told_before_anything_is_printed(world: World) -> None:
    office = Office(world)
    ahead = (TODAY + timedelta(days=1)).isoformat()
    wrong = {"decide_days": "много", "act_number": "7" * 65, "act_title": "", "act_day": ahead}
    answer = office.post("deputy", f"{NEW}/pdf", {**filled(), **wrong})
    assert answer.status_code == 422
    assert "целое число от 1 до 60" in answer.text
    kept = fields_of(answer.text, NEW)
    assert {name: kept[name] for name in wrong} == {name: [value] for name, value in wrong.items()}


@pytest.mark.parametrize("who", ["guardian", "l1", "tutor", "teacher", "chair", "foreign:deputy", "secretary"])
def test_the_office_prints_and_who_adopts_drafts(world: World, who: str) -> None:
    office = Office(world)
    reads = office.get(who, f"{PATH}/editions/0/pdf").status_code
    drafts = office.post(who, f"{NEW}/pdf", filled()).status_code
    assert (reads == 200) is (who == "secretary")
    assert {reads, drafts} <= {200, 403, 404}
    assert drafts != 200


def test_the_school_writes_its_own_words_into_the_act(world: World) -> None:
    office, own = Office(world), {"opening": "Слово {школа}.", "item": "Только у нас.", "closing": "Конец."}
    page = office.get("secretary", BLANK).text
    for told in ("Особые условия школы", "Каждая строка — пункт.", NETWORK_BLANKS[paper.KIND].opening[:30]):
        assert told in page, told
    assert "{ученик}" not in page
    preview = text_of(office.post("secretary", f"{BLANK}/preview", own).content)
    for piece in ("1.1. Слово Организация s1.", "11.1. Только у нас.", "12.3. Конец.", "ПРОЕКТ"):
        assert piece in preview, piece
    assert "Только у нас" not in text_of(pdf_of(office, 0))
    assert office.post("secretary", BLANK, {**own, "item": "{ученик}"}).status_code == 422
    assert office.post("secretary", BLANK, own).status_code == 303
    assert "11.1. Только у нас." in text_of(pdf_of(office, 0))


def test_an_adopted_act_keeps_the_words_that_it_was_adopted_with(world: World) -> None:
    office = Office(world)
    adopted(office)
    world.later(days=1)
    assert office.post("secretary", BLANK, {"item": "Только у нас."}).status_code == 303
    assert "Только у нас." not in text_of(pdf_of(office, 1))
    assert "Только у нас." in text_of(pdf_of(office, 0))


def test_an_act_about_nobody_names_no_learner(world: World) -> None:
    with world.session() as session, pytest.raises(PlaceUnknown):
        blanks.adopt(session, "s1", DocumentKind.REGULATION, Blank(item="{класс}"), by="deputy", now=world.now)


def test_signs_that_no_letter_shows_can_be_spelt(world: World) -> None:
    office = Office(world)
    with world.session() as session:
        letterheads.enter(session, "s1", {"name": "Школа 😀"})
    told = office.get("secretary", f"{PATH}/editions/0/pdf")
    assert (told.status_code, "U+1F600" in told.text) == (422, True)
    assert "[U+1F600]" in text_of(office.get("secretary", f"{PATH}/editions/0/pdf", spell="true").content)
