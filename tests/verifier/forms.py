"""Every form in which a credential is shown, genuine, with how to read what it says; what mutations start from."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from keys import jose
from keys.multikey import P256, P384
from keys.proofs import ECDSA_JCS, JCS, derive
from schemas.baking import bake_png, bake_svg, unbake_png, unbake_svg
from schemas.canonical import canonicalize
from schemas.errors import ZachetkaError
from tests.campus import Campus, House, make_holder, write
from tests.campus_papers import record
from tests.verifier.test_verify import PNG, SVG
from verifier.answers import ask
from verifier.errors import NotACredential
from verifier.verdict import Verdict

FRAME = ("/issuer", "/validFrom", "/awardedDate", "/credentialStatus")


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says, equal for two files only where they mean the same, and the proofs that stand beside it."""

    content: object
    proofs: frozenset[tuple[bytes, str]] = frozenset()


Says = Callable[[bytes], Said]


@dataclass(frozen=True, slots=True)
class Form:
    """One genuine file; `says` reads what is signed in it."""

    data: bytes
    kind: str
    says: Says


def accepted(campus: Campus, data: bytes) -> bool:
    """Whether this network's verifier takes what is in a file for valid."""
    try:
        return ask(campus.verifier, data, campus.now).report.verdict is Verdict.VALID
    except NotACredential:
        return False


def same(form: Form, data: bytes) -> bool:
    """Whether a file provably says what the genuine one says, under the same proofs; a stranger's proof beside them is none."""
    try:
        found, genuine = form.says(data), form.says(form.data)
    except (ZachetkaError, ValueError, KeyError, TypeError, AttributeError):
        return False
    return found.content == genuine.content and found.proofs >= genuine.proofs


def document(data: bytes) -> Said:
    """A document by its canonical form, its proofs each by theirs."""
    found = json.loads(data)
    proofs = found["proof"] if isinstance(found["proof"], list) else [found["proof"]]
    content = canonicalize({name: value for name, value in found.items() if name != "proof"})
    options = [
        (_options(proof, found["@context"]), proof) for proof in proofs if isinstance(proof.get("proofValue"), str)
    ]
    return Said(content, frozenset((canonical, proof["proofValue"]) for canonical, proof in options))


def _options(proof: Mapping[str, Any], context: object) -> bytes:
    own = {name: value for name, value in proof.items() if name not in ("proofValue", "@context")}
    try:
        return canonicalize({**own, "@context": context})
    except ZachetkaError:
        return repr(own).encode()


def text(data: bytes) -> Said:
    """A signed text by its letters."""
    return Said(data.strip())


def parts(genuine: bytes) -> Says:
    """A text with disclosures by what it shows, which its holder may choose: every one must be one of the genuine ones."""
    known = frozenset(genuine.split(b"~")[1:])

    def says(data: bytes) -> Said:
        signed, *shown = data.strip().split(b"~")
        return Said((signed, known.issuperset(shown)))

    return says


def baked(unbake: Callable[[bytes], str], inner: Says) -> Says:
    """A picture by what is in it."""
    return lambda data: inner(unbake(data).encode())


def make_forms(campus: Campus) -> dict[str, Form]:
    """One of each, all of them valid."""
    ugu = campus.join("ugu", name="Северный открытый университет", licence="Л-030")
    on_256, on_384 = (_curved(campus, kind) for kind in (P256, P384))
    badge, token = ugu.award(), ugu.award_text()
    concealed = _concealed(ugu)
    return {
        "eddsa-rdfc-2022": Form(badge, "json", document),
        "eddsa-jcs-2022": Form(_signed(ugu, JCS), "json", document),
        "ecdsa-rdfc-2019": Form(_signed(on_256), "json", document),
        "ecdsa-jcs-2019": Form(_signed(on_384, ECDSA_JCS), "json", document),
        "ecdsa-sd-2023": Form(
            write(derive(on_256.award_in_parts(*FRAME), ["/name", "/credentialSubject/result"])), "json", document
        ),
        "chain": Form(_chain(ugu, on_256), "json", document),
        "vc+jwt": Form(token, "text", text),
        "Open Badges JWT": Form(ugu.award_text(jose.OPEN_BADGES), "text", text),
        "ES256": Form(on_256.award_text(), "text", text),
        "SD-JWT": Form(concealed, "disclosures", parts(concealed)),
        "PNG": Form(bake_png(PNG, badge.decode()), "png", baked(unbake_png, document)),
        "PNG with JWT": Form(bake_png(PNG, token.decode()), "png", baked(unbake_png, text)),
        "SVG": Form(bake_svg(SVG, badge.decode()), "svg", baked(unbake_svg, document)),
        "SVG with JWT": Form(bake_svg(SVG, token.decode()), "svg", baked(unbake_svg, text)),
        "presentation": Form(campus.present([badge], make_holder("alina")), "json", document),
        "CLR": Form(write(record(ugu, json.loads(badge))), "json", document),
    }


def _curved(campus: Campus, kind: str) -> House:
    house = campus.join(f"u{kind[-3:]}", name="Институт", licence="Л-031")
    house.keys.clear()
    house.rotate(kind)
    return house


def _signed(house: House, suite: str = "") -> bytes:
    signed = house.sign(house.draft(), suite=suite)
    house.deposit(signed)
    return write(signed)


def _chain(ugu: House, other: House) -> bytes:
    chained = ugu.sign(other.sign(ugu.draft(), proof_id="urn:uuid:1"), previous="urn:uuid:1")
    ugu.deposit(chained)
    return write(chained)


def _concealed(house: House) -> bytes:
    drafted = house.draft()
    house.deposit(drafted)
    return jose.conceal(
        drafted, house.signer, ["/name", "/credentialSubject/result"], jose.VC_SD_JWT, decoys=0
    ).encode()


def decoded(piece: bytes) -> bytes:
    """A part of a token without its base64url."""
    return base64.urlsafe_b64decode(piece + b"=" * (-len(piece) % 4))


def encoded(content: bytes) -> bytes:
    """The same again."""
    return base64.urlsafe_b64encode(content).rstrip(b"=")
