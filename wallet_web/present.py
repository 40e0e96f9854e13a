"""Presenting: credentials bound together and signed with the learner's own key, for one receiver and one challenge.

holder = holder_of(store, learner)
presentation = present([credential], holder, name="urn:uuid:…", domain="https://s1.example", challenge="…", now=now)
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from keys import did
from keys.errors import KeyExists
from keys.proofs import RDFC, add
from keys.signer import Signer
from keys.store import KeyStore
from schemas.presentation import compose
from schemas.reading import read_json
from wallet_web.errors import NothingChosen

PURPOSE = "authentication"  # VC-DI §2.1: whoever presents shows that they are who they say


def holder_of(store: KeyStore, learner: str) -> Signer:
    """The learner's key as a did:key, made the first time it is needed."""
    name = f"holder-{learner}"
    with suppress(KeyExists):
        store.make(name)
    key = store.signer(name, "").multikey
    return store.signer(name, did.verification_method(did.did_key(key), key))


def present(
    credentials: Sequence[bytes], holder: Signer, *, name: str, domain: str, challenge: str, now: datetime
) -> bytes:
    """A signed VerifiablePresentation (VCDM 2.0 §4.13) with the id `name`. Raises `NothingChosen` without credentials."""
    if not credentials:
        raise NothingChosen
    who = did.controller_of(holder.method)
    bare = compose(presentation_id=name, holder=who, credentials=[read_json(one) for one in credentials])
    signed = add(bare, holder, created=now, purpose=PURPOSE, suite=RDFC, domain=domain, challenge=challenge)
    return json.dumps(signed, ensure_ascii=False).encode()
