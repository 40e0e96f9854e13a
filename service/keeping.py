"""`zachetka keys`: the signing keys of this installation's organisations."""

from datetime import datetime

from keys import journal, organisations, publish
from keys.actor import ActorKind
from keys.tables import KeyState, OrganisationKey
from schemas.errors import N_
from service.database import reading, unit_of_work
from service.network import has_operator
from service.parts import Parts

STATES = {
    KeyState.ANNOUNCED: N_("объявлен"),
    KeyState.ACTIVE: N_("действует"),
    KeyState.RETIRED: N_("снят"),
    KeyState.COMPROMISED: N_("раскрыт"),
}


def list_keys(parts: Parts, code: str | None) -> list[str]:
    """One line per key: organisation, state, since when, the public half. Raises `OrganisationUnknown`."""
    with reading(parts.engine) as session:
        if code is not None:
            organisations.find(session, code)
        codes = [code] if code is not None else [each.code for each in organisations.all_organisations(session)]
        return [_line(key) for each in codes for key in organisations.keys_of(session, each)]


def rotate_key(parts: Parts, code: str, now: datetime) -> str:
    """Give an organisation a new key, publish it everywhere, journal it; returns the public half.

    Running applications must be started anew after the operator's own key has changed.
    """
    with unit_of_work(parts.engine) as session:
        fresh = organisations.rotate(session, parts.store, code, now)
        publish.publish_organisation(session, parts.shelf, parts.store, code, now)
        if has_operator(session, parts.settings):
            publish.publish_trust_list(session, parts.shelf, parts.store, parts.settings.operator, now)
        command = ActorKind.COMMAND
        journal.append(session, at=now, event="key.rotated", actor_kind=command, organisation=code, item=fresh.id)
        return fresh.multikey


def _line(key: OrganisationKey) -> str:
    return f"{key.organisation}\t{STATES[key.state]}\t{key.valid_from:%d.%m.%Y}\t{key.multikey}"
