"""Signs what was written down, and looks at the result as a stranger would before it is given out."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from issuer.compose import CONTEXTS
from issuer.errors.orders import OwnOutputWrong
from keys import proofs
from keys.multikey import decode
from keys.signer import Signer
from schemas.canonical import canonicalize, label_general
from schemas.errors import BadInput
from schemas.reading import read_json
from schemas.validate import validate

_SAMPLED = 100
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class ToSign:
    """What a transaction wrote down for signing; `token` must still be the award's own when the signature is kept.

    Of badges of one shape the schema is asked only where the task is `thorough`, and for a sample; all else holds for each.
    """

    unsigned: bytes
    content_hash: str
    signed_at: datetime
    signer: Signer
    token: str
    thorough: bool = True


def to_bytes(document: dict[str, Any]) -> bytes:
    """A document as it is stored and handed out."""
    return _encode(document).encode()


def sign(task: ToSign) -> bytes:
    """The signed bytes; the same for the same task, always. Raises `OwnOutputWrong`."""
    signed = seal(task.unsigned, list(CONTEXTS), task.content_hash, task.signer, task.signed_at)
    try:
        _check(signed, task)
    except BadInput as error:
        raise OwnOutputWrong from error
    return signed


def seal(unsigned: bytes, context: object, content: str, signer: Signer, created: datetime) -> bytes:
    """The bytes of a document without proofs, with one: `content` is its content hash, `context` its `@context`.

    Nothing of it is looked at again here; whoever gives the result out has checked it.
    """
    proof = proofs.prove(context, bytes.fromhex(content.removeprefix("sha256:")), signer, created=created)
    return b"".join((unsigned[:-1], b',"proof":[', to_bytes(proof), b"]}"))


def _check(signed: bytes, task: ToSign) -> None:
    """Parsed back from its bytes: the proof holds under the public key, the content is the planned one, the schema is kept."""
    document = read_json(signed)
    [proof] = proofs.proofs_of(document)
    secured = proofs.Secured(document)
    proofs.check(secured, proof, decode(task.signer.multikey))
    if task.thorough or _is_sample(task):
        validate(document)
    if _is_sample(task) and label_general(secured.bare).text != canonicalize(secured.bare):
        raise OwnOutputWrong
    if secured.content_hash() != task.content_hash or proof["verificationMethod"] != task.signer.method:
        raise OwnOutputWrong


def _is_sample(task: ToSign) -> bool:
    """One badge in a hundred, chosen by its content, is looked at by the general path as well."""
    return int(task.content_hash[-8:], 16) % _SAMPLED == 0
