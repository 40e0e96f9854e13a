"""Open Badges 2.0: confirmed by pages, shown as what it is, never a verified badge of the network."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from keys.errors.published import Unreachable
from schemas.baking import BADGE_2, bake_png, bake_svg
from tests.campus import Campus, write
from tests.campus_old import OldIssuer, rsa_key
from tests.verifier.answers import CANNOT_TELL, INVALID, codes, leading
from tests.verifier.test_verify import PNG, SVG
from verifier.errors import BrokenFile, NotACredential
from verifier.verification import Verification


@pytest.fixture
def old(campus: Campus) -> OldIssuer:
    issuer = OldIssuer(campus)
    issuer.open()
    return issuer


def check(campus: Campus, document: Any) -> Verification:
    return campus.verify(document)


def test_a_hosted_badge_is_confirmed_by_its_page_and_no_more(campus: Campus, old: OldIssuer) -> None:
    found = check(campus, old.award())

    assert found.verdict is CANNOT_TELL
    assert codes(found.report) == {
        "format": "legacy-format",
        "page": "legacy-hosted",
        "status": "legacy-current",
        "dates": "dates-ok",
        "membership": "legacy-confirmed",
    }
    assert leading(found.report).params == {"host": "old.sever.example"}
    assert (found.credential, found.shown) == (None, None)
    assert (found.title, found.issuer) == ("Робототехник", "Дом творчества")


def test_only_pages_that_the_badge_leads_to_are_asked(campus: Campus, old: OldIssuer) -> None:
    check(campus, old.award())

    assert campus.asked == [old.url(path) for path in ("assertions/1", "badge", "issuer")]


def changed_page(**changes: Any) -> Callable[[OldIssuer, dict[str, Any]], None]:
    def change(old: OldIssuer, document: dict[str, Any]) -> None:
        old.campus.pages[document["id"]] = write(document | changes)

    return change


def page_of(path: str, **changes: Any) -> Callable[[OldIssuer, dict[str, Any]], None]:
    def change(old: OldIssuer, _: dict[str, Any]) -> None:
        held = json.loads(old.campus.pages[old.url(path)])
        old.campus.pages[old.url(path)] = write(
            {key: value for key, value in (held | changes).items() if value is not None}
        )

    return change


def gone(path: str) -> Callable[[OldIssuer, dict[str, Any]], None]:
    return lambda old, _: old.campus.gone.add(old.url(path))


HOSTED = [
    (changed_page(narrative="Другое"), INVALID, "legacy-changed"),
    (changed_page(revoked=True, revocationReason="Ошибка"), INVALID, "revoked"),
    (changed_page(id="https://old.sever.example/assertions/2"), INVALID, "legacy-misplaced"),
    (gone("assertions/1"), CANNOT_TELL, "legacy-unreachable"),
    (gone("badge"), CANNOT_TELL, "legacy-unreachable"),
    (gone("issuer"), CANNOT_TELL, "legacy-unreachable"),
    (page_of("badge", id="https://old.sever.example/other"), INVALID, "legacy-misplaced"),
    (page_of("issuer", id="https://old.sever.example/other"), INVALID, "legacy-misplaced"),
    (page_of("badge", type="Issuer"), INVALID, "unreadable"),
    (page_of("badge", name=None), INVALID, "unreadable"),
    (page_of("issuer", verification={"startsWith": "https://old.sever.example/other/"}), INVALID, "legacy-foreign"),
    (page_of("issuer", verification={"allowedOrigins": "new.sever.example"}), INVALID, "legacy-foreign"),
    (lambda old, _: old.campus.pages.update({old.url("badge"): b"<html>"}), CANNOT_TELL, "legacy-page"),
]


@pytest.mark.parametrize(("change", "verdict", "code"), HOSTED)
def test_pages_that_do_not_confirm(
    campus: Campus, old: OldIssuer, change: Callable[[OldIssuer, dict[str, Any]], None], verdict: Any, code: str
) -> None:
    document = old.award()
    change(old, document)
    found = check(campus, document)

    assert found.verdict is verdict
    assert leading(found.report).code == code
    assert found.paper is None or code == "expired"


def test_a_page_that_is_gone_for_good_has_revoked_the_badge(campus: Campus, old: OldIssuer) -> None:
    document = old.award()

    class Gone:
        def get(self, url: str) -> bytes:
            if url == document["id"]:
                raise Unreachable(host=url, reason="status 410")
            return campus.get(url)

    verifier = campus.make_verifier()
    verifier.gathering = type(verifier.gathering)(
        fetcher=Gone(), operator=verifier.gathering.operator, policy=verifier.policy, memory=verifier.memory
    )
    found = verifier.verify(write(document), now=campus.now)

    assert leading(found.report).code == "revoked"


def test_anybody_may_publish_an_assertion_of_somebody_elses_badge(campus: Campus, old: OldIssuer) -> None:
    thief = OldIssuer(campus, "thief.example")
    found = check(campus, thief.award(badge=old.url("badge")))
    assert leading(found.report).code == "legacy-foreign"

    thief.open()
    page_of("badge", issuer=old.url("issuer"))(thief, {})
    found = check(campus, thief.award())
    assert leading(found.report).code == "legacy-foreign"
    assert found.paper is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"expires": "2026-11-01T00:00:00Z"}, "expired"),
        ({"expires": "2026-01-01T00:00:00Z"}, "dates-reversed"),
        ({"issuedOn": "2027-01-01T00:00:00Z"}, "not-yet-valid"),
        ({"issuedOn": "вчера"}, "bad-timestamp"),
        ({"verification": {"type": "Oath"}}, "unreadable"),
        ({"verification": []}, "unreadable"),
        ({"recipient": "alina@example.org"}, "unreadable"),
        ({"badge": 5}, "unreadable"),
    ],
)
def test_what_the_assertion_says_itself(campus: Campus, old: OldIssuer, changes: dict[str, Any], code: str) -> None:
    found = check(campus, old.award(**changes))

    assert found.verdict is INVALID
    assert leading(found.report).code == code


def test_an_embedded_badge_is_read_from_its_page(campus: Campus, old: OldIssuer) -> None:
    badge = json.loads(campus.pages[old.url("badge")]) | {"name": "Академик"}
    found = check(campus, old.award(badge=badge))

    assert found.title == "Робототехник"


def test_an_address_that_is_none_confirms_nothing(campus: Campus, old: OldIssuer) -> None:
    found = check(campus, old.assertion(id="urn:uuid:1"))

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == "legacy-address"


# pictures ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_baked_badge_is_the_same_badge(campus: Campus, old: OldIssuer) -> None:
    text = write(old.award()).decode()

    for picture in (bake_png(PNG, text, BADGE_2), bake_svg(SVG, text, BADGE_2)):
        found = campus.verify(picture)
        assert codes(found.report)["page"] == "legacy-hosted"


def test_a_baked_address_leads_to_the_badge(campus: Campus, old: OldIssuer) -> None:
    document = old.award()
    found = campus.verify(bake_png(PNG, document["id"], BADGE_2))

    assert found.title == "Робототехник"
    with pytest.raises(BrokenFile):
        campus.verify(document["id"].encode())


def test_an_older_badge_still_is_none(campus: Campus, old: OldIssuer) -> None:
    with pytest.raises(NotACredential):
        campus.verify(old.award(**{"@context": "https://w3id.org/openbadges/v1"}))


# signed ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_signed_badge_is_confirmed_by_a_key_on_the_issuers_page(campus: Campus, old: OldIssuer) -> None:
    found = campus.verify(old.sign())

    assert found.verdict is CANNOT_TELL
    assert codes(found.report)["proof"] == "legacy-signed"
    assert codes(found.report)["status"] == "status-unlisted"
    assert leading(found.report).code == "legacy-confirmed"
    assert found.title == "Робототехник"
    assert codes(campus.verify(bake_svg(SVG, old.sign().decode(), BADGE_2)).report)["proof"] == "legacy-signed"


def tampered(old: OldIssuer) -> bytes:
    head, _, signature = old.sign().split(b".")
    return b".".join([head, old.sign(narrative="Другое").split(b".")[1], signature])


SIGNED: list[tuple[Callable[[OldIssuer], bytes], Any, str]] = [
    (lambda old: old.sign(rsa_key(1)), INVALID, "proof-signature"),
    (tampered, INVALID, "proof-signature"),
    (lambda old: old.sign(algorithm="HS256"), INVALID, "proof-signature"),
    (lambda old: old.sign(algorithm="none"), INVALID, "proof-signature"),
    (lambda old: old.sign(verification={"type": "SignedBadge", "creator": old.url("mine")}), INVALID, "key-not-listed"),
    (lambda old: write(old.assertion(verification={"type": "SignedBadge"})), INVALID, "proof-missing"),
    (lambda old: old.sign(expires="2026-11-01T00:00:00Z"), INVALID, "expired"),
    (lambda old: old.sign(revoked=True), INVALID, "revoked"),
]


@pytest.mark.parametrize(("make", "verdict", "code"), SIGNED)
def test_signatures_that_say_nothing(
    campus: Campus, old: OldIssuer, make: Callable[[OldIssuer], bytes], verdict: Any, code: str
) -> None:
    found = campus.verify(make(old))

    assert found.verdict is verdict
    assert leading(found.report).code == code


def test_o7_a_signed_badge_in_the_issuers_list_is_revoked(campus: Campus, old: OldIssuer) -> None:
    signed = old.sign()
    name = old.assertion(id="urn:uuid:8d1f2a52-7a5c-4e43-9f36-0a3b1c1d8e01")["id"]
    for rows in ([name], [{"id": name, "revocationReason": "Ошибка"}]):
        old.publish("revoked", type="RevocationList", issuer=old.url("issuer"), revokedAssertions=rows)
        assert leading(campus.verify(signed).report).code == "revoked"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (gone("revoked"), "status-unreachable"),
        (page_of("revoked", issuer="https://thief.example/"), "status-foreign"),
        (page_of("revoked", revokedAssertions=[5]), "status-malformed"),
        (page_of("key", owner="https://thief.example/"), "key-controller"),
        (page_of("key", publicKeyPem="-----BEGIN PUBLIC KEY-----"), "key-unreadable"),
        (gone("key"), "legacy-unreachable"),
        (page_of("issuer", publicKey=None), "key-not-listed"),
    ],
)
def test_keys_and_lists_that_cannot_be_relied_on(
    campus: Campus, old: OldIssuer, change: Callable[[OldIssuer, dict[str, Any]], None], code: str
) -> None:
    signed = old.sign()
    change(old, {})
    found = campus.verify(signed)

    assert found.verdict is not CANNOT_TELL or leading(found.report).code == code
    assert code in codes(found.report).values()


def test_a_key_in_the_profile_itself_needs_no_page(campus: Campus, old: OldIssuer) -> None:
    key = json.loads(campus.pages[old.url("key")])
    page_of("issuer", publicKey=key)(old, {})
    campus.gone.add(old.url("key"))

    assert codes(campus.verify(old.sign()).report)["proof"] == "legacy-signed"


# whose it is ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("algorithm", ["sha256", "md5"])
def test_o6_whose_badge_it_is_can_be_asked(campus: Campus, old: OldIssuer, algorithm: str) -> None:
    digest = hashlib.new(algorithm, "alina@example.orgсоль".encode(), usedforsecurity=False).hexdigest()
    recipient = {"type": "email", "hashed": True, "salt": "соль", "identity": f"{algorithm}${digest}"}
    document = write(old.award(recipient=recipient))

    for asked, code in (("Alina@example.org ", "recipient-same"), ("oleg@example.org", "recipient-other")):
        found = campus.verify(document, recipient=asked)
        assert codes(found.report)["recipient"] == code
        assert found.verdict is CANNOT_TELL
        assert "@" not in str(found.report.to_json())
