"""What rows are decided on is gathered first: the version, the issuer, learners' names, awards that exist already."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from issuer import catalogue, status
from issuer.batches.chunk import Facts, Known
from issuer.batches.finding import version_of
from issuer.batches.rows import Frame, order_of
from issuer.lifecycle import ends_at
from issuer.tables import Award, AwardState, Batch
from issuer.trial import Trust, profile, require_standing
from keys import organisations

NamesOf = Callable[[Session, Sequence[str]], Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Gathering:
    """`trust` answers from the network's list; `names_of` gives the parts of the names of learners that are known here."""

    trust: Trust
    names_of: NamesOf

    def facts(
        self, session: Session, batch: Batch, rows: Sequence[Sequence[Any]], status_list: str, now: datetime
    ) -> Facts:
        """Everything that some rows of a batch are decided on. Raises what `require_standing` raises."""
        organisation = organisations.find(session, batch.organisation)
        version = version_of(session, batch)
        frame = frame_of(session, batch, now)
        require_standing(self.trust, organisations.did_of(organisation), version, (frame.awarded_at, now))
        numbers = sorted({order_of(frame, cells).learner_number for _, *cells in rows} - {""})
        return Facts(
            batch=batch.id,
            frame=frame,
            profile=profile(session, organisation),
            source=version.source,
            list_url=organisations.public_url(organisation, status.shelf_path(status_list)),
            names=self.names_of(session, numbers),
            known=known_awards(session, batch.organisation, version.code, numbers),
            now=now,
        )


def frame_of(session: Session, batch: Batch, now: datetime) -> Frame:
    """What all rows of a batch have in common; they are dated at its start."""
    version = version_of(session, batch)
    awarded_at = batch.started_at or now
    return Frame(
        organisation=batch.organisation,
        achievement=catalogue.achievement_of(version),
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
