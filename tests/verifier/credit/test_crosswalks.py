"""Foreign wordings that sound alike: the deputy head sees them in a case, and they count once a person has recognised them."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.verifier.credit.office import Office
from tests.verifier.credit.world import World
from verifier.credit import plans
from verifier.credit.matching import Planned

PAPER = "Протокол методического совета № 4 от 12.11.2026"


@pytest.fixture
def office(sqlite: Engine, tmp_path: Path) -> Office:
    return Office(World(sqlite, tmp_path))


def compared(office: Office, wanted: str = "Результат НИР") -> str:
    """A case in comparison whose badge shows an outcome under a foreign code."""
    world = office.world
    with world.session() as session:
        outcomes = [Planned(code="ИП.9", name=wanted, url="https://s1.sever.example/outcomes/9", level=2)]
        item = world.planned(session, outcomes=outcomes)
    case = world.drafted(world.badge(outcomes=(("НИР.1", 3),)), item=item)
    steps = [("guardian", "submit"), ("secretary", "register"), ("deputy", "start-check"), ("deputy", "accept-check")]
    for who, event in steps:
        assert office.press(who, case, event).status_code == 303
    return case


def address(office: Office, case: str) -> str:
    """The foreign outcome's, as the page's form has it."""
    page = office.get("deputy", f"/credit/wordings/{case}").text
    return page.split('name="url" value="')[1].split('"')[0]


def test_what_sounds_alike_counts_once_the_deputy_has_recognised_it(office: Office) -> None:
    case = compared(office)
    assert "Похожая формулировка в значках: 1" in office.get("deputy", f"/credit/cases/{case}").text
    page = office.get("deputy", f"/credit/wordings/{case}").text
    assert "Результат НИР.1" in page
    assert "продвинутый" in page

    fields = {"url": address(office, case), "code": "ИП.9"}
    silent = office.post("deputy", f"/credit/wordings/{case}", fields)
    assert silent.status_code == 422
    assert "Назовите акт школы" in silent.text
    assert office.post("deputy", f"/credit/wordings/{case}", {**fields, "paper": PAPER}).status_code == 303

    after = office.get("deputy", f"/credit/cases/{case}").text
    assert "Показаны все обязательные результаты" in after
    assert "Похожая формулировка" not in after
    assert "Похожего не нашлось" in office.get("deputy", f"/credit/wordings/{case}").text
    assert [event for event, _, _ in office.journal].count("credit.recognise") == 1
    with office.world.session() as session:
        assert plans.crosswalk_of(session, "s1") == {fields["url"]: {"ИП.9"}}


def test_only_what_the_case_puts_forward_can_be_recognised(office: Office) -> None:
    case = compared(office)
    url = address(office, case)
    for fields in ({"url": "https://elsewhere.example/1", "code": "ИП.9"}, {"url": url, "code": "ИП.1"}):
        refused = office.post("deputy", f"/credit/wordings/{case}", {**fields, "paper": PAPER})
        assert refused.status_code == 422
        assert "нет такой пары формулировок" in refused.text


@pytest.mark.parametrize("who", ["guardian", "secretary", "teacher", "chair", "director", ""])
def test_nobody_else_recognises(office: Office, who: str) -> None:
    case = compared(office)
    assert office.get(who, f"/credit/wordings/{case}").status_code in {401, 403, 404}
    fields = {"url": address(office, case), "code": "ИП.9", "paper": PAPER}
    assert office.post(who, f"/credit/wordings/{case}", fields).status_code in {401, 403, 404}
    assert "Похожая формулировка" not in office.get("teacher", f"/credit/cases/{case}").text


def test_where_nothing_sounds_alike_the_page_says_what_words_cannot_do(office: Office) -> None:
    case = compared(office, wanted="Ставит опыт с маятником")
    assert "Похожая формулировка" not in office.get("deputy", f"/credit/cases/{case}").text
    assert "Смысл одними словами не сравнить" in office.get("deputy", f"/credit/wordings/{case}").text


def test_after_the_comparison_nothing_is_put_forward(office: Office) -> None:
    case = compared(office)
    assert office.press("teacher", case, "sign-matrix").status_code == 303
    assert office.press("deputy", case, "send-to-commission").status_code == 303
    assert "Похожего не нашлось" in office.get("deputy", f"/credit/wordings/{case}").text
