"""Signs what was written down, and looks at the result as a stranger would before it is given out."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from issuer.errors import OwnOutputWrong
from keys import proofs
from keys.deposits import content_hash
from keys.multikey import decode
from keys.signer import Signer
from schemas.errors import BadInput
from schemas.reading import read_json
from schemas.validate import validate


@dataclass(frozen=True, slots=True)
class ToSign:
    """What a transaction wrote down for signing; `token` must still be the award's own when the signature is kept."""

    unsigned: bytes
    content_hash: str
    signed_at: datetime
    signer: Signer
    token: str


def to_bytes(document: dict[str, Any]) -> bytes:
    """A document as it is stored and handed out."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def sign(task: ToSign) -> bytes:
    """The signed bytes; the same for the same task, always. Raises `OwnOutputWrong`."""
    signed = to_bytes(proofs.add(read_json(task.unsigned), task.signer, created=task.signed_at))
    try:
        _check(signed, task)
    except BadInput as error:
        raise OwnOutputWrong from error
    return signed


def _check(signed: bytes, task: ToSign) -> None:
    """Parsed back from its bytes: the proof holds under the public key, the content is the planned one, the schema is kept."""
    document = read_json(signed)
    [proof] = proofs.proofs_of(document)
    proofs.check(document, proof, decode(task.signer.multikey))
    validate(document)
    if content_hash(document) != task.content_hash or proof["verificationMethod"] != task.signer.method:
        raise OwnOutputWrong
