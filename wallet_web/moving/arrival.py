"""An archive of elsewhere into this wallet: looked at first, then taken in, all of it or nothing.

A badge counts by its own signature wherever it arrives. Every other file is kept as a record of the place it comes from; what the
learner has said there of themselves is written down here besides (`reviving`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import uuid4

from sqlmodel import Session, col, delete, select

from keys.deps import Learner
from keys.errors.proofs import ProofInvalid
from keys.sealed import unseal
from schemas.credential import Credential
from schemas.errors import NotFound
from schemas.identity import matches
from schemas.refusals import Refused
from verifier.errors import NotACredential
from verifier.verify import Verifier
from wallet_web.collecting import desk, found
from wallet_web.collecting.desk import Known
from wallet_web.collecting.found import Form, Found
from wallet_web.errors import WalletFull
from wallet_web.moving import reviving
from wallet_web.moving.archive import INDEX, MANIFEST_BYTES, Archive, File, unpack
from wallet_web.moving.errors import ArchiveTaken, SealBroken
from wallet_web.moving.reviving import PLACE_MOST
from wallet_web.moving.sections import BADGES, EARLIER, SECTIONS, Taking
from wallet_web.tables import Arrival, Entry, KeptFile, Origin

DAY: Final = timedelta(days=1)
LOOKUPS: Final = 100
KEPT_MOST: Final = 10_000
_PICTURE: Final = re.compile(r"\.picture\.(?:png|svg)")
_EARLIER: Final = re.compile(rf"{EARLIER}/([0-9a-f]{{16}})/(.+)")


class Sealed(StrEnum):
    """What is known of who wrote the manifest."""

    NETWORK = "network"  # an organisation of the network, with its key
    UNKNOWN = "unknown"  # nobody that the network knows


@dataclass(frozen=True, slots=True)
class Line:
    """One file and what would become of it."""

    label: str
    section: str
    known: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What taking an archive in would do. `own` says whether it was made out to this learner's number."""

    archive: Archive
    sealed: Sealed
    own: bool
    lines: tuple[Line, ...]

    def count(self, known: Known) -> int:
        """How many files are new, known, newer or older."""
        return sum(line.known is known for line in self.lines)


def bring(session: Session, learner: str, data: bytes, by: str, now: datetime) -> Arrival:
    """Keep an archive for a day, to be looked at; an earlier one that waits gives way. Raises what `unpack` does."""
    unpack(data)
    session.exec(delete(Arrival).where(col(Arrival.learner) == learner))
    brought = Arrival(id=uuid4().hex, learner=learner, person=by, content=data, at=now)
    session.add(brought)
    session.flush()
    return brought


def find(session: Session, learner: str, arrival: str, now: datetime) -> Arrival:
    """What a learner brought, or `NotFound` where it is somebody else's or older than a day."""
    row = session.get(Arrival, arrival)
    if row is None or row.learner != learner or row.at <= now - DAY:
        raise NotFound
    return row


def look(session: Session, verifier: Verifier, learner: Learner, row: Arrival, now: datetime) -> Outlook:
    """What taking it in would do, file by file, without asking anybody. Raises `ArchiveTaken`, `SealBroken`."""
    if row.taken_at is not None:
        raise ArchiveTaken
    archive = unpack(bytes(row.content))
    return Outlook(
        archive=archive,
        sealed=sealed_by(archive, verifier, now),
        own=matches(_named(archive), learner.number),
        lines=(
            *_badge_lines(session, verifier, learner.id, archive),
            *_file_lines(session, verifier, learner, archive, now),
        ),
    )


def take(session: Session, verifier: Verifier, learner: Learner, row: Arrival, *, holder: str, now: datetime) -> int:
    """Take it in: badges judged now, files kept as they are; how many badges were new. Raises what `look` does."""
    outlook = look(session, verifier, learner, row, now)
    shared = verifier.sharing(LOOKUPS)
    judged = [
        desk.judge(session, shared.verify, learner, one, Origin.ARCHIVE, row.person, holder=holder, now=now)
        for one in _badges(outlook.archive, verifier)
    ]  # every question is asked before anything is written
    for one in judged:  # another badge of the same archive may have been its other version
        desk.keep(session, desk.again(session, one), now)
    _keep_files(session, verifier, learner, outlook, now)
    reviving.revive(session, learner, row.person, outlook.archive, now)
    row.content, row.taken_at = b"", now
    session.add(row)
    session.flush()
    return sum(one.known in {Known.NEW, Known.NEWER} for one in judged)


def sealed_by(archive: Archive, verifier: Verifier, now: datetime) -> Sealed:
    """Who wrote the manifest. Raises `SealBroken` where it names a member of the network and that one's seal is not on it."""
    network = verifier.gathering.network(now).list
    did = archive.origin.did
    if network is None or did not in network.members:
        return Sealed.UNKNOWN
    keys = [str(entry.get("multikey")) for entry in network.keys(did)]
    try:
        unseal(archive.manifest, did, keys, now, limit=MANIFEST_BYTES)
    except (ProofInvalid, Refused) as error:
        raise SealBroken from error
    return Sealed.NETWORK


def origin_of(did: str) -> str:
    """How a place is called in paths."""
    return sha256(did.encode()).hexdigest()[:16]


def _named(archive: Archive) -> Credential:
    """The identity in the manifest, where a reader of identities looks for it."""
    return Credential({"credentialSubject": {"identifier": [dict(archive.origin.learner)]}})


def _badges(archive: Archive, verifier: Verifier) -> Iterator[Found]:
    """The badges with their pictures."""
    held = {one.path: one for one in archive.of(BADGES)}
    for path, file in held.items():
        brought = None if _PICTURE.search(path) else _read(file, verifier)
        if brought is not None:
            yield _with_picture(brought, path.rpartition(".")[0], held)


def _read(file: File, verifier: Verifier) -> Found | None:
    """The badge in a file; what cannot be read as one stays a file."""
    try:
        brought = found.read(file.content, verifier.policy)
    except NotACredential:
        return None
    return None if brought.url or brought.file is not None else brought


def _with_picture(brought: Found, stem: str, held: dict[str, File]) -> Found:
    for form in (Form.PNG, Form.SVG):
        picture = held.get(f"{stem}.picture.{form}")
        if picture is not None and found.form_of(picture.content) is form:
            return replace(brought, file=picture.content, file_form=form)
    return brought


def _badge_lines(session: Session, verifier: Verifier, learner: str, archive: Archive) -> Iterator[Line]:
    rows = session.exec(select(Entry.digest, Entry.sameness, Entry.valid_from).where(Entry.learner == learner)).all()
    digests, versions = {row[0] for row in rows}, {row[1]: row[2] for row in rows}
    for one in _badges(archive, verifier):
        there = versions.get(one.same)
        known = Known.NEW
        if one.digest in digests or (there is not None and one.dated == there):
            known = Known.SAME
        elif there is not None and one.dated is not None:
            known = Known.NEWER if one.dated > there else Known.OLDER
        yield Line(one.title, BADGES, known)


def _file_lines(
    session: Session, verifier: Verifier, learner: Learner, archive: Archive, now: datetime
) -> Iterator[Line]:
    there, own = {(one.origin, one.path): one for one in _kept(session, learner.id)}, _own(session, learner, now)
    for origin, path, file in _records(archive, verifier):
        held = there.get((origin, path))
        known = Known.SAME if file.digest in own else Known.NEW
        if held is not None:
            later = archive.origin.made > held.made_at
            known = Known.SAME if held.digest == file.digest else Known.NEWER if later else Known.OLDER
        yield Line(path, file.section, known)


def _records(archive: Archive, verifier: Verifier) -> Iterator[tuple[str, str, File]]:
    """Every file that is no badge, with the place it first came from."""
    own = origin_of(archive.origin.did)
    taken = {content for one in _badges(archive, verifier) for content in (one.document, one.file)}
    for file in archive.files:
        if file.path == INDEX or (file.section == BADGES and file.content in taken):
            continue
        older = _EARLIER.fullmatch(file.path) if file.section == EARLIER else None
        yield (older[1], older[2], file) if older else (own, file.path, file)


def _own(session: Session, learner: Learner, now: datetime) -> set[str]:
    """The hashes of what this place would put into an archive now: it need not be told what it says itself."""
    taking = Taking(session=session, learner=learner, now=now)
    return {file.digest for section in SECTIONS for _, file in section.gather(taking)}


def _keep_files(session: Session, verifier: Verifier, learner: Learner, outlook: Outlook, now: datetime) -> None:
    archive = outlook.archive
    there, own = {(one.origin, one.path): one for one in _kept(session, learner.id)}, _own(session, learner, now)
    if len(there) + len(archive.files) > KEPT_MOST:
        raise WalletFull
    for origin, path, file in _records(archive, verifier):
        held = there.get((origin, path))
        if file.digest in own or (
            held is not None and (held.digest == file.digest or held.made_at >= archive.origin.made)
        ):
            continue
        session.merge(
            KeptFile(
                learner=learner.id,
                origin=origin,
                path=path,
                section=file.section,
                content=file.content,
                digest=file.digest,
                made_at=archive.origin.made,
                arrived_at=now,
                place=archive.origin.name[:PLACE_MOST],
                sealed=outlook.sealed is Sealed.NETWORK,
            )
        )


def _kept(session: Session, learner: str) -> list[KeptFile]:
    return list(session.exec(select(KeptFile).where(KeptFile.learner == learner)))
