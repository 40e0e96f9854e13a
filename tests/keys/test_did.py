from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys import did
from keys.errors.written import BadDid, BadDidDocument
from keys.multikey import decode

KEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
OTHER = "z6MktgKTsu1QhX6QPbyqG6geXdw6FQCZBPq7uQpieWbiQiG7"
WEB = "did:web:s1.sever.example"
METHOD = f"{WEB}#{KEY}"


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
        ("did:web:xn--80ak6aa92e.com", "https://xn--80ak6aa92e.com/.well-known/did.json"),
    ],
)
def test_where_a_did_web_document_lies(name: str, url: str) -> None:
    assert did.web_url(name) == url


@pytest.mark.parametrize(
    "name",
    [
        "",
        "did:web:",
        "did:key:" + KEY,
        "did:web:localhost",
        "did:web:localhost%3A8080",
        "did:web:example.com%3A3000",
        "did:web:example.com:",
        "did:web:example.com::a",
        "did:web:example.com:..",
        "did:web:example.com:.:a",
        "did:web:example.com:a%2Fb",
        "did:web:example.com:a/b",
        "did:web:EXAMPLE.com",
        "did:web:пример.рф",
        "did:web:127.0.0.1",
        "did:web:2130706433",
        "did:web:0177.0.0.1",
        "did:web:0x7f.0.0.1",
        "did:web:example.0x7f",
        "did:web:[::1]",
        "did:web:user@example.com",
        "did:web:-a.example",
        "did:web:a..example",
        "did:web:example.com.",
        "did:web:example.com?a=b",
        "x did:web:example.com",
        "did:web:" + "a" * 64 + ".example",
    ],
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(BadDid):
        did.web_url(name)


def test_the_document_of_an_organisation() -> None:
    document = did.document(WEB, [KEY], announced=[OTHER])
    assert document["id"] == WEB
    assert [method["publicKeyMultibase"] for method in document["verificationMethod"]] == [KEY, OTHER]
    assert document["assertionMethod"] == [METHOD]
    assert did.key_for(document, METHOD) == decode(KEY)


def test_an_announced_key_may_not_assert_yet() -> None:
    with pytest.raises(BadDidDocument):
        did.key_for(did.document(WEB, [KEY], announced=[OTHER]), f"{WEB}#{OTHER}")


def test_bare_fragments_and_embedded_methods_are_understood() -> None:
    method = {"id": f"#{KEY}", "type": "Multikey", "controller": WEB, "publicKeyMultibase": KEY}
    assert did.key_for({"id": WEB, "verificationMethod": [method], "assertionMethod": [f"#{KEY}"]}, METHOD) == decode(
        KEY
    )
    assert did.key_for({"id": WEB, "assertionMethod": [method]}, METHOD) == decode(KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "did:web:other.example"},
        {"assertionMethod": []},
        {"assertionMethod": None},
        {"assertionMethod": f"{METHOD}"},
        {"assertionMethod": [7]},
        {"assertionMethod": [f"{WEB}#other"]},
        {"assertionMethod": [], "authentication": [METHOD]},
        {"verificationMethod": []},
        {"verificationMethod": "x"},
        {"verificationMethod": [{"id": METHOD, "controller": "did:web:other.example", "publicKeyMultibase": KEY}]},
        {"verificationMethod": [{"id": METHOD, "controller": WEB, "publicKeyMultibase": "broken"}]},
        {"verificationMethod": [{"id": METHOD, "controller": WEB}]},
        {"verificationMethod": [METHOD]},
    ],
)
def test_a_document_that_does_not_authorise_the_key_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadDidDocument):
        did.key_for({**did.document(WEB, [KEY]), **change}, METHOD)


junk = st.recursive(
    st.none() | st.integers() | st.sampled_from([WEB, METHOD, KEY, f"#{KEY}", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "controller", "publicKeyMultibase", "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["id", "verificationMethod", "assertionMethod"]), junk))
def test_whatever_a_document_says_the_answer_is_the_key_or_our_error(document: dict[str, Any]) -> None:
    with suppress(BadDidDocument):
        assert did.key_for({"id": WEB, **document}, METHOD) == decode(KEY)


def test_a_did_key_is_its_own_document() -> None:
    method = did.verification_method(did.did_key(KEY), KEY)
    assert did.key_of_did_key(method) == decode(KEY)
    assert did.controller_of(method) == f"did:key:{KEY}"


@pytest.mark.parametrize(
    "method", [f"did:key:{KEY}", f"did:key:{KEY}#{OTHER}", "did:key:x#x", f"did:web:{KEY}#{KEY}", ""]
)
def test_other_did_keys_are_refused(method: str) -> None:
    with pytest.raises(BadDid):
        did.key_of_did_key(method)


@pytest.mark.parametrize("method", ["", "#key", f"{WEB}", f"{WEB}#", "https://s1.sever.example/keys#1"])
def test_a_method_without_a_did_has_no_controller(method: str) -> None:
    with pytest.raises(BadDid):
        did.controller_of(method)
