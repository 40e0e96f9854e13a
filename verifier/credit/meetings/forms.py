"""The forms of meetings: what their fields are called, how they are read, what stands in them at first."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schemas.errors import N_
from verifier.credit.errors import FieldMissing, FieldUnclear
from verifier.credit.filled import Filled, Value
from verifier.credit.meetings import listing
from verifier.credit.meetings.office import Office, Wanted
from verifier.credit.meetings.tables import PLACE, Meeting

LABELS: Mapping[str, str] = {
    "day": N_("День"),
    "time": N_("Начало"),
    "place": N_("Место"),
    "members": N_("Кого пригласить"),
    "cases": N_("Повестка"),
    "reason": N_("Почему"),
    "late": N_("Срок пройдёт раньше заседания"),
}
USUAL = time(15, 0)
NOTICE_DAYS = 2  # working days between planning and meeting, where the terms leave them
LONGEST_REASON = 500


def filled(values: Mapping[str, Value]) -> Filled:
    """The form with the names of its fields."""
    return Filled(values, LABELS)


def wanted(form: Filled, zone: ZoneInfo) -> Wanted:
    """The meeting that the form asks for. Raises `FieldMissing`, `FieldUnclear`."""
    day = form.day("day")
    if day is None:
        raise FieldMissing(pointer="/day", label=LABELS["day"])
    return Wanted(
        starts_at=datetime.combine(day, _time(form), zone),
        place=_line(form, "place", PLACE),
        members=form.many("members"),
        cases=form.many("cases"),
        late=form.yes("late"),
    )


def reason(form: Filled) -> str:
    """Why a meeting is changed or cancelled."""
    return _line(form, "reason", LONGEST_REASON)


def proposed(office: Office) -> dict[str, Value]:
    """A new meeting as it stands in the form at first: the usual hour, the last place, everybody, everything that waits."""
    free = listing.free_cases(office.session, office.school)
    earlier = listing.all_of(office.session, office.school)
    terms = [case.deadline for case in free if case.deadline is not None]
    return {
        "day": _first_day(office, terms).isoformat(),
        "time": f"{USUAL:%H:%M}",
        "place": earlier[0].place if earlier else "",
        "members": [one.id for one in office.members],
        "cases": [case.id for case in free],
    }


def kept(office: Office, meeting: Meeting) -> dict[str, Value]:
    """A meeting as it is now."""
    local = meeting.starts_at.astimezone(office.cases.services.zone)
    return {
        "day": local.date().isoformat(),
        "time": f"{local:%H:%M}",
        "place": meeting.place,
        "members": [one.person for one in listing.members_of(office.session, meeting)],
        "cases": [case.id for case in listing.cases_of(office.session, meeting)],
    }


def _first_day(office: Office, terms: list[date]) -> date:
    """A day that leaves the members their notice and misses no term; where both cannot be, the next working day."""
    soonest = office.days.on_or_after(office.today + timedelta(days=1))
    usual = office.days.after(office.today, NOTICE_DAYS)
    return max(soonest, min([usual, *terms]))


def _time(form: Filled) -> time:
    try:
        return time.fromisoformat(form.needed("time")).replace(tzinfo=None)
    except ValueError:
        raise FieldUnclear(pointer="/time", label=LABELS["time"]) from None


def _line(form: Filled, name: str, most: int) -> str:
    text = form.needed(name)
    if len(text) > most:
        raise FieldUnclear(pointer=f"/{name}", label=LABELS[name])
    return text
