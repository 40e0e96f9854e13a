"""Badges of a kind are written by substitution, and come out as if each were written by itself."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issuer.compose import IssuerProfile, StatusPlace, compose
from issuer.series import Series
from issuer.signing import seal, to_bytes
from keys import proofs
from keys.deposits import content_hash
from keys.ed25519 import Ed25519Signer
from schemas.achievement import Achievement
from schemas.refusals import Refused
from tests.campus_badge import PROJECT, make_achievement

from .world import order

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
UGU = IssuerProfile(did="did:web:ugu.sever.example", name="Университет", url="https://ugu.sever.example")
MODULE = Achievement(make_achievement("https://ugu.sever.example/orgs/ugu/achievements/M08", "Проект", PROJECT))
SERIES = Series()


def badge(number: int, **changes: Any) -> dict[str, Any]:
    return compose(
        MODULE,
        UGU,
        order(**changes),
        credential_id=f"urn:uuid:{number:032}",
        subject_id=f"urn:uuid:f{number:031}",
        salt=f"{number:032}",
        status=StatusPlace("https://ugu.sever.example/status/1", number),
    )


@settings(deadline=None)  # the first badge of each shape is held against the general path
@given(
    st.integers(0, 10**9),
    st.fixed_dictionaries(
        {
            "result": st.integers(60, 100).map(str),
            "narrative": st.text(max_size=9),
            "levels": st.just({"ИП.1": 2}),
            "evidence": st.text(max_size=9),
            "evidence_url": st.sampled_from(["", "https://lk.example/1"]),
        }
    ),
)
def test_what_is_written_is_what_each_badge_gives_by_itself(number: int, changes: dict[str, Any]) -> None:
    document = badge(number, **changes)
    try:
        expected = content_hash(document)
    except Refused:
        with pytest.raises(Refused):
            SERIES.write(document)
        return
    written = SERIES.write(document)
    assert (written.unsigned, written.content_hash) == (to_bytes(document), expected)


def test_badges_of_other_kinds_between_them_do_no_harm() -> None:
    series = Series(most=2)
    for number in range(12):
        document = badge(number, narrative="Слово." if number % 3 else "")
        document["name"] = "Другое имя" if number % 4 == 1 else document["name"]
        if number % 5 == 2:
            document["evidence"] = [{"type": ["Evidence"], "genre": "а"}, {"type": ["Evidence"], "genre": "а"}]
        written = series.write(document)
        assert (written.unsigned, written.content_hash) == (to_bytes(document), content_hash(document))


def test_a_sealed_badge_is_the_signed_document_byte_for_byte() -> None:
    signer = Ed25519Signer(bytes(32), "did:web:ugu.sever.example#key")
    document = badge(7)
    written = SERIES.write(document)
    sealed = seal(written.unsigned, document["@context"], written.content_hash, signer, NOW)
    assert sealed == to_bytes(proofs.add(document, signer, created=NOW))
