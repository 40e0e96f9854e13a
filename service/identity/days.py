"""Terms in whole days, as the roll keeps them: the first and the last day both count."""

from datetime import date
from typing import Any

import sqlalchemy as sa

ADULT = 18


def in_force(since: Any, until: Any, day: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """SQL: `day` lies between the columns `since` and `until` (open when empty)."""
    return sa.and_(since <= day, sa.or_(until.is_(None), until >= day))


def in_term(since: date, until: date | None, day: date) -> bool:
    """The same for one row that has been read."""
    return since <= day and (until is None or day <= until)


def birthday(born: date, age: int) -> date:
    """The day somebody reaches `age`; those born on 29 February do so on 1 March in common years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def is_minor(born: date, day: date) -> bool:
    """Whether somebody is under 18 on `day`; on the birthday itself they are not any more."""
    return day < birthday(born, ADULT)
