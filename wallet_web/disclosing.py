"""Showing a badge in part, where its issuer signed it so (ecdsa-sd-2023, SD-JWT): which parts may be left out, and the rest.

What the issuer made mandatory always stays. A badge under a base proof is for its holder alone and is never shown as it is: what
leaves the wallet is derived from it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from keys import jose
from keys.errors.proofs import ProofInvalid, SelectionError
from keys.jose import Token
from keys.jose.errors import TokenInvalid
from keys.proofs import derive, is_base_proof, proofs_of
from keys.proofs.sd.values import BaseValue
from schemas.errors import N_
from schemas.reading import read_json
from schemas.refusals import Refused

_SUBJECT: Final = "/credentialSubject"
_ALWAYS: Final = frozenset(
    {
        "@context",
        "id",
        "type",
        "proof",
        "issuer",
        "validFrom",
        "credentialStatus",
        "credentialSubject",
        "credentialSchema",
    }
)
_TEXT: Final = b"~"
WORDS: Final[Mapping[str, str]] = {
    "name": N_("Название"),
    "description": N_("Описание"),
    "image": N_("Картинка"),
    "evidence": N_("Работы"),
    "endorsement": N_("Рекомендации"),
    "validUntil": N_("Срок действия"),
    "awardedDate": N_("Дата вручения"),
    "achievement": N_("Достижение"),
    "result": N_("Результаты и отметки"),
    "identifier": N_("Номер владельца, скрытый отпечатком"),
    "narrative": N_("Рассказ о работе"),
    "creditsEarned": N_("Зачётные единицы"),
    "activityStartDate": N_("Начало занятий"),
    "activityEndDate": N_("Конец занятий"),
    "role": N_("Роль"),
    "term": N_("Период"),
    "source": N_("Кто оценивал"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Something that may be left out; `word` is its name as a message id, or the document's own where we have none."""

    pointer: str
    word: str


class Divided(NamedTuple):
    """What of a badge was shown and what was left out, each by the words of its parts."""

    title: str
    shown: list[str]
    left_out: list[str]


def parts(document: bytes) -> tuple[Part, ...]:
    """The parts of a badge that its holder may leave out; none where it was signed as a whole."""
    token, whole = _token(document), _based(document)
    if token is not None:
        return tuple(_part(place) for place in token.places)
    return tuple(_part(pointer) for pointer in _choices(whole)) if whole is not None else ()


def shown(document: bytes, pointers: Iterable[str]) -> bytes:
    """The badge with just these of its `parts`; one that was signed as a whole stays as it is.

    Raises `SelectionError` where nothing would be shown.
    """
    wanted, known = set(pointers), {part.pointer for part in parts(document)}
    token, whole = _token(document), _based(document)
    if token is not None and known:
        return jose.disclose(token, wanted & known).encode()
    if whole is None:
        return document
    derived = derive(whole, _kept(whole, known - wanted))
    return json.dumps(derived, ensure_ascii=False).encode()


def whole(document: bytes) -> bytes:
    """The badge with everything in it, as the wallet itself checks it; what cannot be derived from stays as it is."""
    if _based(document) is None:
        return document
    try:
        return shown(document, [part.pointer for part in parts(document)])
    except (ProofInvalid, SelectionError, Refused):
        return document


def divided(title: str, document: bytes, pointers: Iterable[str]) -> Divided | None:
    """How a choice among the `parts` of a badge divides it; None where all of it is shown."""
    known, wanted = parts(document), set(pointers)
    left_out = [part.word for part in known if part.pointer not in wanted]
    return Divided(title, [part.word for part in known if part.pointer in wanted], left_out) if left_out else None


def kept(document: bytes, derived: bytes) -> list[str]:
    """Which of the `parts` of a badge a copy that was made by `shown` still holds."""
    if _token(document) is not None:
        return [part.pointer for part in parts(derived)]
    read = read_json(derived)
    return [part.pointer for part in parts(document) if _holds(read, part.pointer)]


def _holds(document: Mapping[str, Any], pointer: str) -> bool:
    subject, name = document.get("credentialSubject"), pointer.rpartition("/")[2]
    inside = subject if pointer.startswith(f"{_SUBJECT}/") else document
    return isinstance(inside, Mapping) and name in inside


def _token(document: bytes) -> Token | None:
    if _TEXT not in document or document.lstrip()[:1] == b"{":
        return None
    try:
        token = jose.read(document.decode("ascii", "replace").strip())
    except (TokenInvalid, Refused):
        return None
    return token if token.places else None


def _based(document: bytes) -> dict[str, Any] | None:
    """The document under a base proof; None for any other."""
    if b"ecdsa-sd-2023" not in document:
        return None
    try:
        read = read_json(document)
    except Refused:
        return None
    return read if any(is_base_proof(proof) for proof in proofs_of(read)) else None


def _choices(document: Mapping[str, Any]) -> list[str]:
    """The members of the badge and of its subject that are not mandatory."""
    must = _mandatory(document)
    subject = document.get("credentialSubject")
    members = [f"/{name}" for name in document if name not in _ALWAYS]
    if isinstance(subject, Mapping):
        members += [f"{_SUBJECT}/{name}" for name in subject if name not in _ALWAYS]
    return [one for one in members if not any(_lies_in(one, pointer) for pointer in must)]


def _kept(document: Mapping[str, Any], left_out: Iterable[str]) -> list[str]:
    """Pointers to everything but what is left out."""
    out = set(left_out)
    top = [f"/{name}" for name in document if name not in {"@context", "id", "type", "proof", "credentialSubject"}]
    subject, inside = document.get("credentialSubject"), [_SUBJECT]
    if isinstance(subject, Mapping):
        inside = [f"{_SUBJECT}/{name}" for name in subject if name not in {"id", "type"}]
    return [one for one in (*top, *inside) if one not in out]


def _mandatory(document: Mapping[str, Any]) -> list[str]:
    proof = next(proof for proof in proofs_of(document) if is_base_proof(proof))
    return list(BaseValue.read(str(proof["proofValue"])).mandatory)


def _lies_in(pointer: str, outer: str) -> bool:
    return pointer == outer or pointer.startswith(f"{outer}/")


def _part(pointer: str) -> Part:
    names = [name for name in pointer.split("/") if name and not name.isdecimal()]
    last = names[-1].replace("~1", "/").replace("~0", "~")[:60] if names else pointer
    return Part(pointer, WORDS.get(last, last))
