"""Presenting: credentials bound together and signed with the learner's own key, for one receiver and one challenge.

holder = holder_of(store, learner)
presentation = present([credential], holder, name="urn:uuid:…", domain="https://s1.example", challenge="…", now=now)
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from keys import did, jose
from keys.errors.proofs import ProofInvalid
from keys.errors.store import KeyExists
from keys.proofs import RDFC, add
from keys.signer import Signer
from keys.store import KeyStore
from schemas.legacy import is_assertion
from schemas.presentation import compose
from schemas.reading import read_json
from schemas.refusals import Refused
from wallet_web.errors import CannotPresent, NothingChosen

PURPOSE = "authentication"  # VC-DI §2.1: whoever presents shows that they are who they say


def holder_name(learner: str) -> str:
    """What a learner's key is called."""
    return f"holder-{learner}"


def holder_of(store: KeyStore, learner: str) -> Signer:
    """The learner's key as a did:key, made the first time it is needed."""
    name = holder_name(learner)
    with suppress(KeyExists):
        store.make(name)
    key = store.signer(name, "").multikey
    return store.signer(name, did.verification_method(did.did_key(key), key))


def present(
    credentials: Sequence[bytes], holder: Signer, *, name: str, domain: str, challenge: str, now: datetime
) -> bytes:
    """A signed VerifiablePresentation (VCDM 2.0 §4.13) with the id `name`.

    Raises `NothingChosen` without credentials and `CannotPresent` for one that is none.
    """
    if not credentials:
        raise NothingChosen
    who = did.controller_of(holder.method)
    bare = compose(presentation_id=name, holder=who, credentials=map(_within, credentials))
    signed = add(bare, holder, created=now, purpose=PURPOSE, suite=RDFC, domain=domain, challenge=challenge)
    return json.dumps(signed, ensure_ascii=False).encode()


def require_presentable(document: bytes) -> None:
    """Raise `CannotPresent` unless the credential can stand in a presentation."""
    _within(document)


def _within(document: bytes) -> dict[str, Any]:
    """A credential as it stands in a presentation: plainly, or a signed text in its envelope (VCDM 2.0 §4.13.1)."""
    try:
        if not document.lstrip().startswith(b"{"):
            token = jose.read(document.decode("ascii", "replace").strip())
            return jose.envelope(token.text, token.profile)
        found = read_json(document)
    except (Refused, ProofInvalid) as error:
        raise CannotPresent from error
    if is_assertion(found):
        raise CannotPresent
    return found
