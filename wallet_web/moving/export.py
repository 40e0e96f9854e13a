"""Everything of a learner's as one archive, sealed by their school."""

from collections.abc import Callable, Sequence
from datetime import datetime
from secrets import token_hex

from sqlmodel import Session

from keys.deps import Learner, Visit
from keys.organisations import find, signer_for
from keys.organisations.register import did_of
from keys.sealed import seal
from keys.store import KeyStore
from schemas.identity import identifier
from wallet_web.moving.archive import INDEX, File, Origin, pack
from wallet_web.moving.sections import SECTIONS, Part, Section, Taking

Draw = Callable[[Sequence[tuple[str, Sequence[Part]]], Origin], bytes]
"""Draws the index for people: headings with their parts, and where it comes from."""
_SALT_BYTES = 16


def gathered(
    session: Session, learner: Learner, now: datetime, sections: Sequence[Section] = SECTIONS
) -> list[tuple[str, list[Part]]]:
    """All there is, under the titles of the sections; an empty section is left out."""
    taking = Taking(session=session, learner=learner, now=now)
    found = [(section.title, list(section.gather(taking))) for section in sections]
    return [(title, parts) for title, parts in found if parts]


def compose(session: Session, store: KeyStore, learner: Learner, now: datetime, draw: Draw) -> bytes:
    """The archive of a learner, under the seal of the school where they are enrolled."""
    school = find(session, learner.school)
    whose = identifier(learner.number, token_hex(_SALT_BYTES))
    origin = Origin(did=did_of(school), name=school.name, made=now, learner=whose)
    parts = gathered(session, learner, now)
    files = [file for _, held in parts for _, file in held]
    index = File(INDEX, "index", draw(parts, origin))
    signer = signer_for(session, store, learner.school, now)
    return pack([*files, index], origin, lambda document: seal(document, signer, now))


def drawn(visit: Visit) -> Draw:
    """The index in the visitor's language; its template loads nothing and runs nothing."""

    def draw(parts: Sequence[tuple[str, Sequence[Part]]], origin: Origin) -> bytes:
        groups = [(visit.translate(title), [(label, one.path) for label, one in held]) for title, held in parts]
        return bytes(visit.page("wallet/archive.html", groups=groups, origin=origin).body)

    return draw
