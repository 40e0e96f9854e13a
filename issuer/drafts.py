"""A badge as other people's software drafts it: read into an order, then held against what is signed. Pure.

A draft is an Open Badges 3.0 credential without what only its issuer can give. It orders by naming a published achievement, a
learner and results; whatever else it says must stand in the badge too, so that nothing is dropped in silence.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from issuer.catalogue import achievement_of
from issuer.compose import outcome_code, statement_key
from issuer.errors.drafts import DraftDiffers, DraftNamesNobody, DraftNotYours, DraftOutdated, DraftUnreadable
from issuer.module import STATEMENT_TYPE
from issuer.orders import overall, rubrics
from issuer.tables import AchievementVersion
from schemas import fields
from schemas.achievement import ResultDescription
from schemas.award import AwardOrder
from schemas.dates import BadTimestamp, read_timestamp, write_timestamp
from schemas.identity import IDENTITY_TYPE
from schemas.reading import pointer_to
from schemas.refusals import Unreadable

AFTERWARDS = timedelta(
    hours=24
)  # how old a draft's date may be: programs send what was awarded in the evening the next morning
_DATES = ("validFrom", "validUntil", "awardedDate")
_OURS = ("id", "credentialStatus", "proof")
_SUBJECT = "credentialSubject"


def achievement_id(draft: Mapping[str, Any]) -> str:
    """The address of the achievement that a draft names. Raises `DraftUnreadable`."""
    with _read():
        return fields.reference(_subject(draft), "achievement", f"/{_SUBJECT}") or _missing("achievement")


def order_of(draft: Mapping[str, Any], version: AchievementVersion, *, event: str, now: datetime) -> AwardOrder:
    """The order that a draft of `version` stands for.

    What cannot be ordered is left to `require_agreement`. Raises `DraftUnreadable`, `DraftNotYours`, `DraftNamesNobody`.
    """
    with _read():
        subject = _subject(draft)
        _require_ours_missing(draft, subject)
        results = _results(subject)
        achievement = achievement_of(version)
        scale = overall(achievement)
        statements = [found for found in achievement.result_descriptions if found.kind == STATEMENT_TYPE]
        return AwardOrder(
            organisation=version.organisation,
            achievement=version.code,
            learner_number=_number(subject),
            event=event,
            awarded_at=_awarded_at(draft, now),
            result=None if scale is None or scale.kind == "Status" else _value(results, scale),
            levels=dict(_levels(rubrics(achievement), results)),
            statements={
                statement_key(found): value for found in statements if (value := _value(results, found)) is not None
            },
            narrative=fields.optional(subject, "narrative", f"/{_SUBJECT}") or "",
        )


def require_recent(order: AwardOrder, now: datetime) -> None:
    """Raise `DraftOutdated` where a new award would be dated back."""
    if order.awarded_at < now - AFTERWARDS:
        raise DraftOutdated(pointer="/validFrom", hours=int(AFTERWARDS.total_seconds() // 3600))


def require_agreement(draft: Mapping[str, Any], badge: Mapping[str, Any]) -> None:
    """Raise `DraftDiffers` at the first place where the draft says what the badge does not say."""
    with _read():
        said = {**draft, **{name: _moment(draft, name) for name in _DATES if name in draft}}
        subject = {name: value for name, value in _subject(draft).items() if name != "identifier"}
    place = _difference({**said, _SUBJECT: subject}, badge, "")
    if place is not None:
        raise DraftDiffers(pointer=place, member=place.rpartition("/")[2])


@contextmanager
def _read() -> Iterator[None]:
    """Tell whoever drafted, and not whoever received, what cannot be read."""
    try:
        yield
    except Unreadable as error:
        raise DraftUnreadable(pointer=error.pointer, member=str(error.params["field"])) from error


def _missing(member: str) -> Any:
    raise DraftUnreadable(pointer=f"/{_SUBJECT}/{member}", member=member)


def _subject(draft: Mapping[str, Any]) -> dict[str, Any]:
    """The one subject of a draft."""
    found = fields.objects(dict(draft), _SUBJECT)
    if len(found) != 1:
        raise Unreadable(pointer=f"/{_SUBJECT}", field=_SUBJECT)
    return found[0][1]


def _require_ours_missing(draft: Mapping[str, Any], subject: Mapping[str, Any]) -> None:
    for member in _OURS:
        if member in draft:
            raise DraftNotYours(pointer=f"/{member}", member=member)
    if "id" in subject:
        raise DraftNotYours(pointer=f"/{_SUBJECT}/id", member="id")


def _results(subject: dict[str, Any]) -> Mapping[str, dict[str, Any]]:
    """The results by the description that they answer; two answers to one description are none."""
    found: dict[str, dict[str, Any]] = {}
    for place, result in fields.objects(subject, "result", f"/{_SUBJECT}"):
        name = fields.required(result, "resultDescription", place)
        if name in found:
            raise Unreadable(pointer=place, field="resultDescription")
        found[name] = result
    return found


def _value(results: Mapping[str, dict[str, Any]], description: ResultDescription) -> str | None:
    return fields.optional(results.get(description.id, {}), "value", f"/{_SUBJECT}/result")


def _levels(described: list[ResultDescription], results: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, int]]:
    """The levels that the draft names; one that the achievement does not know is found by `require_agreement`."""
    for rubric in described:
        named = fields.optional(results.get(rubric.id, {}), "achievedLevel", f"/{_SUBJECT}/result")
        yield from ((outcome_code(rubric), step.level) for step in rubric.levels if step.id == named and step.level)


def _number(subject: dict[str, Any]) -> str:
    """The network number that stands in the open in the one identity of a draft."""
    found = [identity for _, identity in fields.objects(subject, "identifier", f"/{_SUBJECT}")]
    if len(found) != 1 or found[0].get("identityType") != IDENTITY_TYPE or found[0].get("hashed") is not False:
        raise DraftNamesNobody(pointer=f"/{_SUBJECT}/identifier")
    return fields.required(found[0], "identityHash", f"/{_SUBJECT}/identifier")


def _awarded_at(draft: Mapping[str, Any], now: datetime) -> datetime:
    named = next((name for name in ("awardedDate", "validFrom") if name in draft), None)
    return now if named is None else read_timestamp(_moment(draft, named))


def _moment(draft: Mapping[str, Any], name: str) -> str:
    """A date of the draft in the form that badges have: in UTC, to the second."""
    try:
        moment = read_timestamp(fields.required(dict(draft), name))
    except BadTimestamp as error:
        raise Unreadable(pointer=f"/{name}", field=name) from error
    return write_timestamp(moment.replace(microsecond=0))


def _difference(said: Any, made: Any, place: str) -> str | None:
    """The pointer of the first thing that `said` holds and `made` does not.

    A thing may be named by its id alone, and what stands alone is the same as an array of one. Contexts have an order.
    """
    if isinstance(said, str) and isinstance(made, dict):
        return None if said == made.get("id") else place
    if isinstance(said, dict) and isinstance(made, dict):
        members = ((name, value, pointer_to(place, name)) for name, value in said.items())
        return next((found for found in (_member(made, *member) for member in members) if found is not None), None)
    if isinstance(said, list) or isinstance(made, list):
        return _among(_list(said), _list(made), place)
    return None if type(said) is type(made) and said == made else place


def _member(made: dict[str, Any], name: str, value: Any, place: str) -> str | None:
    if name not in made or (name == "@context" and value != made[name]):
        return place
    return _difference(value, made[name], place)


def _among(said: list[Any], made: list[Any], place: str) -> str | None:
    """Each thing must be in one of those that were made; inside of one that is in none, no place is guessed."""
    for index, value in enumerate(said):
        if all(_difference(value, each, "") is not None for each in made):
            return f"{place}/{index}" if len(said) > 1 else place
    return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
