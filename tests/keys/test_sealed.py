from datetime import UTC, datetime, timedelta

import pytest

from keys import proofs
from keys.did import did_key, verification_method
from keys.ed25519 import Ed25519Signer
from keys.errors.proofs import ProofInvalid, ProofMissing, ProofTooEarly, PurposeWrong, SignatureWrong
from keys.sealed import seal, unseal
from schemas.canonical import jcs
from schemas.errors import BadInput

DID = "did:web:cpo.sever.example"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PLAIN = {"type": "TrustList", "название": "Список доверия"}


def signer(number: int, did: str = DID) -> Ed25519Signer:
    multikey = Ed25519Signer(bytes([number]) * 32, "").multikey
    return Ed25519Signer(bytes([number]) * 32, verification_method(did, multikey))


def opened(body: bytes, *numbers: int, now: datetime = NOW, limit: int = 65536) -> dict[str, object]:
    return unseal(body, DID, [signer(number).multikey for number in numbers or (1,)], now, limit=limit)


def test_what_is_sealed_is_what_is_read() -> None:
    body = seal(PLAIN, signer(1), NOW)
    assert opened(body) == PLAIN
    assert jcs(proofs.add(PLAIN, signer(1), created=NOW, suite=proofs.JCS)) == body


def test_only_the_named_sealer_with_a_known_key_counts() -> None:
    with pytest.raises(ProofInvalid):
        opened(seal(PLAIN, signer(2), NOW))
    with pytest.raises(ProofInvalid):
        opened(seal(PLAIN, signer(1, "did:web:other.example"), NOW))
    with pytest.raises(ProofInvalid):
        opened(seal(PLAIN, Ed25519Signer(bytes(32), "not a did"), NOW))
    with pytest.raises(ProofInvalid):  # a known key, but called another
        opened(seal(PLAIN, Ed25519Signer(bytes([1]) * 32, f"{DID}#key-1"), NOW))
    with pytest.raises(SignatureWrong):  # another key under the name of a known one
        opened(seal(PLAIN, Ed25519Signer(bytes([2]) * 32, signer(1).method), NOW))
    with pytest.raises(ProofMissing):
        opened(jcs(PLAIN))


def test_a_strangers_seal_beside_changes_nothing_but_a_broken_own_one_does() -> None:
    both = proofs.add(
        proofs.add(PLAIN, signer(1), created=NOW, suite=proofs.JCS),
        signer(2, did_key("z6Mk")),
        created=NOW,
        suite=proofs.JCS,
    )
    assert opened(jcs(both)) == PLAIN
    broken = {**both["proof"][0], "created": "2026-11-21T09:00:00Z"}
    with pytest.raises(SignatureWrong):
        opened(jcs({**both, "proof": [*both["proof"], broken]}))


def test_purpose_and_time_count() -> None:
    with pytest.raises(PurposeWrong):
        opened(jcs(proofs.add(PLAIN, signer(1), created=NOW, suite=proofs.JCS, purpose="authentication")))
    with pytest.raises(ProofTooEarly):
        opened(seal(PLAIN, signer(1), NOW), now=NOW - timedelta(hours=1))


def test_key_rotation_of_the_sealer_is_bridged_by_knowing_both() -> None:
    assert opened(seal(PLAIN, signer(2), NOW), 1, 2) == PLAIN


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"a":1,"a":2}', b"\xff", b'{"a":' * 100])
def test_what_is_no_document_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput):
        opened(body)


def test_a_document_over_the_limit_is_refused() -> None:
    with pytest.raises(BadInput):
        opened(seal(PLAIN, signer(1), NOW), limit=100)


def test_a_method_that_hides_no_key_is_refused() -> None:
    document = proofs.add(PLAIN, Ed25519Signer(bytes(32), f"{DID}#weak"), created=NOW, suite=proofs.JCS)
    with pytest.raises(ProofInvalid):
        unseal(jcs(document), DID, ["weak"], NOW, limit=65536)
