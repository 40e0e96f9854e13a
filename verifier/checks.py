"""The checks of a credential, one pure function each, in the order in which they are made (OB 3.0 §9.1, ARCHITECTURE §2).

    1 format        size, JSON, contexts, safe JSON-LD
    2 proof         a signature by the issuer holds        `verifier.signature`
    3 key           it was the issuer's, at that time
    4 membership    the issuer stood in the network at the award date
    5 licence       and worked under an educational licence (a remark: the home school decides on it)
    6 witness       who besides the issuer vouches for the date (a remark)
    7 status        neither revoked nor suspended now      `verifier.status`
    8 schema        the badge is whole
    9 dates         it holds today
   10 kind          what sort of document it is (a remark)
   11 endorsements  nothing forged is among them          `verifier.nested`

Nothing here reads a clock, a network or a database.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from keys.history import HistoricKey, KeyStanding
from keys.jose.errors import EnvelopeUnknown, TokenInvalid
from keys.proofs import Secured
from schemas import clr, endorsement
from schemas.credential import Credential
from schemas.data_model import check_credential
from schemas.refusals import Refused, SchemaViolation
from schemas.trust_list import Standing, State
from schemas.validate import validate
from verifier.pointers import safe_pointer
from verifier.policy import Policy
from verifier.signature import Signature
from verifier.trust import TrustReading, Witness
from verifier.verdict import Check, Outcome

BADGES = frozenset({"AchievementCredential", "OpenBadgeCredential"})
_KEY_BAD = {
    KeyStanding.NOT_YET: "key-too-early",
    KeyStanding.ENDED: "key-outdated",
    KeyStanding.COMPROMISED: "key-compromised",
}
_NO_MEMBER = {State.UNKNOWN: "member-unknown", State.NOT_YET: "member-not-yet"}
_KINDS = {
    "BitstringStatusListCredential": "kind-status-list",
    endorsement.TYPE: "kind-endorsement",
    clr.TYPE: "kind-collection",
}
_SCHEMAS = {
    **dict.fromkeys(BADGES, "achievementcredential"),
    endorsement.TYPE: "endorsementcredential",
    clr.TYPE: "clrcredential",
}


def is_badge(credential: Credential) -> bool:
    """Whether it says that it is an Open Badges 3.0 achievement credential (OB 3.0 §8.1)."""
    return not BADGES.isdisjoint(credential.types)


# 1 ── format ─────────────────────────────────────────────────────────────────────────────────────────────────────


def refusal(error: Refused | TokenInvalid) -> Check:
    """A document or token that was refused: the reason's code and its place, none of its words."""
    name = "format" if isinstance(error, Refused) else "proof"
    outcome = Outcome.UNKNOWN if isinstance(error, EnvelopeUnknown) else Outcome.FAILED
    return Check(name, outcome, error.code, {"pointer": safe_pointer(error.pointer)} if error.pointer else {})


def check_format(credential: Credential, secured: Secured) -> tuple[Check, str]:
    """Bundled contexts in order and no data loss (VC-DI §2.4, STANDARDS D4, D5); what the data model asks of every credential.

    The second value is the content hash, "" for a refused document.
    """
    try:
        digest = secured.content_hash()
        check_credential(credential.document, secured.contexts)
        _read_all(credential)
    except Refused as error:
        return refusal(error), ""
    return Check("format", Outcome.PASSED, "format-ok"), digest


def _read_all(credential: Credential) -> None:
    """Touch what the later checks rely on, so that they may rely on it."""
    _ = credential.types, credential.issuer_id, credential.valid_from, credential.valid_until, credential.awarded_at


# 3 ── key ────────────────────────────────────────────────────────────────────────────────────────────────────────


def check_key(signature: Signature, signed: datetime | None, witness: Witness, now: datetime) -> Check:
    """The key was the issuer's to use when it signed (ARCHITECTURE §5.5, THREATS I8, I9, V10).

    Without a dated history only the controller's document speaks: it lists the key today.
    """
    key = signature.key.historic if signature.key else None
    if key is None:
        return Check("key", Outcome.PASSED, "key-of-issuer")
    if signed is None:
        return Check("key", Outcome.UNKNOWN, "date-missing")
    standing = key.standing(signed)
    if standing is KeyStanding.NEEDS_WITNESS:
        return _compromised_later(key, witness)
    if standing in _KEY_BAD:
        return Check("key", Outcome.FAILED, _KEY_BAD[standing])
    if key.valid_until is not None and key.valid_until <= now:
        return Check("key", Outcome.PASSED, "key-retired-later", {"until_at": key.valid_until.isoformat()})
    return Check("key", Outcome.PASSED, "key-of-issuer")


def _compromised_later(key: HistoricKey, witness: Witness) -> Check:
    if key.compromised_at is not None and witness.before(key.compromised_at):
        return Check("key", Outcome.PASSED, "key-compromised-later")
    return Check("key", Outcome.UNKNOWN, "key-compromise-undated")


# 4 ── membership ─────────────────────────────────────────────────────────────────────────────────────────────────


def check_membership(trust: TrustReading, standing: Standing | None, witness: Witness, now: datetime) -> Check:
    """The issuer stood in the network's list at the award date (DOMAIN §1 rows 4, 59, ARCHITECTURE §5.10, THREATS I10).

    `standing` is that of the issuer then, None where there is no date. For one that has left since, the date needs a witness from
    before: its own word could be given at any time.
    """
    if trust.list is None or trust.problem:
        until = {"until_at": trust.until.isoformat()} if trust.until else {}
        return Check("membership", Outcome.UNKNOWN, trust.problem, until)
    if standing is None:
        return Check("membership", Outcome.UNKNOWN, "date-missing")
    if standing.state in _NO_MEMBER:
        return Check("membership", Outcome.UNKNOWN, _NO_MEMBER[standing.state])
    left = standing.member_until
    if left is None or left > now:
        return Check("membership", Outcome.PASSED, "member-trusted", {"organisation": standing.organisation})
    return _left(standing, left, witness)


def _left(standing: Standing, left: datetime, witness: Witness) -> Check:
    """The answer for an organisation that has left by now."""
    params = {"organisation": standing.organisation, "left_at": left.isoformat()}
    if standing.state is State.WITHDRAWN:
        return Check("membership", Outcome.FAILED, "member-left-before", params)
    if witness.before(left):
        return Check("membership", Outcome.PASSED, "member-left-later", params)
    return Check("membership", Outcome.UNKNOWN, "date-unwitnessed", params)


# 5 ── licence ────────────────────────────────────────────────────────────────────────────────────────────────────


def check_licence(credential: Credential, standing: Standing | None) -> tuple[Check, ...]:
    """The issuer or its parent held an educational licence at the award date (DOMAIN §2.1 R1); decides about credit only.

    Of a document that is no badge nobody asks for credit.
    """
    if not is_badge(credential):
        return ()
    if standing is None or standing.state is State.UNKNOWN:
        return (Check("licence", Outcome.UNKNOWN, "licence-unknown", decisive=False),)
    if standing.licence is None:
        return (Check("licence", Outcome.FAILED, "unlicensed", decisive=False),)
    return (Check("licence", Outcome.PASSED, "licensed", {"licence": standing.licence}, decisive=False),)


# 6 ── witness ────────────────────────────────────────────────────────────────────────────────────────────────────


def check_witness(witness: Witness) -> Check:
    """Somebody else than the issuer knows since when the credential exists (ARCHITECTURE §5.10)."""
    outcome = Outcome.PASSED if witness.at else Outcome.UNKNOWN
    params = {"witnessed_at": witness.at.isoformat()} if witness.at else {}
    return Check("witness", outcome, str(witness.kind), params, decisive=False)


# 7 ── status ─────────────────────────────────────────────────────────────────────────────────────────────────────


def together(statuses: Iterable[Check]) -> Check:
    """The answer of all entries: the first that fails, else the first that cannot be told (revocation before suspension)."""
    found = list(statuses)
    ranks = {"revoked": 0, "suspended": 1}
    failed = sorted((check for check in found if check.outcome is Outcome.FAILED), key=lambda check: ranks[check.code])
    unknown = [check for check in found if check.outcome is Outcome.UNKNOWN]
    none = Check("status", Outcome.PASSED, "status-none")
    return next(iter([*failed, *unknown, *found]), none)


# 8 ── schema ─────────────────────────────────────────────────────────────────────────────────────────────────────


def check_schema(credential: Credential, *, in_part: bool = False) -> Check:
    """It satisfies the JSON Schema of its class (OB 3.0 §9.1 step 1, App. G, CLR 2.0); nothing is ever fetched.

    A part of one satisfies it as far as it goes: what is there has the right shape, what is not there may be in the whole.
    """
    name = next((_SCHEMAS[kind] for kind in credential.types if kind in _SCHEMAS), None)
    if credential.is_older_model:
        return Check("schema", Outcome.UNKNOWN, "schema-older", decisive=False)
    if name is None:
        return Check("schema", Outcome.UNKNOWN, "schema-none", decisive=False)
    try:
        validate(credential.document, name, in_part=in_part)
    except SchemaViolation as error:
        return Check("schema", Outcome.FAILED, error.code, {"pointer": safe_pointer(error.pointer)})
    return Check("schema", Outcome.PASSED, "schema-part-ok" if in_part else "schema-ok")


# 9 ── dates ──────────────────────────────────────────────────────────────────────────────────────────────────────


def check_dates(credential: Credential, policy: Policy, now: datetime) -> Check:
    """It has begun and not ended (VCDM 2.0 §4.9): the skew allows for the issuer's clock, never for more term."""
    begins = max(filter(None, (credential.valid_from, credential.awarded_at)), default=None)
    ends = credential.valid_until
    if credential.valid_from and ends and ends < credential.valid_from:
        return Check("dates", Outcome.FAILED, "dates-reversed")
    if begins is not None and begins > now + policy.skew:
        return Check("dates", Outcome.FAILED, "not-yet-valid", {"from_at": begins.isoformat()})
    if ends is not None and ends <= now:
        return Check("dates", Outcome.FAILED, "expired", {"until_at": ends.isoformat()})
    return Check("dates", Outcome.PASSED, "dates-ok")


# 10 ── kind ──────────────────────────────────────────────────────────────────────────────────────────────────────


def check_kind(credential: Credential) -> Check:
    """What sort of document it is; what is inside of it is judged in `verifier.nested`."""
    if is_badge(credential):
        return Check("kind", Outcome.PASSED, "kind-badge", decisive=False)
    code = next((_KINDS[name] for name in credential.types if name in _KINDS), "kind-other")
    return Check("kind", Outcome.UNKNOWN, code, decisive=False)


def check_recipient(asked: str, is_theirs: Callable[[str], bool]) -> tuple[Check, ...]:
    """A remark where it was asked whose it is, by an address or a number (OB 3.0 §9.1 step 7, §9.3); the value is not repeated."""
    if not asked:
        return ()
    try:
        found = any(map(is_theirs, {asked.strip(), asked.strip().lower()}))
    except Refused as error:
        return (Check("recipient", Outcome.UNKNOWN, error.code, decisive=False),)
    outcome, code = (Outcome.PASSED, "recipient-same") if found else (Outcome.FAILED, "recipient-other")
    return (Check("recipient", outcome, code, decisive=False),)


def check_model(credential: Credential) -> tuple[Check, ...]:
    """A remark where the document keeps to the data model 1.1: it is read, and nothing is made by it any more."""
    return (Check("model", Outcome.PASSED, "model-older", decisive=False),) if credential.is_older_model else ()


def check_whole(signature: Signature) -> tuple[Check, ...]:
    """A remark where the holder shows a part: an end of validity or a condition may be in the rest (VC-DI-ECDSA §5)."""
    return (Check("whole", Outcome.UNKNOWN, "shown-in-part", decisive=False),) if signature.in_part else ()
