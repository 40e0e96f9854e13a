"""Short questions about reports, for the tests of the verifier."""

from verifier.verdict import Check, Outcome, Report, Verdict

VALID, INVALID, CANNOT_TELL = Verdict.VALID, Verdict.INVALID, Verdict.CANNOT_TELL


def leading(report: Report) -> Check:
    """The first check that is not passed and decides; fails the test when there is none."""
    for outcome in (Outcome.FAILED, Outcome.UNKNOWN):
        for check in report.checks:
            if check.decisive and check.outcome is outcome:
                return check
    raise AssertionError(f"nothing to complain about: {codes(report)}")


def codes(report: Report) -> dict[str, str]:
    """Check name → code."""
    return {check.name: check.code for check in report.checks}
