"""The acts of programs upon awards: a draft is ordered, signed and handed back; what people decided about a badge is passed on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlmodel import Session

from issuer import awards, drafts
from issuer.issue import Issuer
from issuer.lint import demand
from issuer.requests import Keyed
from keys.actor import Program
from keys.proofs import RDFC
from schemas.errors import BadInput
from schemas.reading import read_json
from service.vc_api.errors import OptionUnknown, RevocationFinal
from service.vc_api.requests import ApiRequest, RequestUnreadable
from service.vc_api.tokens import actor_of

_FIXED = {"type": "DataIntegrityProof", "cryptosuite": RDFC}
"""Options of the standard that may only say what is done anyway."""
_OURS = frozenset({"event"})
_PLACES = (
    ("/event", "/options/event"),
    ("/learner_number", "/credential/credentialSubject/identifier"),
    ("/awarded_at", "/credential/awardedDate"),
    ("/achievement", "/credential/credentialSubject/achievement"),
    *((f"/{name}", "/credential/credentialSubject/result") for name in ("result", "levels", "statements")),
    ("/", "/credential/"),
)


def issue(
    issuer: Issuer, asked: ApiRequest, program: Program, now: datetime, key: str | None
) -> tuple[str, dict[str, Any]]:
    """The award that a request leads to, and its signed badge; the same request again gives the same.

    Raises what `issuer.drafts`, `Issuer.preview` and `Issuer.finish` raise, with its place in the request; `KeyReused`, `BadKey`.
    """
    keyed = None if key is None else Keyed.of(key, asked.members)
    known = None if keyed is None else issuer.answered(keyed, actor_of(program))
    if known is not None:
        return known, read_json(issuer.finish(known, now))
    _require_options(asked.options)
    draft, event = asked.document("credential"), asked.text("event") or ""
    with _placed():
        return _ordered(issuer, draft, event, program, now, keyed)


def _ordered(
    issuer: Issuer, draft: Mapping[str, Any], event: str, program: Program, now: datetime, keyed: Keyed | None
) -> tuple[str, dict[str, Any]]:
    version = issuer.offered_as(program.organisation, drafts.achievement_id(draft))
    order = drafts.order_of(draft, version, event=event, now=now)
    trial = issuer.preview(order, now)
    if trial.known is None:
        demand(trial.faults)
        drafts.require_agreement(draft, trial.document or {})
        drafts.require_recent(order, now)
    award = issuer.place(order, actor_of(program), now, shown=None if trial.known else trial.digest, keyed=keyed)
    badge = read_json(issuer.finish(award, now))
    drafts.require_agreement(draft, badge)  # where the same was ordered before, by whomever
    return award, badge


def set_status(issuer: Issuer, session: Session, asked: ApiRequest, program: Program, now: datetime) -> str:
    """Revoke, suspend or lift, as the desk does it; the award's id.

    Raises `RequestUnreadable`, `RevocationFinal`, `AwardUnknown` and what the act raises.
    """
    act = _act(asked)
    award = awards.of_credential(session, program.organisation, asked.member("credentialId"))
    acts = {"revoke": issuer.revoke, "suspend": issuer.suspend, "lift": issuer.lift}
    try:
        acts[act](session, award.id, reason=asked.text("reason") or "", by=actor_of(program), now=now)
    except BadInput as error:
        error.pointer = f"/options{error.pointer}" if error.pointer == "/reason" else error.pointer
        raise
    return award.id


def _act(asked: ApiRequest) -> str:
    entry, status = asked.entry("credentialStatus"), asked.members.get("status", True)
    purpose = entry.get("statusPurpose")
    if entry.get("type") != "BitstringStatusListEntry" or purpose not in {"revocation", "suspension"}:
        raise RequestUnreadable(pointer="/credentialStatus", member="credentialStatus")
    if not isinstance(status, bool):
        raise RequestUnreadable(pointer="/status", member="status")
    if purpose == "suspension":
        return "suspend" if status else "lift"
    if not status:
        raise RevocationFinal
    return "revoke"


def _require_options(options: Mapping[str, Any]) -> None:
    for name, value in options.items():
        if name not in _OURS and (name not in _FIXED or value != _FIXED[name]):
            raise OptionUnknown(pointer=f"/options/{name}", member=name)


@contextmanager
def _placed() -> Iterator[None]:
    """Name the place in the request where the rules of the issuer name one in the order or in the badge."""
    try:
        yield
    except BadInput as error:
        found = ((ours, theirs) for ours, theirs in _PLACES if error.pointer.startswith(ours))
        ours, theirs = next(found, ("", ""))
        error.pointer = theirs if ours != "/" else theirs + error.pointer.removeprefix("/")
        raise
