"""How strict the verifier is, as one value: limits and tolerances that a standard leaves to the verifier."""

from dataclasses import dataclass
from datetime import timedelta

from keys.proofs import ECDSA_JCS, ECDSA_RDFC, ECDSA_SD, ED25519_2020, JCS, RDFC
from schemas.loader import BUNDLED, Contexts


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The verifier's own choices; the defaults are those of the network."""

    suites: frozenset[str] = frozenset({RDFC, JCS, ECDSA_RDFC, ECDSA_JCS, ECDSA_SD, ED25519_2020})
    """Cryptosuites, and the one older type of proof, that count (THREATS V9)."""
    contexts: Contexts = BUNDLED
    """Contexts whose words are understood (THREATS V2)."""
    skew: timedelta = timedelta(minutes=5)
    """How far another party's clock may be ahead of ours (THREATS V11, I7)."""
    credential_bytes: int = 262_144
    """The largest single credential (THREATS V4)."""
    file_bytes: int = 4 * 1024 * 1024
    """The largest picture that may carry one."""
    presentation_bytes: int = 32 * 1024 * 1024
    """The largest presentation (ARCHITECTURE §5.11)."""
    presented: int = 2_000
    """The most credentials in one presentation."""
    proofs: int = 10
    """The most proofs that one credential may carry."""
    lists: int = 6
    """The most status lists asked for one credential; with the network's list, a key document and two days of deposits that
    makes ten look-ups (THREATS V17)."""

    endorsements: int = 20
    """The most endorsements judged inside one credential."""
    nested_lookups: int = 20
    """How many addresses may be asked for the endorsements of one question, sets included (THREATS V17)."""
    nested: int = 200
    """The most endorsements judged for one question, sets included."""


NETWORK = Policy()
