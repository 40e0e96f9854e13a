"""Why a credential or presentation is rejected: problem details of RFC 9457 under the names that the standards give.

Types: VCDM 2.0 §7.4, VC-DI §4.7 and Bitstring Status List §3.5; what none of them names (revoked, expired) is named by us.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

from fastapi.responses import JSONResponse

from service.problems import PROBLEM
from verifier.verdict import Check, Outcome, Report
from verifier.verification import Verification
from verifier.wording import Translate, sentence

_MODEL: Final = "https://www.w3.org/TR/vc-data-model#"
_SECURITY: Final = "https://w3id.org/security#"
_LIST: Final = "https://www.w3.org/ns/credentials/status-list#"
PARSING: Final = f"{_MODEL}PARSING_ERROR"
MALFORMED: Final = f"{_MODEL}MALFORMED_VALUE_ERROR"
CRYPTOGRAPHY: Final = f"{_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR"
RANGE: Final = f"{_MODEL}RANGE_ERROR"
PROOF: Final = f"{_SECURITY}PROOF_VERIFICATION_ERROR"

_BY_CODE: Final = {
    "not-json": PARSING,
    "duplicate-key": PARSING,
    "proof-domain": f"{_SECURITY}INVALID_DOMAIN_ERROR",
    "proof-challenge": f"{_SECURITY}INVALID_CHALLENGE_ERROR",
    "proof-signature": CRYPTOGRAPHY,
    "status-unreachable": f"{_LIST}STATUS_RETRIEVAL_ERROR",
    "status-unreachable-since": f"{_LIST}STATUS_RETRIEVAL_ERROR",
    "status-list-length": f"{_LIST}STATUS_LIST_LENGTH_ERROR",
    "status-range": RANGE,
    "status-malformed": MALFORMED,
    "dates-reversed": RANGE,
}
_BY_CHECK: Final = {"format": MALFORMED, "schema": MALFORMED, "proof": PROOF, "possession": PROOF, "key": PROOF}
_OURS: Final = frozenset({"revoked", "suspended"})


def type_of(check: Check) -> str:
    """The type of the problem that a check has found."""
    if check.code in _BY_CODE:
        return _BY_CODE[check.code]
    if check.name == "status" and check.code not in _OURS:
        return f"{_LIST}STATUS_VERIFICATION_ERROR"
    return _BY_CHECK.get(check.name, f"/docs#{check.code}")


def faults(report: Report) -> list[Check]:
    """What keeps a report from being valid, failures before what could not be told."""
    found = [check for check in report.checks if check.decisive and check.outcome is not Outcome.PASSED]
    return sorted(found, key=lambda check: check.outcome is Outcome.UNKNOWN)


def all_faults(found: Verification) -> list[Check]:
    """The same of a credential and of every credential that is carried in it."""
    return [*faults(found.report), *(check for inner in found.contents for check in all_faults(inner))]


def rejected(found: Iterable[Check], translate: Translate) -> JSONResponse:
    """400 with every problem; the first speaks for the whole. Never a 200, which careless callers take for a yes."""
    details = [_detail(check, translate) for check in found]
    status = HTTPStatus.BAD_REQUEST
    body = {**details[0], "status": status.value, "verified": False, "problemDetails": details}
    return JSONResponse(body, status_code=status, media_type=PROBLEM)


def _detail(check: Check, translate: Translate) -> dict[str, Any]:
    kind = type_of(check)
    told: dict[str, Any] = {
        "type": kind,
        "title": kind.rpartition("#")[2],
        "detail": sentence(check, translate),
        "code": check.code,
        "check": check.name,
        "outcome": str(check.outcome),
    }
    return {**told, "pointer": check.params["pointer"]} if "pointer" in check.params else told
