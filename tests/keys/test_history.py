"""Dated key histories: what a key was worth when, who may say so, and that nobody else can."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from keys import history, proofs
from keys.did import verification_method
from keys.ed25519 import Ed25519Signer
from keys.errors.proofs import ProofInvalid
from keys.errors.published import HistoryInvalid
from keys.history import HistoricKey, KeyStanding
from keys.multikey import decode
from keys.tables import KeyState, OrganisationKey
from schemas.canonical import jcs
from schemas.dates import write_timestamp
from schemas.errors import BadInput

DID = "did:web:s1.sever.example"
START = datetime(2026, 9, 1, tzinfo=UTC)
CHANGE = datetime(2026, 11, 1, tzinfo=UTC)
STOLEN = datetime(2026, 10, 15, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def signer(number: int) -> Ed25519Signer:
    multikey = Ed25519Signer(bytes([number]) * 32, "").multikey
    return Ed25519Signer(bytes([number]) * 32, verification_method(DID, multikey))


def key(number: int, state: KeyState, since: datetime, **dates: Any) -> OrganisationKey:
    multikey = signer(number).multikey
    return OrganisationKey(id=str(number), organisation="s1", multikey=multikey, state=state, valid_from=since, **dates)


def rotated() -> list[OrganisationKey]:
    """An old key, replaced on `CHANGE`; one that begins next year."""
    return [
        key(1, KeyState.RETIRED, START, valid_until=CHANGE),
        key(2, KeyState.ACTIVE, CHANGE),
        key(3, KeyState.ANNOUNCED, NOW + timedelta(days=60)),
    ]


def sealed(keys: list[OrganisationKey], by: int = 2) -> bytes:
    return history.compose(DID, keys, signer(by), 7, NOW)


def test_the_document_says_every_key_with_its_dates() -> None:
    document = json.loads(sealed(rotated()))
    assert proofs.without_proofs(document) == {
        "type": "KeyHistory",
        "id": DID,
        "version": 7,
        "issuedAt": "2026-11-22T09:00:00Z",
        "keys": [
            {
                "multikey": signer(1).multikey,
                "state": "retired",
                "validFrom": "2026-09-01T00:00:00Z",
                "validUntil": "2026-11-01T00:00:00Z",
            },
            {"multikey": signer(2).multikey, "state": "active", "validFrom": "2026-11-01T00:00:00Z"},
            {"multikey": signer(3).multikey, "state": "announced", "validFrom": "2027-01-21T09:00:00Z"},
        ],
    }


@pytest.mark.parametrize(
    ("number", "at", "standing"),
    [
        (1, START - timedelta(seconds=1), KeyStanding.NOT_YET),
        (1, START, KeyStanding.GOOD),
        (1, CHANGE - timedelta(seconds=1), KeyStanding.GOOD),
        (1, CHANGE, KeyStanding.ENDED),
        (1, NOW, KeyStanding.ENDED),
        (2, CHANGE - timedelta(seconds=1), KeyStanding.NOT_YET),
        (2, CHANGE, KeyStanding.GOOD),
        (2, NOW + timedelta(days=3650), KeyStanding.GOOD),
        (3, NOW, KeyStanding.NOT_YET),
        (3, NOW + timedelta(days=100), KeyStanding.NOT_YET),  # its day came, but nobody put it into use
        (4, NOW, KeyStanding.UNKNOWN),
    ],
)
def test_what_a_key_was_worth_at_a_date(number: int, at: datetime, standing: KeyStanding) -> None:
    read = history.verify(sealed(rotated()), DID, [signer(2).multikey], NOW)
    assert read.standing(signer(number).method, at) is standing


def test_a_compromised_key_proves_nothing_from_then_on_and_needs_a_witness_before() -> None:
    stolen = key(1, KeyState.COMPROMISED, START, valid_until=CHANGE, compromised_at=STOLEN)
    read = history.verify(sealed([stolen, *rotated()[1:]]), DID, [signer(2).multikey], NOW)
    method = signer(1).method
    assert read.standing(method, STOLEN - timedelta(seconds=1)) is KeyStanding.NEEDS_WITNESS
    assert read.standing(method, STOLEN) is KeyStanding.COMPROMISED
    assert read.standing(method, CHANGE) is KeyStanding.COMPROMISED
    assert read.standing(method, START - timedelta(seconds=1)) is KeyStanding.NOT_YET
    assert read.public_key(method) == decode(signer(1).multikey)
    assert read.public_key("did:web:other.example#x") is None


def test_a_history_is_believed_only_from_a_trusted_key_in_use() -> None:
    body = sealed(rotated())
    with pytest.raises(ProofInvalid):  # nobody vouches for its key
        history.verify(body, DID, [signer(5).multikey], NOW)
    with pytest.raises(ProofInvalid):  # sealed with the old key, which by its own word has ended
        history.verify(sealed(rotated(), by=1), DID, [signer(1).multikey, signer(2).multikey], NOW)
    with pytest.raises(ProofInvalid):  # a thief names himself
        history.verify(sealed([*rotated(), key(6, KeyState.ACTIVE, START)], by=6), DID, [signer(2).multikey], NOW)
    with pytest.raises(HistoryInvalid):
        history.verify(body, "did:web:s2.sever.example", [signer(2).multikey], NOW)


def test_a_changed_bit_of_the_history_is_noticed() -> None:
    body = sealed(rotated())
    for place in range(0, len(body) * 8, 7):
        changed = bytearray(body)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(BadInput):
            history.verify(bytes(changed), DID, [signer(2).multikey], NOW)


def entry(**changed: object) -> dict[str, Any]:
    return {"multikey": signer(1).multikey, "state": "active", "validFrom": write_timestamp(START), **changed}


@pytest.mark.parametrize(
    "listed",
    [
        None,
        {},
        "keys",
        [7],
        [{}],
        [entry(multikey="z6Mk")],
        [entry(multikey=7)],
        [entry(state="lost")],
        [entry(state=None)],
        [entry(validFrom="2026-09-01")],
        [entry(validFrom=None)],
        [entry(validUntil=7)],
        [entry(compromisedAt="soon")],
        [entry(), entry()],
    ],
)
def test_malformed_entries_are_refused(listed: object) -> None:
    with pytest.raises(HistoryInvalid):
        history.read(DID, listed)


def test_entries_are_read_as_they_were_written() -> None:
    stolen = key(1, KeyState.COMPROMISED, START, valid_until=CHANGE, compromised_at=STOLEN)
    (read,) = history.read(DID, history.entries([stolen])).keys
    assert read == HistoricKey(
        multikey=signer(1).multikey,
        state=KeyState.COMPROMISED,
        valid_from=START,
        valid_until=CHANGE,
        compromised_at=STOLEN,
    )


def test_another_document_of_the_organisation_is_no_history() -> None:
    other = jcs(proofs.add({"type": "DepositList", "id": DID, "keys": []}, signer(2), created=NOW, suite=proofs.JCS))
    with pytest.raises(HistoryInvalid):
        history.verify(other, DID, [signer(2).multikey], NOW)
