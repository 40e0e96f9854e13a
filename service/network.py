"""Who signs the network's list for this installation: an organisation of its own, or one of another installation by settings."""

from sqlalchemy import Engine, inspect
from sqlmodel import Session

from keys import organisations
from keys.did import did_web
from keys.errors.network import OrganisationUnknown
from keys.tables import KeyState
from service.database import reading
from service.settings import Settings
from verifier.trust import Operator

NOBODY = "operator.invalid"
TRUSTED = frozenset({KeyState.ACTIVE, KeyState.RETIRED})


def operator_of(settings: Settings, engine: Engine | None) -> Operator:
    """The operator's DID and keys; one without keys where nobody is known, and then no list can be relied on."""
    own = _own(settings.operator, engine) if engine is not None and not settings.operator_host else None
    return own or Operator(did=did_web(settings.operator_host or NOBODY), pinned=settings.operator_keys)


def _own(code: str, engine: Engine) -> Operator | None:
    """The operator among our own organisations; what an earlier key has sealed (lists of deposits) stays good."""
    if not inspect(engine).has_table("key_organisation"):
        return None
    with reading(engine) as session:
        try:
            organisation = organisations.find(session, code)
        except OrganisationUnknown:
            return None
        pinned = [key.multikey for key in organisations.keys_of(session, code) if key.state in TRUSTED]
        return Operator(did=organisations.did_of(organisation), pinned=tuple(pinned))


def has_operator(session: Session, settings: Settings) -> bool:
    """Whether the network's operator is one of our own organisations."""
    return any(known.code == settings.operator for known in organisations.all_organisations(session))
