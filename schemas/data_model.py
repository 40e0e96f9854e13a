"""What the W3C data model asks of every credential and presentation beside contexts (VCDM 2.0 §4, §5; 1.1 as far as it is read).

One function for each clause. That words have a meaning and identifiers are whole, canonicalising finds out
(`schemas.canonical`); here stand the rules that a processor of JSON-LD knows nothing of. Pure; a broken rule is a refusal.
"""

import hashlib
import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from typing import Any, Final

from schemas import fields
from schemas.canonical.contexts import is_older_model
from schemas.canonical.iris import is_absolute
from schemas.dates import read_timestamp
from schemas.errors import N_
from schemas.loader import BUNDLED, Contexts
from schemas.reading import pointer_to
from schemas.refusals import Refused, Unreadable

CREDENTIAL: Final = "VerifiableCredential"
PRESENTATION: Final = "VerifiablePresentation"
ENVELOPED: Final = "EnvelopedVerifiableCredential"
_TYPED: Final = ("credentialStatus", "credentialSchema", "refreshService", "termsOfUse", "evidence")
_SRI: Final = re.compile(r"(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})", re.ASCII)
_MULTIBASE: Final = re.compile(r"u([A-Za-z0-9_-]+)", re.ASCII)
_SHA256_HEADER: Final = bytes((0x12, 0x20))


class PeriodReversed(Refused):
    """The credential ends before it begins (§4.9)."""

    code = "period-reversed"
    sentence = N_("Срок действия заканчивается раньше, чем начинается. Попросите организацию выдать файл заново.")


class DigestWrong(Refused):
    """A related resource that we have is not the one that the issuer meant (§5.3)."""

    code = "related-digest"
    sentence = N_("Документ, на который ссылается файл, с тех пор изменился. Попросите организацию выдать файл заново.")


def check_credential(document: dict[str, Any], contexts: Contexts = BUNDLED) -> None:
    """Raise the first refusal of a credential."""
    _check_type(document, CREDENTIAL)
    _check_identifier(document, "")
    _check_issuer(document)
    _check_subjects(document)
    _check_period(document)
    _check_texts(document)
    _check_typed(document)
    _check_schemas(document)
    _check_related(document, contexts)


def check_presentation(document: dict[str, Any]) -> None:
    """Raise the first refusal of a presentation; the credentials inside are judged each by itself (§4.13)."""
    _check_type(document, PRESENTATION)
    _check_identifier(document, "")
    if "holder" in document:
        _check_url(fields.reference(document, "holder"), "/holder", "holder")
    for pointer, credential in fields.objects(document, "verifiableCredential"):
        if not {CREDENTIAL, ENVELOPED} & set(fields.strings(credential, "type", pointer)):
            raise Unreadable(pointer=pointer_to(pointer, "type"), field="type")
    for pointer, policy in fields.objects(document, "termsOfUse"):
        _require_type(policy, pointer)


def _check_type(document: dict[str, Any], wanted: str) -> None:
    """§4.5: one value of `type` says what it is."""
    if wanted not in fields.strings(document, "type"):
        raise Unreadable(pointer="/type", field="type")


def _check_identifier(document: dict[str, Any], pointer: str) -> None:
    """§4.4: an `id`, where there is one, is a single URL."""
    if "id" in document:
        _check_url(document["id"], pointer_to(pointer, "id"), "id")


def _check_url(value: object, pointer: str, field: str) -> None:
    if not isinstance(value, str) or not is_absolute(value):
        raise Unreadable(pointer=pointer, field=field)


def _check_issuer(document: dict[str, Any]) -> None:
    """§4.7: a URL, or an object with one as its `id`."""
    _check_url(fields.reference(document, "issuer"), "/issuer", "issuer")


def _check_subjects(document: dict[str, Any]) -> None:
    """§4.8: one or more objects of which something is claimed."""
    subjects = fields.objects(document, "credentialSubject")
    for pointer, subject in subjects:
        if not subject:
            raise Unreadable(pointer=pointer, field="credentialSubject")
        _check_identifier(subject, pointer)
    if not subjects:
        raise Unreadable(pointer="/credentialSubject", field="credentialSubject")


def _check_period(document: dict[str, Any]) -> None:
    """§4.9: instants with a zone; in the data model 1.1 the day of issue is required (VC 1.1 §4.6)."""
    for name in _period(document):
        written = fields.optional(document, name)
        if written is not None:
            read_timestamp(written, pointer=f"/{name}")
        elif name == "issuanceDate":
            raise Unreadable(pointer=f"/{name}", field=name)


def check_order(document: dict[str, Any]) -> None:
    """§4.9: the end is not before the beginning. For those who sign; a verifier says of it what it says of dates."""
    written = [fields.optional(document, name) for name in _period(document)]
    begins, ends = (None if text is None else read_timestamp(text) for text in written)
    if begins is not None and ends is not None and ends < begins:
        raise PeriodReversed(pointer=f"/{_period(document)[1]}")


def _period(document: dict[str, Any]) -> tuple[str, str]:
    return ("issuanceDate", "expirationDate") if is_older_model(document) else ("validFrom", "validUntil")


def _check_texts(document: dict[str, Any]) -> None:
    """§4.6: names and descriptions of the credential and its issuer are texts, or texts with their language."""
    issuer = document.get("issuer")
    for pointer, holder in (("", document), ("/issuer", issuer)):
        for name in ("name", "description"):
            values = fields.many(holder, name) if isinstance(holder, dict) else []
            if not all(isinstance(value, str) or _is_tagged(value) for value in values):
                raise Unreadable(pointer=pointer_to(pointer, name), field=name)


def _is_tagged(value: object) -> bool:
    """§11.1: a language value object has a text, its language, its direction and nothing else."""
    return (
        isinstance(value, Mapping)
        and isinstance(value.get("@value"), str)
        and value.keys() <= {"@value", "@language", "@direction"}
    )


def _check_typed(document: dict[str, Any]) -> None:
    """§4.10, §4.11, §5.4-§5.6: each says its type, and where it has an `id` that is one URL."""
    for name in _TYPED:
        for pointer, value in fields.objects(document, name):
            _require_type(value, pointer)
            _check_identifier(value, pointer)


def _require_type(value: dict[str, Any], pointer: str) -> None:
    if not fields.strings(value, "type", pointer):
        raise Unreadable(pointer=pointer_to(pointer, "type"), field="type")


def _check_schemas(document: dict[str, Any]) -> None:
    """§4.11: a schema is named by its URL."""
    for pointer, schema in fields.objects(document, "credentialSchema"):
        _check_url(schema.get("id"), pointer_to(pointer, "id"), "id")


def _check_related(document: dict[str, Any], contexts: Contexts) -> None:
    """§5.3: each resource once, with a digest; what is at hand must have that digest, and nothing is fetched."""
    seen: set[str] = set()
    for pointer, resource in fields.objects(document, "relatedResource"):
        name = fields.required(resource, "id", pointer)
        _check_url(name, pointer_to(pointer, "id"), "id")
        digests = _digests(resource, pointer)
        if name in seen or not digests:
            raise Unreadable(pointer=pointer, field="relatedResource")
        seen.add(name)
        if name in contexts and any(
            hashlib.new(algorithm, contexts.published(name)).digest() != digest for algorithm, digest in digests
        ):
            raise DigestWrong(pointer=pointer)


def _digests(resource: dict[str, Any], pointer: str) -> list[tuple[str, bytes]]:
    """The digests of a resource: `digestSRI` (W3C SRI §3.5) and `digestMultibase` (base64url)."""
    found: list[tuple[str, bytes]] = []
    try:
        for text in fields.strings(resource, "digestSRI", pointer):
            algorithm, value = _matched(_SRI, text)
            found.append((algorithm, _base64(value)))
        for text in fields.strings(resource, "digestMultibase", pointer):
            digest = _base64(_matched(_MULTIBASE, text)[0]).removeprefix(_SHA256_HEADER)
            found.append(("sha256", digest))
    except ValueError:
        raise Unreadable(pointer=pointer, field="relatedResource") from None
    return found


def _matched(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    match = pattern.fullmatch(text)
    if match is None:
        raise ValueError(text[:80])
    return match.groups()


def _base64(text: str) -> bytes:
    try:
        plain = text.rstrip("=").replace("-", "+").replace("_", "/")
        return b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except Base64Error as error:
        raise ValueError(text[:80]) from error
