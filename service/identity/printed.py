"""Slips with a code for people who are to sign in, as data of `identity/slips.typ`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from wallet_web.qr import QUIET_ZONE, matrix

TEMPLATE = "identity/slips.typ"
CODES_A_LINE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipShown:
    """One slip: whose it is, who gave it out, the code, and of a learner the network number."""

    name: str
    about: str
    organisation: str
    code: str
    address: str
    number: str
    expires_at: datetime


def sheet(slips: Sequence[SlipShown], zone: ZoneInfo) -> dict[str, Any]:
    """The data of a sheet to be cut."""
    return {"slips": [_slip(one, zone) for one in slips]}


def _slip(one: SlipShown, zone: ZoneInfo) -> dict[str, Any]:
    code = matrix(f"{one.address}/{one.code}")
    return {
        "name": one.name,
        "about": one.about,
        "organisation": one.organisation,
        "address": one.address,
        "code": _lines(one.code),
        "number": _lines(one.number) if one.number else [],
        "until": one.expires_at.astimezone(zone).strftime("%d.%m.%Y"),
        "side": len(code) - 2 * QUIET_ZONE,
        "runs": list(_runs(row[QUIET_ZONE:-QUIET_ZONE] for row in code[QUIET_ZONE:-QUIET_ZONE])),
    }


def _lines(grouped: str) -> list[str]:
    """A code in lines that fit on a slip."""
    groups = grouped.split("-")
    return ["-".join(groups[start : start + CODES_A_LINE]) for start in range(0, len(groups), CODES_A_LINE)]


def _runs(rows: Iterable[Sequence[bool]]) -> Iterable[list[int]]:
    """The dark modules as `[x, y, width]`."""
    for y, row in enumerate(rows):
        x = 0
        for dark, group in groupby(row):
            width = len(list(group))
            if dark:
                yield [x, y, width]
            x += width
