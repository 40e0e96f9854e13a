"""What rows are decided on is gathered first: the version, the issuer, learners' names, awards that exist already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from issuer import status
from issuer.allowing import OfAge
from issuer.batches.chunk import Facts, Known
from issuer.batches.columns import name_places
from issuer.batches.finding import version_of
from issuer.batches.rolls import NamesOf, Rolls
from issuer.batches.rows import Frame, order_of
from issuer.endorsements import endorsed
from issuer.lifecycle import ends_at
from issuer.tables import Award, AwardState, Batch
from issuer.trial import Trust, profile, require_standing
from keys import organisations
from schemas.award import AwardOrder


class Piece(Protocol):
    """Some rows of a list, and those of them in which particulars were let stand, each with the person who said so."""

    @property
    def rows(self) -> list[list[Any]]:
        """`[number, cell, …]`."""

    @property
    def allowed(self) -> list[list[Any]]:
        """`[number, person]`."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """`trust` answers from the network's list; `names_of` gives the parts of the names of learners that are known here.

    `rolls` tells the family names of everybody on a list, in a transaction of its own. `of_age` is as for `Issuer`.
    """

    trust: Trust
    names_of: NamesOf
    rolls: Rolls
    of_age: OfAge

    def facts(
        self,
        session: Session,
        batch: Batch,
        piece: Piece,
        status_list: str,
        now: datetime,
        *,
        roll: frozenset[str],
    ) -> Facts:
        """Everything that the rows of a piece are decided on; `roll` is `rolls.of` the batch, asked before.

        Raises what `require_standing` raises.
        """
        organisation = organisations.find(session, batch.organisation)
        version = version_of(session, batch)
        frame = frame_of(session, batch, now)
        require_standing(self.trust, organisations.did_of(organisation), version, (frame.awarded_at, now))
        allowed = frozenset(row for row, _ in piece.allowed)
        orders = [order_of(frame, cells, allowed=row in allowed) for row, *cells in piece.rows]
        numbers = sorted({order.learner_number for order in orders} - {""})
        names = self.names_of(session, numbers)
        return Facts(
            batch=batch.id,
            frame=frame,
            orders=orders,
            profile=profile(session, organisation),
            source=version.source,
            list_url=organisations.public_url(organisation, status.shelf_path(status_list)),
            names=names,
            roll=roll,
            written_names=written_names(batch, piece.rows),
            known=known_awards(session, batch.organisation, version.code, numbers),
            of_age=frozenset(number for number in _allowing(orders) if self.of_age(session, number, now)),
            now=now,
        )


def _allowing(orders: Sequence[AwardOrder]) -> set[str]:
    """The learners in whose rows particulars were let stand."""
    return {order.learner_number for order in orders if order.allowed}


def written_names(batch: Batch, rows: Sequence[Sequence[Any]]) -> dict[int, Sequence[str]]:
    """What a list says of each of its learners without its being used, by the row's number."""
    places = name_places(batch.headings, batch.columns)
    if not places:
        return {}
    return {row[0]: [str(row[place + 1]) for place in places if place + 1 < len(row)] for row in rows}


def frame_of(session: Session, batch: Batch, now: datetime) -> Frame:
    """What all rows of a batch have in common; they are dated at its start."""
    version = version_of(session, batch)
    awarded_at = batch.started_at or now
    return Frame(
        organisation=batch.organisation,
        achievement=endorsed(session, version, now),
        code=version.code,
        columns=batch.columns,
        width=len(batch.headings),
        event=batch.event,
        awarded_at=awarded_at,
        valid_until=ends_at(awarded_at, version.term_months),
    )


def known_awards(
    session: Session, organisation: str, code: str, numbers: Sequence[str]
) -> dict[tuple[str, str], Known]:
    """The awards of these learners that exist already."""
    wanted = select(Award).where(
        Award.organisation == organisation, Award.achievement == code, col(Award.learner_number).in_(numbers)
    )
    heavy = defer(Award.stored), defer(Award.unsigned)  # type: ignore[arg-type]  # columns, as SQLModel does not say
    return {
        (award.learner_number, award.event): Known(
            award.id, award.batch, award.batch_row, award.state is AwardState.REFUSED
        )
        for award in session.exec(wanted.options(*heavy))
    }
