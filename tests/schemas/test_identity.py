import hashlib
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.credential import Credential
from schemas.identity import BadNumber, grouped, identifier, matches, names, normalise, number_from

from .badges import badge

ENTROPY = st.binary(min_size=16, max_size=16)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SLIPS = {
    "0": "0oOоО",
    "1": "1iIlL",
    "A": "aAаА",
    "B": "bBВ",
    "E": "eEеЕ",
    "K": "kKкК",
    "M": "mMМ",
    "H": "hHН",
    "P": "pPрР",
}
SLIPS |= {"C": "cCсС", "T": "tTТ", "X": "xXхХ", "Y": "yYуУ"}


def test_a_number_is_26_characters_and_a_check() -> None:
    assert number_from(bytes(16)) == "0" * 27
    number = number_from(bytes(range(16)))
    assert len(number) == 27
    assert int.from_bytes(bytes(range(16))) == sum(ALPHABET.index(c) << 5 * (25 - i) for i, c in enumerate(number[:26]))
    with pytest.raises(ValueError, match="16"):
        number_from(b"short")


@given(ENTROPY, st.randoms(use_true_random=False))
def test_a_number_typed_by_hand_is_understood(entropy: bytes, chance: random.Random) -> None:
    number = number_from(entropy)
    typed = "".join(chance.choice(SLIPS.get(character, character + character.lower())) for character in number)
    typed = "".join(character + chance.choice(["", "", " ", "-", "–", "\u00a0", ". "]) for character in typed)
    assert normalise(f" {typed}\n") == normalise(grouped(number)) == normalise(number) == number


@given(ENTROPY, ENTROPY)
def test_different_people_have_different_numbers(one: bytes, two: bytes) -> None:
    assert (number_from(one) == number_from(two)) == (one == two)


@given(ENTROPY, st.integers(0, 26), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(entropy: bytes, place: int, character: str) -> None:
    number = number_from(entropy)
    wrong = number[:place] + character + number[place + 1 :]
    if wrong != number:
        with pytest.raises(BadNumber):
            normalise(wrong)


@given(ENTROPY, st.integers(0, 26), st.integers(0, 26))
def test_two_swapped_characters_are_noticed(entropy: bytes, first: int, second: int) -> None:
    number = number_from(entropy)
    characters = list(number)
    characters[first], characters[second] = characters[second], characters[first]
    if "".join(characters) != number:
        with pytest.raises(BadNumber):
            normalise("".join(characters))


@pytest.mark.parametrize(
    "text", ["", "0" * 26, "0" * 28, "U" + "0" * 26, "8" + "0" * 26, "0" * 26 + "/", "0" * 27 + "!", "٠" * 27]
)
def test_something_else_is_no_number(text: str) -> None:
    with pytest.raises(BadNumber):
        normalise(text)


@given(st.text())
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        assert len(normalise(text)) == 27
    except BadNumber:
        return


def test_groups() -> None:
    assert grouped("0" * 27) == "0000-0000-0000-0000-0000-0000-000"


def test_the_identifier_is_the_salted_hash() -> None:
    number = number_from(bytes(range(16)))
    found = identifier(number, "salt")
    assert found["identityHash"] == "sha256$" + hashlib.sha256((number + "salt").encode()).hexdigest()
    assert (found["type"], found["hashed"], found["salt"]) == ("IdentityObject", True, "salt")
    assert number not in str(found)


def awarded_to(*identifiers: dict[str, Any]) -> Credential:
    document = badge()
    document["credentialSubject"]["identifier"] = list(identifiers)
    return Credential(document)


def test_a_credential_matches_its_learner_alone() -> None:
    mine, other = number_from(bytes(range(16))), number_from(bytes(16))
    credential = awarded_to(identifier(other, "a"), identifier(mine, "b"))
    assert matches(credential, mine)
    assert matches(credential, grouped(mine).lower())
    assert matches(credential, other)
    assert not matches(awarded_to(identifier(other, "b")), mine)
    assert not matches(credential, "нет номера")


@pytest.mark.parametrize(
    "change", [{"hashed": False}, {"hashed": "true"}, {"identityHash": 5}, {"salt": None}, {"salt": "other"}]
)
def test_a_hash_of_another_form_does_not_match(change: dict[str, object]) -> None:
    number = number_from(bytes(range(16)))
    assert not matches(awarded_to({**identifier(number, "salt"), **change}), number)


def test_a_hash_in_capitals_matches() -> None:
    number = number_from(bytes(range(16)))
    found = identifier(number, "salt")
    found["identityHash"] = "sha256$" + found["identityHash"].removeprefix("sha256$").upper()
    assert matches(awarded_to(found), number)


@pytest.mark.parametrize("algorithm", ["sha256", "md5"])
def test_o6_both_hashes_of_the_standard_are_read(algorithm: str) -> None:
    digest = hashlib.new(algorithm, b"alina@example.org" + "соль".encode(), usedforsecurity=False).hexdigest()
    assert names(f"{algorithm}${digest}", "alina@example.org", "соль")
    assert not names(f"{algorithm}${digest}", "Alina@example.org", "соль")
    assert not names(f"{algorithm}${digest}", "alina@example.org", "")
    assert not names(f"sha1${digest}", "alina@example.org", "соль")
    assert not names(digest, "alina@example.org", "соль")


def test_nobody_matches_a_credential_without_identifier() -> None:
    document = badge()
    del document["credentialSubject"]["identifier"]
    assert not matches(Credential(document), number_from(bytes(16)))
