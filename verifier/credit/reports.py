"""A verification report kept with its case and read again later, check by check."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from verifier.verdict import Check, Outcome, Report


def to_json(report: Report) -> dict[str, Any]:
    """The report as kept: what `Report.to_json` says, and which checks are only remarks."""
    remarks = [check.name for check in report.checks if not check.decisive]
    return {**report.to_json(), "remarks": remarks}


def from_json(kept: Mapping[str, Any]) -> Report:
    """Read what `to_json` wrote."""
    remarks = set(kept["remarks"])
    checks = (
        Check(row["check"], Outcome(row["outcome"]), row["code"], row["params"], decisive=row["check"] not in remarks)
        for row in kept["checks"]
    )
    return Report(checks=tuple(checks), at=datetime.fromisoformat(kept["at"]), digest=kept["digest"])
