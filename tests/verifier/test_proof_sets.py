"""V9: all subsets of a proof set and their verdicts."""

import json
from itertools import combinations
from typing import Any

import pytest

from keys.proofs import JCS
from tests.campus import Campus, House
from tests.verifier.answers import CANNOT_TELL, INVALID, VALID, codes, leading
from verifier.verdict import Verdict


def proofs_of(campus: Campus, ugu: House) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """A bare badge, and the proofs that may be put under it: by the issuer, broken, by others, in an unknown suite."""
    bare = ugu.draft()
    ugu.deposit(bare)
    other = campus.join("ddt")
    good = ugu.sign(bare)["proof"][0]
    second = ugu.sign(bare, suite=JCS)["proof"][0]
    foreign = other.sign(bare)["proof"][0]
    broken = {**good, "created": "2026-11-22T08:00:00Z"}
    unknown = {**good, "cryptosuite": "xyz-2099"}
    old_type = {**good, "type": "RsaSignature2018"}
    return bare, {
        "good": good,
        "second": second,
        "foreign": foreign,
        "broken": broken,
        "unknown": unknown,
        "old": old_type,
    }


def expected(names: tuple[str, ...]) -> Verdict:
    if "broken" in names:
        return INVALID
    if {"good", "second"} & set(names):
        return VALID
    return CANNOT_TELL if {"unknown", "old"} & set(names) else INVALID


@pytest.mark.parametrize("size", [1, 2, 3])
def test_v9_one_good_proof_is_enough_and_one_bad_one_too_much(campus: Campus, ugu: House, size: int) -> None:
    bare, proofs = proofs_of(campus, ugu)
    for names in combinations(proofs, size):
        for order in (names, names[::-1]):
            found = campus.verify({**bare, "proof": [proofs[name] for name in order]})
            assert found.verdict is expected(names), order


def test_v9_a_proof_may_stand_alone_or_in_a_list(campus: Campus, ugu: House) -> None:
    bare, proofs = proofs_of(campus, ugu)

    assert campus.verify({**bare, "proof": proofs["good"]}).verdict is VALID


def test_v9_proofs_that_do_not_count_are_reported(campus: Campus, ugu: House) -> None:
    bare, proofs = proofs_of(campus, ugu)
    found = campus.verify({**bare, "proof": [proofs["good"], proofs["foreign"]]})

    assert codes(found.report)["other_proofs"] == "proofs-unread"
    assert found.verdict is VALID


def test_v9_stripping_all_proofs_but_a_foreign_one(campus: Campus, ugu: House) -> None:
    bare, proofs = proofs_of(campus, ugu)
    found = campus.verify({**bare, "proof": [proofs["foreign"]]})

    assert leading(found.report).code == "proof-foreign"


def test_a_suite_whose_name_is_no_text(campus: Campus, ugu: House) -> None:
    bare, proofs = proofs_of(campus, ugu)
    odd_names: list[Any] = [[], {"a": 1}, 5, None]
    for odd in odd_names:
        found = campus.verify({**bare, "proof": [{**proofs["good"], "cryptosuite": odd}]})
        assert leading(found.report).code == "proof-suite"


def test_a_chain_needs_the_earlier_proof(campus: Campus, ugu: House) -> None:
    bare, proofs = proofs_of(campus, ugu)
    chained = {**proofs["good"], "previousProof": "urn:uuid:5b2a1b2c-0000-4000-8000-000000000000"}
    found = campus.verify({**bare, "proof": [chained]})

    assert found.verdict is INVALID


def test_the_plain_json_suite_counts_as_well(campus: Campus, ugu: House) -> None:
    document = ugu.sign(ugu.draft(), suite=JCS)

    assert campus.verify(document).verdict is VALID
    document["name"] = "Другое"
    assert leading(campus.verify(json.loads(json.dumps(document))).report).code == "proof-signature"
