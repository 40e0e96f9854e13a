"""How the stories' organisations award: through their own award form, preview and signature."""

from service.database import reading
from service.demo.people import account_of
from service.demo.stage import Stage
from service.identity.roll import find


def award(stage: Stage, *, by: str, organisation: str, module: str, learner: str, event: str, result: str = "") -> str:
    """Fill in the award form as `by`, look at the preview, sign; returns the path of the award's page."""
    staff, desk = stage.person(by), f"/issuer/{organisation}/award"
    answers: dict[str, str | list[str]] = {"number": number_of(stage, learner), "event": event, "act": "preview"}
    preview = staff.submit(f"{desk}?achievement={module}", desk, answers | ({"result": result} if result else {}))
    return staff.accepted(staff.press(preview, desk, {"act": "sign"})).path


def number_of(stage: Stage, learner: str) -> str:
    """The network number on a learner's slip."""
    with reading(stage.parts.engine) as session:
        return find(session, account_of(learner)).number
