"""Badges signed for a school of another installation."""

from schemas.reading import read_json
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import guardian, teenager, themself

DOMAIN = "did:web:s1.sever.example"


def test_a_presentation_names_its_receiver_and_question_and_holds(desk: Desk) -> None:
    learner = desk.enrol(teenager())
    desk.receive(learner, desk.award(learner))
    [entry] = desk.entries(learner)
    asked = {"badges": [entry.id], "domain": DOMAIN, "challenge": "line-1"}
    made = desk.browser(guardian(learner)).post(f"/api/wallet/{learner.id}/presentations", json=asked).content
    [proof] = read_json(made)["proof"]
    assert (proof["domain"], proof["challenge"]) == (DOMAIN, "line-1")
    found = desk.campus.verify_presentation(made, domain=DOMAIN, challenge="line-1")
    assert found.report.verdict == "valid"
    assert desk.campus.verify_presentation(made, domain=DOMAIN, challenge="line-2").report.verdict == "invalid"


def test_the_page_gives_the_file_or_says_what_is_missing(desk: Desk) -> None:
    learner = desk.enrol(teenager())
    desk.receive(learner, desk.award(learner))
    [entry] = desk.entries(learner)
    family, path = desk.browser(guardian(learner)), f"/wallet/{learner.id}/present"
    assert entry.title in family.get(path).text
    fields = {"badge": entry.id, "domain": DOMAIN, "challenge": "line-1"}
    assert "attachment" in family.post(path, data=fields).headers["content-disposition"]
    for name in fields:
        assert family.post(path, data={**fields, name: ""}).status_code in {404, 422}, name
    assert family.post(path, data={"domain": DOMAIN, "challenge": "line-1"}).status_code == 422


def test_a_minor_signs_for_nobody_alone(desk: Desk) -> None:
    learner = desk.enrol(teenager())
    asked = {"badges": [], "domain": DOMAIN, "challenge": "line-1"}
    refused = desk.browser(themself(learner)).post(f"/api/wallet/{learner.id}/presentations", json=asked)
    assert refused.status_code == 403
