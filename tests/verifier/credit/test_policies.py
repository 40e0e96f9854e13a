"""A school's policy: what a form of it may say, which edition holds on which day, what changes; its pages over HTTP."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from tests.campus import PROJECT
from tests.verifier.credit.office import Office, fields_of
from tests.verifier.credit.world import START, ZONE, World
from verifier.credit import documents, policy, rules
from verifier.credit.events import Event
from verifier.credit.policies import editions, form
from verifier.credit.policies.editions import Edition, LocalAct, Standing
from verifier.credit.policies.form import Unclear
from verifier.credit.policies.settings import EVERY, NUMBERS, Setting, changes
from verifier.credit.policy import Conversion, SchoolPolicy

TODAY = date(2026, 11, 9)
PATH = "/credit/policy/s1"
NEW = f"{PATH}/new"
ACT = {"act_title": "Положение о зачёте результатов", "act_number": "47", "act_day": "2026-11-09"}
KNOWN = frozenset({2031})


def filled(**changes: str) -> dict[str, str]:
    """The form as it is proposed, with the act named."""
    return {**form.proposed(Edition(), frozenset(), TODAY), **ACT, **changes}


# ── The form, pure ───────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_proposed_is_what_holds_until_something_is_changed() -> None:
    wanted = form.read(filled(), frozenset(), TODAY)
    assert wanted.policy == SchoolPolicy()
    assert wanted.valid_from == TODAY + timedelta(days=1)
    assert wanted.act.words.replace("\N{NO-BREAK SPACE}", " ") == "Положение о зачёте результатов, № 47 от 09.11.2026"


def test_every_setting_of_a_policy_can_be_told_and_asked_for() -> None:
    asked = {one.name for one in EVERY}
    assert asked == set(SchoolPolicy().to_json())
    own = SchoolPolicy(
        partial_allowed=False,
        learner_confirms=True,
        six_day_week=True,
        last_application_day=date(2027, 4, 20),
        final_grades=("9", "2 курс"),
        calendar_years=(2031,),
        conversions=(Conversion(0, 10, ((9, "5"), (5, "3"))), Conversion(2, 5, ((4, "4"),))),
        **{one.name: another(one) for one in EVERY if one.kind in NUMBERS},
    )
    typed = {**form.proposed(Edition(version=1, policy=own), KNOWN, TODAY), **ACT}
    assert form.read(typed, KNOWN, TODAY).policy == own
    assert {one.setting.name for one in changes(SchoolPolicy(), own)} == asked


def another(one: Setting) -> int:
    """A number within the limits that is not the one of the network."""
    return one.least if getattr(SchoolPolicy(), one.name) != one.least else one.most


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"act_title": " "}, "act_title", "field-missing"),
        ({"act_title": "ы" * 301}, "act_title", "blank-too-long"),
        ({"act_number": ""}, "act_number", "field-missing"),
        ({"act_day": ""}, "act_day", "field-missing"),
        ({"act_day": "вчера"}, "act_day", "field-unclear"),
        ({"act_day": "2026-11-10"}, "act_day", "act-ahead"),
        ({"valid_from": ""}, "valid_from", "field-missing"),
        ({"valid_from": "2026-11-09"}, "valid_from", "policy-backdated"),
        ({"decide_days": "0"}, "decide_days", "number-outside"),
        ({"decide_days": "61"}, "decide_days", "number-outside"),
        ({"decide_days": "десять"}, "decide_days", "number-outside"),
        ({"decide_days": "-5"}, "decide_days", "number-outside"),
        ({"decide_days": "9" * 5000}, "decide_days", "field-unclear"),
        ({"quorum": "1"}, "quorum", "number-outside"),
        ({"notice_days": "4"}, "notice_days", "number-outside"),
        ({"threshold_percent": ""}, "threshold_percent", "number-outside"),
        ({"last_application_day": "2026-11-09"}, "last_application_day", "last-day-passed"),
        ({"last_application_day": "2027-04-20", "final_grades": " , "}, "final_grades", "grades-missing"),
        ({"final_grades": "9, " + "1" * 33}, "final_grades", "blank-too-long"),
        ({"calendar_years": "скоро"}, "calendar_years", "years-unclear"),
        ({"calendar_years": "2031, 1999"}, "calendar_years", "years-unclear"),
        ({"calendar_years": "2032"}, "calendar_years", "year-kept"),
        ({"scale-0-minimum": ""}, "scale-0-minimum", "scale-unclear"),
        ({"scale-0-maximum": "0"}, "scale-0-minimum", "scale-unclear"),
        ({"scale-0-4": "90"}, "scale-0-5", "steps-unclear"),
        ({"scale-0-5": "101"}, "scale-0-5", "steps-unclear"),
        ({"scale-0-5": "", "scale-0-4": "", "scale-0-3": ""}, "scale-0-5", "steps-unclear"),
        ({"scale-2-minimum": "2", "scale-2-maximum": "5", "scale-2-5": "5"}, "scale-2-minimum", "scale-twice"),
    ],
)
def test_what_cannot_be_adopted(wrong: Mapping[str, str], field: str, code: str) -> None:
    with pytest.raises(Unclear) as found:
        form.read({**filled(calendar_years="2031"), **wrong}, KNOWN, TODAY)
    assert {name: one.code for name, one in found.value.faults.items()} == {field: code}


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(Unclear) as found:
        form.read({}, frozenset(), TODAY)
    assert {"act_title", "act_number", "act_day", "valid_from", "quorum", "decide_days"} <= found.value.faults.keys()


def test_a_scale_whose_fields_are_cleared_is_gone_and_there_is_room_for_a_new_one() -> None:
    cleared = filled(**{f"scale-0-{part}": "" for part in form.SCALE})
    assert form.read(cleared, frozenset(), TODAY).policy.conversions == SchoolPolicy().conversions[1:]
    assert form.rows_of(filled()) == 3
    assert form.rows_of({f"scale-{number}-5": "1" for number in range(99)}) == form.MOST_SCALES


def test_what_differs_from_the_network_is_told_as_far_as_it_can_be_read() -> None:
    def names(**typed: str) -> list[str]:
        return [one.setting.name for one in form.differing(filled(**typed))]

    assert names() == []
    assert names(decide_days="15", six_day_week="yes") == ["decide_days", "six_day_week"]
    assert names(decide_days="много", quorum="3") == ["quorum"]
    assert names(**{f"scale-0-{part}": "" for part in form.SCALE}) == ["conversions"]
    assert names(**{"scale-0-5": "5000", "last_application_day": "2027-04-20"}) == ["last_application_day"]
    assert names(calendar_years="2031") == ["calendar_years"]


# ── Editions ─────────────────────────────────────────────────────────────────────────────────────────────────────


def edition(version: int, begins: date) -> Edition:
    return Edition(version=version, valid_from=begins)


def test_the_edition_adopted_last_of_those_that_have_begun_holds() -> None:
    later, sooner = edition(1, date(2027, 9, 1)), edition(2, date(2027, 1, 11))
    found = [sooner, later]
    assert editions.holding(found, date(2027, 1, 10)) == Edition()
    assert editions.holding(found, date(2027, 1, 11)) == sooner
    assert editions.holding(found, date(2028, 1, 1)) == sooner
    assert editions.standing(found, later, TODAY) is Standing.NEVER
    assert editions.standing(found, sooner, TODAY) is Standing.AHEAD
    third = edition(3, date(2027, 9, 1))
    assert [editions.standing([third, *found], one, date(2027, 9, 1)) for one in (third, sooner)] == [
        Standing.NOW,
        Standing.PAST,
    ]


def test_a_calendar_year_that_is_entered_holds_for_cases_that_have_begun(world: World) -> None:
    world.drafted(world.badge())
    with world.session() as session:
        begun = policy.policy_of(session, "s1", TODAY)
        assert 2031 not in policy.working_days(session, "s1", begun, ZONE).entered
        entered, tomorrow = SchoolPolicy(calendar_years=(2031,)), TODAY + timedelta(days=1)
        editions.adopt(session, "s1", entered, tomorrow, act=LocalAct(), by="deputy", now=START)
        assert policy.policy_of(session, "s1", TODAY) == begun
        assert policy.working_days(session, "s1", begun, ZONE).is_working(date(2031, 3, 3))


def test_rules_that_the_school_s_act_sets_are_told_by_its_name(world: World) -> None:
    act = LocalAct(title="Положение", number="47", day=TODAY)
    with world.session() as session:
        editions.adopt(session, "s1", SchoolPolicy(), date(2026, 12, 1), act=act, by="deputy", now=START)
        own = rules.rules_of(session, "s1")
    assert rules.rule_of("R11", date(2026, 11, 30), own).basis == rules.LOCAL_ACT
    assert rules.rule_of("R11", date(2026, 12, 1), own).basis == act.words
    assert rules.rule_of("R7", date(2026, 12, 1), own).basis == rules.ORDER
    assert rules.rules_in_force(date(2026, 12, 1), own)["R13"].basis == act.words


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────────────


def adopted(office: Office, who: str = "deputy", **changes: str) -> None:
    """The whole way: the form, what changes, adopted."""
    typed = {**fields_of(office.get(who, NEW).text, NEW), **ACT, **changes}
    shown = office.post(who, NEW, {**typed, "act": "show"})
    assert shown.status_code == 200, shown.text
    done = office.post(who, NEW, {**fields_of(shown.text, NEW), "act": "adopt"})
    assert (done.status_code, done.headers.get("location")) == (303, PATH), done.text


def text_of(answer: object) -> str:
    return str(getattr(answer, "text", "")).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("who", ["deputy", "director"])
def test_an_edition_is_seen_before_it_is_adopted_and_stays(world: World, who: str) -> None:
    office = Office(world)
    assert "Своих правил школа ещё не приняла" in office.get(who, PATH).text
    typed = {**fields_of(office.get(who, NEW).text, NEW), **ACT, "decide_days": "15", "six_day_week": "yes"}
    shown = text_of(office.post(who, NEW, {**typed, "act": "show"}))
    for told in (
        "Принять решение",
        "10 рабочих дней",
        "15 рабочих дней",
        "Школа учится шесть дней",
        "№ 47 от 09.11.2026",
    ):
        assert told in shown, told
    assert "Подать возражение" not in shown
    with world.session() as session:
        assert editions.editions_of(session, "s1") == []
    adopted(office, who, decide_days="15", six_day_week="yes")
    page = text_of(office.get("secretary", PATH))
    for told in ("Редакция № 1, с 10.11.2026", "ещё не действует", world_name(who), "15 рабочих дней"):
        assert told in page, told
    assert office.journal == [("credit.policy", who, "s1/1")]
    world.later(days=1)
    now = text_of(office.get(who, PATH))
    assert "Редакция № 1, действует с 10.11.2026." in now
    public = text_of(office.get("", "/credit/rules/s1"))
    assert "Положение о зачёте результатов, № 47 от 09.11.2026" in public
    assert world_name(who) not in public


def world_name(who: str) -> str:
    return {"deputy": "Рябинин Константин Сергеевич", "director": "Северцева Галина Михайловна"}[who]


def test_what_was_typed_stays_when_something_is_wrong_and_when_one_goes_back(world: World) -> None:
    office = Office(world)
    wrong = filled(decide_days="много", quorum="1", act_title="Положение «О зачёте»", **{"scale-2-5": "9"})
    answer = office.post("deputy", NEW, {**wrong, "act": "adopt"})
    assert answer.status_code == 422
    for told in ("Принять решение", "целое число от 1 до 60", "целое число от 2 до 50", "наименьшее первым"):
        assert told in answer.text, told
    kept = fields_of(answer.text, NEW)
    assert {name: kept[name] for name in ("decide_days", "quorum", "act_title", "scale-2-5")} == {
        "decide_days": ["много"],
        "quorum": ["1"],
        "act_title": ["Положение «О зачёте»"],
        "scale-2-5": ["9"],
    }
    shown = office.post("deputy", NEW, {**filled(decide_days="12"), "partial_allowed": "", "act": "show"})
    back = office.post("deputy", NEW, {**fields_of(shown.text, NEW), "act": "edit"})
    assert back.status_code == 200
    kept = fields_of(back.text, NEW)
    assert (kept["decide_days"], kept["act_number"], "partial_allowed" in kept) == (["12"], ["47"], False)
    with world.session() as session:
        assert editions.editions_of(session, "s1") == []


def groups_of(page: str) -> list[bool]:
    """Whether each group of the form stands open."""
    return [" open" in found for found in re.findall(r'<details class="more"( open)?>', page)]


def test_a_group_opens_where_something_in_it_is_wrong(world: World) -> None:
    office = Office(world)
    shown = office.get("deputy", NEW).text
    assert groups_of(shown) == [False] * 4
    assert shown.count("Всё так, как предлагает сеть.") == 4
    wrong = office.post("deputy", NEW, {**filled(quorum="1", **{"scale-0-5": "9"}), "act": "show"}).text
    assert groups_of(wrong) == [False, True, False, True]
    for name in ("quorum", "scale-0-5"):
        assert f'href="#field-{name}"' in wrong
        assert f'id="field-{name}"' in wrong
    own = text_of(office.post("deputy", NEW, {**filled(decide_days="15", six_day_week="yes"), "act": "edit"}))
    assert "Принять решение: 15 рабочих дней" in own
    assert "Школа учится шесть дней в неделю: да" in own
    assert groups_of(own) == [False] * 4


def test_an_edition_that_somebody_else_has_adopted_meanwhile_is_shown_first(world: World) -> None:
    office = Office(world)
    shown = office.post("deputy", NEW, {**filled(decide_days="12"), "seen": "0", "act": "show"})
    adopted(office, "director", decide_days="20")
    late = office.post("deputy", NEW, {**fields_of(shown.text, NEW), "act": "adopt"})
    assert late.status_code == 409
    assert "приняты другие правила" in late.text
    assert "20 рабочих дней" in text_of(late)
    assert "в силу не вступит" in late.text
    done = office.post("deputy", NEW, {**fields_of(late.text, NEW), "act": "adopt"})
    assert done.status_code == 303
    again = office.post("deputy", NEW, {**filled(decide_days="12"), "seen": "2", "act": "show"})
    assert (again.status_code, "принимать нечего" in again.text) == (422, True)


def test_a_case_keeps_the_policy_under_which_it_was_handed_in(world: World) -> None:
    office, case = Office(world), world.drafted(world.badge())
    later = world.drafted(world.badge(), item=_other(world))
    world.act("guardian", case, Event.SUBMIT)
    adopted(office, decide_days="2")
    world.later(days=1)
    world.act("secretary", case, Event.REGISTER)
    world.act("guardian", later, Event.SUBMIT)
    world.act("secretary", later, Event.REGISTER)
    assert world.read(case).deadline == date(2026, 11, 24)
    assert world.read(later).deadline == date(2026, 11, 12)


def _other(world: World) -> str:
    with world.session() as session:
        return world.planned(session, code="P9")


@pytest.mark.parametrize("who", ["guardian", "l1", "tutor", "teacher", "chair", "foreign:deputy", "secretary"])
def test_only_the_deputy_and_the_director_adopt(world: World, who: str) -> None:
    office = Office(world)
    answers = (office.get(who, NEW), office.post(who, NEW, {**filled(), "seen": "0", "act": "adopt"}))
    reading = office.get(who, PATH).status_code

    assert {one.status_code for one in answers} <= {403, 404}
    assert (reading == 200) is (who == "secretary")
    with world.session() as session:
        assert editions.editions_of(session, "s1") == []


def test_the_pages_speak_english(world: World) -> None:
    office = Office(world)
    adopted(office, decide_days="15")
    page = office.get("deputy", PATH, language="en").text
    assert "10 working days" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Edition No" in page
    empty = office.client.post(NEW, params={"language": "en"}, headers={"x-who": "deputy"}, data={"act": "show"})
    assert "Write a whole number from 1 to 60 in the field “Decide”." in empty.text


# ── What governs a case ──────────────────────────────────────────────────────────────────────────────────────────

FIRST, SECOND = "Первое положение, № 1 от 09.11.2026", "Второе положение, № 2 от 10.11.2026"


def test_a_case_quotes_the_act_of_the_day_on_which_it_was_handed_in(world: World) -> None:
    office, case = Office(world), world.drafted(world.badge(outcomes=PROJECT[:1]))
    adopted(office, act_title="Первое положение", act_number="1", valid_from="2026-11-10")
    world.later(days=1)
    world.act("guardian", case, Event.SUBMIT)
    adopted(office, act_title="Второе положение", act_number="2", act_day="2026-11-10", valid_from="2026-11-11")
    world.later(days=1)
    later = world.drafted(world.badge(), item=_other(world))
    world.act("guardian", later, Event.SUBMIT)
    pages = [text_of(office.get("guardian", path)) for path in (f"/credit/cases/{case}", f"/credit/cases/{later}")]
    assert [(FIRST in page, SECOND in page) for page in pages] == [(True, False), (False, True)]
    assert "/credit/rules/s1?on=2026-11-10" in pages[0]
    desk = text_of(office.get("secretary", "/credit"))
    assert FIRST in desk
    assert SECOND in desk


def test_refusals_and_papers_of_a_case_quote_the_act_that_governs_it(world: World) -> None:
    office, case = Office(world), world.drafted(world.badge(outcomes=PROJECT[:1]))
    adopted(office, act_title="Первое положение", act_number="1", valid_from="2026-11-10")
    world.later(days=1)
    world.to_commission(case)
    adopted(office, act_title="Второе положение", act_number="2", act_day="2026-11-10", valid_from="2026-11-11")
    world.later(days=1)
    world.vote(case, "refuse")
    broken = text_of(office.press("deputy", case, "conclude", extent="full", reason="Так решили."))
    assert FIRST in broken
    assert SECOND not in broken
    world.act("deputy", case, Event.CONCLUDE, extent="refuse", reason="Защиты не было.")
    world.sign(case, refused=True)
    with world.session() as session:
        made = documents.documents_of(session, case)
        bases = {one.kind: "; ".join(documents.read(one)["basis"]).replace("\N{NO-BREAK SPACE}", " ") for one in made}
    assert {"application", "receipt", "protocol", "refusal"} <= {
        kind for kind, basis in bases.items() if FIRST in basis
    }
    assert [kind for kind, basis in bases.items() if SECOND in basis] == []


def test_the_rules_of_a_day_before_are_shown_as_such(world: World) -> None:
    office = Office(world)
    adopted(office, decide_days="15")
    world.later(days=1)
    path = "/credit/rules/s1"
    now, before = text_of(office.get("", path)), text_of(office.get("", path, on="2026-11-09"))
    assert "№ 47 от 09.11.2026" in now
    assert "Такими правила были" not in now
    assert "№ 47 от 09.11.2026" not in before
    assert "Такими правила были 09.11.2026" in before
    assert text_of(office.get("", path, on="2027-01-01")) == now
