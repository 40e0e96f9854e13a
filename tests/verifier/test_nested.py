"""Credentials inside a credential: endorsements of a badge and contents of a record, each judged by itself."""

import copy
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keys import jose
from schemas import endorsement
from schemas.clr import Association, Relation
from tests.campus import Campus, House, make_holder, write
from tests.campus_papers import draft_endorsement, endorse, record
from tests.verifier.answers import CANNOT_TELL, INVALID, VALID, codes, leading
from verifier.errors import FileTooLarge
from verifier.policy import Policy
from verifier.verdict import Outcome, Verdict
from verifier.verification import Verification

LATER = timedelta(days=2)


@pytest.fixture
def cpo(campus: Campus) -> House:
    return campus.operator


def badge_with(ugu: House, *inside: dict[str, Any], **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """An unsigned badge with these endorsements on it, and the same without."""
    bare = ugu.draft(**options)
    return bare | {"endorsement": list(inside)}, bare


def award(ugu: House, document: dict[str, Any]) -> dict[str, Any]:
    signed = ugu.sign(document)
    ugu.deposit(signed)
    return signed


def on_badge(ugu: House, by: House, **changes: Any) -> dict[str, Any]:
    """A badge that carries an endorsement of itself."""
    bare = ugu.draft()
    return award(ugu, bare | {"endorsement": [endorse(by, bare["id"], **changes)]})


def endorsement_check(found: Verification) -> tuple[Outcome, str, bool]:
    check = found.report.check("endorsements")
    assert check is not None
    return check.outcome, check.code, check.decisive


def test_an_endorsement_of_the_badge_has_an_answer_of_its_own(campus: Campus, ugu: House, cpo: House) -> None:
    found = campus.verify(on_badge(ugu, cpo))

    assert found.verdict is VALID
    assert endorsement_check(found) == (Outcome.PASSED, "endorsements-hold", False)
    (one,) = found.endorsements
    assert one.verdict is VALID
    assert codes(one.report)["schema"] == "schema-ok"
    assert codes(one.report)["witness"] == "date-deposited"
    assert one.paper is not None
    assert (one.issuer, one.paper.comment) == (cpo.name, "Оценивают честно.")


def test_endorsements_of_achievement_issuer_and_creator_are_found(campus: Campus, ugu: House, cpo: House) -> None:
    bare = ugu.draft()
    achievement, creator = bare["credentialSubject"]["achievement"], "https://ugu.sever.example/creators/1"
    bare["issuer"]["endorsement"] = [endorse(cpo, ugu.did)]
    achievement["endorsement"] = [endorse(cpo, achievement["id"])]
    achievement["creator"] = {"id": creator, "type": ["Profile"], "endorsement": [endorse(cpo, creator)]}
    found = campus.verify(award(ugu, bare))

    assert found.verdict is VALID
    assert {one.paper.about for one in found.endorsements if one.paper} == {ugu.did, achievement["id"], creator}
    assert [one.verdict for one in found.endorsements] == [VALID] * 3


def changed_words(document: dict[str, Any]) -> None:
    document["credentialSubject"]["endorsementComment"] = "Лучшие на свете."


def changed_issuer(document: dict[str, Any]) -> None:
    document["issuer"]["id"] = "did:web:kol.sever.example"


def without_proof(document: dict[str, Any]) -> None:
    del document["proof"]


@pytest.mark.parametrize("forge", [changed_words, changed_issuer, without_proof])
def test_a_forged_endorsement_fails_the_badge_that_was_signed_with_it(
    campus: Campus, ugu: House, cpo: House, forge: Any
) -> None:
    bare = ugu.draft()
    forged = copy.deepcopy(endorse(cpo, bare["id"]))
    forge(forged)
    found = campus.verify(award(ugu, bare | {"endorsement": [forged]}))

    assert codes(found.report)["proof"] == "signature-holds"
    assert found.verdict is INVALID
    assert leading(found.report).code == "endorsement-forged"
    assert found.endorsements[0].verdict is INVALID
    assert found.endorsements[0].paper is None


def test_whoever_vouched_once_cannot_take_the_badge_away(campus: Campus, ugu: House, cpo: House) -> None:
    revoked = on_badge(ugu, cpo)
    cpo.revoke(write(revoked["endorsement"][0]))
    lapsed = on_badge(ugu, cpo, validUntil="2026-11-23T00:00:00Z")
    campus.now += LATER

    for badge, code in ((revoked, "revoked"), (lapsed, "expired")):
        found = campus.verify(badge)
        assert found.verdict is VALID
        assert endorsement_check(found) == (Outcome.UNKNOWN, "endorsements-partly", False)
        assert leading(found.endorsements[0].report).code == code


def test_a_genuine_endorsement_of_something_else_counts_for_nothing(campus: Campus, ugu: House, cpo: House) -> None:
    stolen = endorse(cpo, "did:web:kol.sever.example")
    document, _ = badge_with(ugu, stolen)
    found = campus.verify(award(ugu, document))

    assert found.verdict is VALID
    assert endorsement_check(found)[1] == "endorsements-partly"
    assert found.endorsements[0].verdict is INVALID
    assert leading(found.endorsements[0].report).code == "endorsement-target"


def test_a_badge_pasted_in_for_an_endorsement_is_not_taken_for_one(campus: Campus, ugu: House) -> None:
    document, _ = badge_with(ugu, json.loads(ugu.award()))
    found = campus.verify(award(ugu, document))

    assert leading(found.endorsements[0].report).code == "endorsement-target"


def test_an_endorsement_by_a_stranger_cannot_be_told(campus: Campus, ugu: House) -> None:
    stranger = campus.join("far", listed=False)
    found = campus.verify(on_badge(ugu, stranger))

    assert found.verdict is VALID
    assert found.endorsements[0].verdict is CANNOT_TELL
    assert leading(found.endorsements[0].report).code == "member-unknown"
    assert found.endorsements[0].issuer == "Организация far", "the name it gives itself"


def test_v19_no_endorser_is_asked_before_the_signature_of_the_badge_holds(campus: Campus, ugu: House) -> None:
    stranger = campus.join("far", listed=False)
    badge = on_badge(ugu, stranger)
    badge["name"] = "Другое"
    campus.asked.clear()
    found = campus.verify(badge)

    assert found.endorsements == ()
    assert not any("far.sever.example" in url for url in campus.asked)


def test_v17_endorsements_send_the_verifier_to_a_bounded_number_of_places(campus: Campus, ugu: House) -> None:
    bare = ugu.draft()
    inside = []
    for number in range(60):
        stranger = campus.join(f"far{number}", listed=False)
        inside.append(stranger.sign(draft_endorsement(stranger, bare["id"])))
    found = campus.verify(award(ugu, bare | {"endorsement": inside}))

    assert sum(".sever.example" in url and "/far" in url for url in campus.asked) <= Policy().nested_lookups
    assert len(found.endorsements) == Policy().endorsements
    assert [check.code for check in found.report.checks if check.name == "endorsements"] == [
        "endorsements-partly",
        "endorsements-many",
    ]


def test_endorsements_in_an_endorsement_are_not_followed(campus: Campus, ugu: House, cpo: House) -> None:
    issuer = {"id": cpo.did, "type": ["Profile"], "name": cpo.name, "endorsement": [endorse(ugu, cpo.did)]}
    found = campus.verify(on_badge(ugu, cpo, issuer=issuer))

    assert found.endorsements[0].verdict is VALID
    assert found.endorsements[0].endorsements == ()


def test_an_endorsement_may_be_a_signed_text(campus: Campus, ugu: House, cpo: House) -> None:
    draft = ugu.draft()
    text = jose.sign_credential(draft_endorsement(cpo, draft["id"]), cpo.signer, jose.VC_JWT)
    found = campus.verify(award(ugu, draft | {"endorsementJwt": [text]}))

    assert found.verdict is VALID
    assert endorsement_check(found)[1] == "endorsements-hold"
    assert found.endorsements[0].issuer == cpo.name


@pytest.mark.parametrize("by_another", [False, True])
def test_a_forged_text_fails_the_badge_too(campus: Campus, ugu: House, cpo: House, by_another: bool) -> None:  # noqa: FBT001
    draft = ugu.draft()
    signer = ugu.signer if by_another else cpo.signer
    text = jose.sign_credential(draft_endorsement(cpo, draft["id"]), signer, jose.VC_JWT)
    found = campus.verify(award(ugu, draft | {"endorsementJwt": [text if by_another else f"{text[:-4]}AAAA"]}))

    assert found.verdict is INVALID
    assert leading(found.report).code == "endorsement-forged"


@pytest.mark.parametrize("text", ["e30.e30.c2ln", "слово", ""])
def test_a_text_that_is_no_endorsement_counts_for_nothing(campus: Campus, ugu: House, text: str) -> None:
    found = campus.verify(award(ugu, ugu.draft() | {"endorsementJwt": [text]}))

    assert [one.verdict for one in found.endorsements] == [INVALID]
    assert found.endorsements[0].paper is None


@pytest.mark.parametrize("member", ["endorsement", "endorsementJwt"])
def test_endorsements_of_another_shape_are_said_to_be_unreadable(campus: Campus, ugu: House, member: str) -> None:
    draft = ugu.draft()
    held = "urn:x:elsewhere" if member == "endorsement" else {"id": "urn:x:elsewhere", "name": "x"}
    found = campus.verify(ugu.sign(draft | {member: held}))

    assert found.verdict is INVALID, "the schema knows no such shape"
    assert endorsement_check(found) == (Outcome.UNKNOWN, "unreadable", False)


def test_an_endorsement_by_itself(campus: Campus, ugu: House, cpo: House) -> None:
    found = campus.verify(endorse(cpo, ugu.did))

    assert found.verdict is VALID
    assert (codes(found.report)["kind"], codes(found.report)["schema"]) == ("kind-endorsement", "schema-ok")
    assert (found.credential, found.shown) == (None, None)
    assert found.paper is not None
    assert found.paper.about == ugu.did


# records ────────────────────────────────────────────────────────────────────────────────────────────────────────


def verdicts(found: Verification) -> list[Verdict]:
    return [one.verdict for one in found.contents]


def test_a_record_is_judged_and_every_credential_in_it_by_itself(campus: Campus, ugu: House, cpo: House) -> None:
    badges = [ugu.award() for _ in range(3)]
    ugu.revoke(badges[1])
    found = campus.verify(record(cpo, *map(json.loads, badges)))

    assert found.verdict is VALID
    assert (codes(found.report)["kind"], codes(found.report)["schema"]) == ("kind-collection", "schema-ok")
    assert verdicts(found) == [VALID, INVALID, VALID]
    assert leading(found.contents[1].report).code == "revoked"
    assert found.contents[0].credential is not None
    assert (found.title, found.issuer) == ("Зачётная книжка", cpo.name)


def test_a_record_vouches_for_nothing_in_it(campus: Campus, ugu: House, cpo: House) -> None:
    badge = json.loads(ugu.award())
    badge["credentialSubject"]["result"][0]["value"] = "100"
    found = campus.verify(record(cpo, badge))

    assert found.verdict is VALID
    assert leading(found.contents[0].report).code == "proof-signature"
    assert found.contents[0].shown is None


def test_a_changed_record_says_nothing_about_its_contents(campus: Campus, ugu: House, cpo: House) -> None:
    document = record(cpo, *(json.loads(ugu.award()) for _ in range(2)))
    document["credentialSubject"]["verifiableCredential"].pop()
    found = campus.verify(document)

    assert found.verdict is INVALID
    assert found.contents == ()


def test_how_things_in_a_record_belong_together(campus: Campus, ugu: House, cpo: House) -> None:
    first, second = (json.loads(ugu.award(title=title)) for title in ("Основы", "Проект"))
    link = Association(Relation.PRECEDES, first["id"], second["id"])
    paper = campus.verify(record(cpo, first, second, associations=(link,))).paper

    assert paper is not None
    assert paper.links == [("Основы", "precedes", "Проект")]
    assert paper.is_partial


def test_endorsements_stand_in_and_beside_the_badges_of_a_record(campus: Campus, ugu: House, cpo: House) -> None:
    badge = on_badge(ugu, cpo)
    found = campus.verify(record(cpo, badge, endorse(cpo, badge["id"])))

    assert verdicts(found) == [VALID, VALID]
    assert found.contents[0].endorsements[0].verdict is VALID
    assert found.contents[1].paper is not None
    assert found.contents[1].paper.about == badge["id"]


def test_a_record_in_a_record_stays_closed(campus: Campus, ugu: House, cpo: House) -> None:
    inner = record(cpo, json.loads(ugu.award()))
    found = campus.verify(record(cpo, inner))

    assert verdicts(found) == [VALID]
    assert found.contents[0].contents == ()
    assert codes(found.contents[0].report)["contents"] == "contents-closed"


def test_a_record_of_something_else_is_refused(campus: Campus, ugu: House, cpo: House) -> None:
    document = record(cpo, json.loads(ugu.award()))
    del document["proof"]
    held = document["credentialSubject"]["verifiableCredential"]
    held[0] = {"@context": held[0]["@context"], "type": ["VerifiablePresentation"], "holder": {"id": "urn:x:y"}}
    found = campus.verify(cpo.sign(document))

    assert found.verdict is INVALID
    assert codes(found.report)["contents"] == "unreadable"


def test_limits_hold_for_each_credential_and_not_for_the_record(campus: Campus, ugu: House, cpo: House) -> None:
    badge = json.loads(ugu.award())
    many = record(cpo, *([badge] * 60))
    assert len(write(many)) > Policy().credential_bytes

    found = campus.verify(many)
    assert found.verdict is VALID
    assert verdicts(found) == [VALID] * 60
    with pytest.raises(FileTooLarge):
        campus.verify({**badge, "name": "x" * 300_000})


def test_a_record_in_a_presentation(campus: Campus, ugu: House, cpo: House) -> None:
    shown = campus.present([write(record(cpo, json.loads(ugu.award())))], make_holder("alina"))
    found = campus.verify_presentation(shown)

    assert [item.verdict for item in found.items] == [VALID]
    assert verdicts(found.items[0]) == [VALID]


def test_an_endorser_that_was_asked_once_is_not_asked_again(campus: Campus, ugu: House) -> None:
    stranger = campus.join("far", listed=False)
    bare = ugu.draft()
    inside = [endorse(stranger, bare["id"]), endorse(stranger, bare["id"])]
    campus.verify(award(ugu, bare | {"endorsement": inside}))
    asked = [url for url in campus.asked if "far.sever.example" in url]

    assert asked
    assert len(asked) == len(set(asked))


_NAMES = st.sampled_from(("endorsement", "endorsementJwt", "name", "эндорсмент")) | st.text(max_size=3)
_VALUES = st.recursive(
    st.text(max_size=3), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3)
)


@given(st.dictionaries(_NAMES, _VALUES, max_size=3), st.booleans())
def test_a_text_without_the_word_mentions_no_endorsement(document: dict[str, Any], ascii_only: bool) -> None:  # noqa: FBT001 - drawn
    text = json.dumps(document, ensure_ascii=ascii_only).encode()

    assert endorsement.may_mention(text) or not endorsement.is_mentioned(document)


@pytest.mark.parametrize("name", ["endorsement", "endorsementJwt"])
def test_a_name_written_with_escapes_is_not_missed(name: str) -> None:
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in name)
    text = f'{{"{escaped}": []}}'.encode()

    assert name in json.loads(text)
    assert endorsement.may_mention(text)
