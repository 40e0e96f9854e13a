"""Records of other places as people read them: decisions, plans, consents, with what is known of who answers for each file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any, Final

from sqlmodel import Session, col, select

from keys.did import controller_of
from keys.errors.proofs import ProofInvalid
from keys.errors.written import BadDid
from keys.proofs import proofs_of
from keys.sealed import unseal
from schemas.errors import NotFound, ZachetkaError
from schemas.reading import read_json
from schemas.refusals import Refused
from verifier.verify import Verifier
from wallet_web.moving.archive import FILE_BYTES
from wallet_web.tables import KeptFile

LINES_MOST: Final = 1_000
DEEPEST: Final = 8
LISTS: Final = frozenset({"decisions", "plan", "consents", "shares", "objections"})
"""Sections whose files are lists that a wallet has written, so that their words are known."""


class Answers(StrEnum):
    """Who answers for a file that came with an archive."""

    SEAL = "seal"  # an organisation of the network has sealed this very document
    LIST = "list"  # an organisation of the network has sealed the list in which it stands
    BROKEN = "broken"  # it names an organisation of the network whose seal is not on it
    NOBODY = "nobody"  # nobody that the network knows


@dataclass(frozen=True, slots=True)
class Read:
    """One file: who answers for it and by which name, what it says as pairs of a field's name and a text."""

    file: KeptFile
    answers: Answers
    name: str
    lines: tuple[tuple[str, str], ...]


def listed(session: Session, learner: str) -> list[KeptFile]:
    """Every file of other places, the newest first."""
    rows = select(KeptFile).where(KeptFile.learner == learner)
    return list(session.exec(rows.order_by(col(KeptFile.arrived_at).desc(), col(KeptFile.origin), col(KeptFile.path))))


def find(session: Session, learner: str, digest: str) -> KeptFile:
    """The learner's file with this SHA-256, or `NotFound`."""
    wanted = select(KeptFile).where(KeptFile.learner == learner, KeptFile.digest == digest)
    found = session.exec(wanted.order_by(col(KeptFile.origin), col(KeptFile.path)).limit(1)).first()
    if found is None:
        raise NotFound
    return found


def read(file: KeptFile, verifier: Verifier, now: datetime) -> Read:
    """The file as a page shows it, its seal looked at now."""
    content = bytes(file.content)
    document = _document(content)
    answers, name = _sealed(document, content, verifier, now)
    if answers is Answers.NOBODY:
        answers, name = (Answers.LIST if file.sealed else Answers.NOBODY), file.place
    lines = _lines(document, "", 0) if isinstance(document, list) and file.section in LISTS else iter(())
    return Read(file, answers, name, tuple(islice(lines, LINES_MOST)))


def _document(content: bytes) -> Any:
    """What a file says, if it is JSON."""
    try:
        return read_json(b'{"":' + content + b"}", limit=FILE_BYTES + 8)[""]
    except Refused:
        return None


def _sealed(document: Any, content: bytes, verifier: Verifier, now: datetime) -> tuple[Answers, str]:
    """What a document's own seal says: who, if it is a member of the network and its key has made it."""
    network = verifier.gathering.network(now).list
    did = _sealer(document)
    if network is None or did not in network.members:
        return Answers.NOBODY, ""
    keys = [str(entry.get("multikey")) for entry in network.keys(did)]
    try:
        unseal(content, did, keys, now, limit=FILE_BYTES)
    except (ProofInvalid, Refused):
        return Answers.BROKEN, network.members[did].name
    return Answers.SEAL, network.members[did].name


def _sealer(document: Any) -> str:
    """The DID that the first proof of a document names, "" for none."""
    try:
        first = proofs_of(document)[0] if isinstance(document, dict) else {}
        return controller_of(str(first.get("verificationMethod")))
    except (BadDid, ProofInvalid, ZachetkaError):
        return ""


def _lines(value: Any, name: str, depth: int) -> Iterator[tuple[str, str]]:
    """A list line by line; deeper than any of ours nothing is shown."""
    if isinstance(value, dict) and depth <= DEEPEST:
        for key, one in value.items():
            yield from _lines(one, str(key), depth + 1)
    elif isinstance(value, list) and depth <= DEEPEST:
        for one in value:
            yield from _lines(one, name, depth + 1)
    elif value not in (None, "", {}, []):
        yield name, str(value)
