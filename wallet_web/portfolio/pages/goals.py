"""Goals, notes and advice: what I want, what I think of what I did, what my teacher says to it."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys.actor import Thing
from keys.deps import Learner, Visit, Visiting
from schemas.errors import BadInput
from wallet_web import acts
from wallet_web.pages.book import frame, name_of
from wallet_web.portfolio import goals, notes, views, wording
from wallet_web.portfolio.errors import BadChoice
from wallet_web.portfolio.messages import GoalForm, NoteForm
from wallet_web.portfolio.sections import NAMES
from wallet_web.portfolio.tables import Goal, GoalState, Note, NoteKind
from wallet_web.portfolio.wording import section_options

router = APIRouter(include_in_schema=False)
OK, BAD = 200, 400
OWN_WORDS = (NoteKind.REFLECTION, NoteKind.STATEMENT)
PLACE = "/wallet/{learner}/portfolio/goals"
NOTES = "/wallet/{learner}/portfolio/notes"
TEACHERS = "/portfolio/learners/{learner}"


@router.get(PLACE, openapi_extra={"x-action": "portfolio.read"}, name="goals")
def own(learner: str, visit: Visiting, page: int = 1) -> Response:
    """Goals with their advice, what the learner says of themselves, notes newest first."""
    return _own(visit, acts.admit(visit, "portfolio.read", learner), page=page)


@router.post(PLACE, openapi_extra={"x-action": "portfolio.write"}, name="goal.set")
def set_goal(learner: str, visit: Visiting, typed: Annotated[GoalForm, Form()]) -> Response:
    """Write a goal down; only the family sees it."""
    owner = acts.admit(visit, "portfolio.write", learner)
    wrong = typed.faults() or goals.faults(typed.wanted(), visit.now.date())
    if wrong:
        return _own(visit, owner, goal=typed, errors={name: one.told(visit.translate) for name, one in wrong.items()})
    goals.set_goal(visit.session, owner, visit.actor, visit.now, typed.wanted(), id=typed.id)
    return _to(learner)


@router.post(PLACE + "/{goal}", openapi_extra={"x-action": "portfolio.write"}, name="goal.act")
def act(learner: str, goal: str, visit: Visiting, act: Annotated[str, Form()] = "") -> Response:
    """Reached, dropped, open again; shown to the teachers or not; forgotten."""
    acts.admit(visit, "portfolio.write", learner)
    found, done = goals.find(visit.session, learner, goal), _ACTS.get(act)
    if done is None:
        raise BadChoice
    done(visit, found)
    return _to(learner)


@router.post(NOTES, openapi_extra={"x-action": "portfolio.write"}, name="note.write")
def write(learner: str, visit: Visiting, typed: Annotated[NoteForm, Form()]) -> Response:
    """Write a note, or anew what the learner says of themselves."""
    owner = acts.admit(visit, "portfolio.write", learner)
    kind = NoteKind.STATEMENT if typed.kind == NoteKind.STATEMENT else NoteKind.REFLECTION
    try:
        notes.write(visit.session, learner, visit.actor, kind, typed.text, visit.now, id=typed.id)
    except BadInput as error:
        return _own(visit, owner, note=typed, errors={kind.value: error.told(visit.translate)})
    return _to(learner)


@router.post(NOTES + "/{note}/remove", openapi_extra={"x-action": "portfolio.write"}, name="note.remove")
def remove_note(learner: str, note: str, visit: Visiting, sure: Annotated[str, Form()] = "") -> Response:
    """Forget a note of one's own, when the family is sure."""
    acts.admit(visit, "portfolio.write", learner)
    found = notes.find(visit.session, learner, note)
    if found is not None and sure == "yes":
        notes.remove(visit.session, found)
    return _to(learner)


@router.get(TEACHERS, openapi_extra={"x-action": "portfolio.goals"}, name="portfolio.goals")
def shown(learner: str, visit: Visiting) -> Response:
    """The goals that a learner's family shows to the teachers who accompany them."""
    visit.require("portfolio.goals", Thing(learner=learner))
    views.note(visit.session, learner, visit.actor.person or "", visit.now)
    visit.record("goals.viewed", learner=learner)
    return _shown(visit, visit.people.learner(learner), {})


@router.post(TEACHERS + "/goals/{goal}", openapi_extra={"x-action": "portfolio.advise"}, name="portfolio.advise")
def advise(learner: str, goal: str, visit: Visiting, text: Annotated[str, Form()] = "") -> Response:
    """Give advice on a goal."""
    visit.require("portfolio.advise", Thing(learner=learner))
    found = goals.find_shown(visit.session, learner, goal)
    try:
        goals.advise(visit.session, found, visit.actor, text, visit.now)
    except BadInput as error:
        return _shown(visit, visit.people.learner(learner), {goal: error.told(visit.translate)})
    visit.record("goal.advised", learner=learner, item=goal)
    return RedirectResponse(f"/portfolio/learners/{learner}", status_code=303)


def _close(state: GoalState) -> Callable[[Visit, Goal], None]:
    return lambda visit, goal: goals.close(visit.session, goal, state, visit.now)


_ACTS: Mapping[str, Callable[[Visit, Goal], None]] = {
    "reached": _close(GoalState.REACHED),
    "dropped": _close(GoalState.DROPPED),
    "open": _close(GoalState.OPEN),
    "show": lambda visit, goal: goals.show(visit.session, goal, shown=True),
    "hide": lambda visit, goal: goals.show(visit.session, goal, shown=False),
    "remove": lambda visit, goal: goals.remove(visit.session, goal),
}


def _own(
    visit: Visit,
    owner: Learner,
    *,
    page: int = 1,
    goal: GoalForm | None = None,
    note: NoteForm | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    total = notes.count(visit.session, owner.id, NoteKind.REFLECTION)
    pages = max(1, -(-total // notes.PAGE))
    number = min(max(page, 1), pages)
    statement = notes.latest(visit.session, owner.id, NoteKind.STATEMENT, size=1)
    reflections = notes.latest(visit.session, owner.id, NoteKind.REFLECTION, number=number)
    return visit.page(
        "portfolio/goals.html",
        **frame(visit, owner),
        status=BAD if errors else OK,
        goals=[_goal(visit, *one) for one in goals.all_of(visit.session, owner.id)],
        statement=_note(visit, statement[0]) if statement else None,
        notes=[_note(visit, one) for one in reflections],
        page=number,
        pages=pages,
        due=notes.is_due(visit.session, owner.id, visit.now),
        views=[(view.at, name_of(visit, view.person)) for view in views.latest(visit.session, owner.id)],
        goal=goal or GoalForm(),
        written={kind.value: note if note and note.kind == kind else NoteForm(kind=kind) for kind in OWN_WORDS},
        sections=section_options(visit.translate),
        errors=errors or {},
    )


def _shown(visit: Visit, learner: Learner, errors: Mapping[str, str]) -> Response:
    return visit.page(
        "portfolio/goals_shown.html",
        status=BAD if errors else OK,
        learner=learner,
        goals=[_goal(visit, *one) for one in goals.all_of(visit.session, learner.id, shown=True)],
        errors=errors,
    )


def _goal(visit: Visit, goal: Goal, advice: list[Note]) -> dict[str, Any]:
    return {
        "id": goal.id,
        "title": goal.title,
        "section": visit.translate(NAMES[goal.section]) if goal.section else "",
        "due_on": goal.due_on,
        "late": goal.state is GoalState.OPEN and goal.due_on is not None and goal.due_on < visit.now.date(),
        "state": goal.state,
        "where": visit.translate(wording.GOALS[goal.state]),
        "shown": goal.shown,
        "imported": goal.imported,
        "advice": [_note(visit, one) for one in advice],
    }


def _note(visit: Visit, note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "text": note.text,
        "at": note.at,
        "who": name_of(visit, note.author),
        "imported": note.imported,
    }


def _to(learner: str) -> Response:
    return RedirectResponse(f"/wallet/{learner}/portfolio/goals", status_code=303)
