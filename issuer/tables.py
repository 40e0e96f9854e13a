"""What the package keeps in the database: versions of achievements, awards, status lists."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column, word_column


class AchievementState(StrEnum):
    """Where a version of an achievement stands (DOMAIN §1.1, row 2). Awards are made from published versions only."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    RETIRED = "retired"


class AchievementVersion(SQLModel, table=True):
    """One version of an achievement. Once reviewed its `document` never changes; a change is a new version.

    Badges of it end `term_months` after they were awarded, where it says so. `authors` are all who wrote in the draft, `drafted_by`
    the last of them; `search` is what it is found by; `remark` is what a reviewer wants changed.
    """

    __tablename__ = "issuer_achievement"
    __table_args__ = (
        sa.UniqueConstraint("organisation", "code", "version"),
        sa.Index(
            "issuer_achievement_one_published",
            "organisation",
            "code",
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    organisation: str = Field(index=True, max_length=64)
    code: str = Field(max_length=64)
    version: int
    state: AchievementState = word_column(AchievementState)
    document: dict[str, Any] = Field(sa_type=sa.JSON)
    source: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON)
    drafted_by: str = Field(max_length=64)
    drafted_at: datetime = utc_column()
    reviewed_by: str | None = Field(default=None, max_length=64)
    reviewed_at: datetime | None = utc_column(default=None)
    published_by: str | None = Field(default=None, max_length=64)
    published_at: datetime | None = utc_column(default=None)
    retired_by: str | None = Field(default=None, max_length=64)
    retired_at: datetime | None = utc_column(default=None)
    term_months: int | None = None
    authors: list[str] = Field(sa_type=sa.JSON)
    search: str = Field(max_length=300)
    responsible: str | None = Field(default=None, max_length=64)
    remark: str = Field(default="", max_length=1000)


class AchievementPicture(SQLModel, table=True):
    """The picture that an organisation has chosen for a version, painted anew as PNG; without one its emblem is drawn."""

    __tablename__ = "issuer_achievement_picture"

    version: str = Field(primary_key=True, foreign_key="issuer_achievement.id", max_length=32)
    png: bytes


class CatalogueRules(SQLModel, table=True):
    """What an organisation has settled about its catalogue; without a row a second person reviews."""

    __tablename__ = "issuer_catalogue_rules"

    organisation: str = Field(primary_key=True, max_length=64)
    second_person: bool


class EndorsementState(StrEnum):
    """How far an organisation has come with vouching for a version of another one's achievement."""

    ASKED = "asked"
    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # new badges do not carry it any more; those that do keep it until its term ends
    OFFERED = "offered"  # signed without having been asked; whoever answers for the achievement has not taken it yet
    NOT_TAKEN = "not_taken"  # was offered, and refused or taken back


class Endorsement(SQLModel, table=True):
    """One organisation vouching for a version of another's achievement: `document` is its signed EndorsementCredential.

    `digests` are the content hashes of all that were ever signed for it. Of one that was signed in another installation `endorser`
    is a DID and `name` what the network calls it.
    """

    __tablename__ = "issuer_endorsement"
    __table_args__ = (sa.UniqueConstraint("version", "endorser"),)

    id: str = Field(primary_key=True, max_length=32)
    version: str = Field(foreign_key="issuer_achievement.id", index=True, max_length=32)
    endorser: str = Field(index=True, max_length=400)
    state: EndorsementState = word_column(EndorsementState)
    asked_by: str = Field(max_length=64)
    asked_at: datetime = utc_column()
    settled_by: str | None = Field(default=None, max_length=64)
    settled_at: datetime | None = utc_column(default=None)
    comment: str = Field(default="", max_length=2000)
    valid_until: datetime | None = utc_column(default=None)
    document: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON)
    digests: list[str] = Field(sa_type=sa.JSON)
    name: str = Field(default="", max_length=300)


class PathState(StrEnum):
    """Where a path of achievements stands; only a draft is changed."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class AchievementPath(SQLModel, table=True):
    """A path of achievements: whoever holds `needed` of its steps is awarded `achievement`, without anybody's doing."""

    __tablename__ = "issuer_path"
    __table_args__ = (sa.UniqueConstraint("organisation", "code"),)

    id: str = Field(primary_key=True, max_length=32)
    organisation: str = Field(max_length=64)
    code: str = Field(max_length=64)
    title: str = Field(max_length=200)
    description: str = Field(max_length=4000)
    achievement: str = Field(max_length=64)
    needed: int
    state: PathState = word_column(PathState, index=True)
    drafted_by: str = Field(max_length=64)
    drafted_at: datetime = utc_column()
    published_at: datetime | None = utc_column(default=None)
    retired_at: datetime | None = utc_column(default=None)


class PathStep(SQLModel, table=True):
    """One achievement of a path, whosever it is, in any of its versions."""

    __tablename__ = "issuer_path_step"
    __table_args__ = (sa.Index(None, "organisation", "achievement"),)

    path: str = Field(primary_key=True, foreign_key="issuer_path.id", max_length=32)
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    organisation: str = Field(max_length=64)
    achievement: str = Field(max_length=64)


class StatusList(SQLModel, table=True):
    """One published list of revocation bits of an organisation; which bits are set follows from its awards."""

    __tablename__ = "issuer_status_list"

    id: str = Field(primary_key=True, max_length=80)
    organisation: str = Field(index=True, max_length=64)
    number: int
    purpose: str = Field(max_length=32)
    published_at: datetime | None = utc_column(default=None)


class AwardState(StrEnum):
    """How far an award has come. Each step is one transaction; doing a step twice changes nothing."""

    ORDERED = "ordered"  # somebody entitled asked for it
    RESERVED = "reserved"  # id, status index and the bytes to be signed are written down
    STORED = "stored"  # signed, checked, deposited; waits for its learner's wallet
    DELIVERED = "delivered"
    REFUSED = "refused"  # a rule broke between order and signature; `refusal` says which
    OFFERED = "offered"  # its learner has no number yet; it is ordered when somebody brings its code (`Offer`)


class Award(SQLModel, table=True):
    """One award of one achievement to one learner on one occasion.

    A correction is an award of its own: `replaces` is the one it corrects, whose credential id it bears, and `valid_from` the
    moment from which it is the newer of the two. `suspended_at` is empty again when a suspension is lifted; what happened stays
    in its `AwardAct` rows. `token` fences off a signer that was overtaken: what it brings is kept only while the token is still its
    own.
    """

    __tablename__ = "issuer_award"
    __table_args__ = (
        sa.UniqueConstraint("organisation", "achievement", "learner_number", "event"),
        sa.UniqueConstraint("status_list", "status_index"),
        sa.Index(None, "batch", "batch_row"),
        sa.Index("issuer_award_one_correction", "replaces", unique=True),
    )

    id: str = Field(primary_key=True, max_length=32)
    organisation: str = Field(index=True, max_length=64)
    achievement: str = Field(max_length=64)
    version: str = Field(foreign_key="issuer_achievement.id", index=True, max_length=32)
    learner_number: str = Field(max_length=64)
    event: str = Field(max_length=200)
    particulars: dict[str, Any] = Field(sa_type=sa.JSON)
    awarded_at: datetime = utc_column()
    ordered_at: datetime = utc_column(index=True)
    ordered_by: str | None = Field(default=None, max_length=64)
    actor_kind: str = Field(max_length=16)
    state: AwardState = word_column(AwardState, index=True)
    refusal: str = Field(default="", max_length=64)
    leased_until: datetime | None = utc_column(default=None)
    token: str = Field(default="", max_length=32)
    credential_id: str | None = Field(default=None, unique=True, max_length=64)
    status_list: str | None = Field(default=None, foreign_key="issuer_status_list.id", max_length=80)
    status_index: int | None = None
    method: str = Field(default="", max_length=400)
    signed_at: datetime | None = utc_column(default=None)
    unsigned: bytes | None = None
    content_hash: str = Field(default="", max_length=71)
    stored: bytes | None = None
    stored_at: datetime | None = utc_column(default=None)
    delivered_at: datetime | None = utc_column(default=None)
    revoked_at: datetime | None = utc_column(default=None)
    revoked_by: str | None = Field(default=None, max_length=64)
    revocation_reason: str = Field(default="", max_length=500)
    batch: str | None = Field(default=None, max_length=32)
    batch_row: int | None = None
    suspended_at: datetime | None = utc_column(default=None)
    valid_from: datetime | None = utc_column(default=None)
    replaces: str | None = Field(default=None, max_length=32)


class BatchState(StrEnum):
    """Where a list of awards stands; `issuer.batches.states` says how it gets from one to the next."""

    DRAFT = "draft"  # read; nobody has said yet what its columns hold
    CHECKING = "checking"  # every row is tried, nothing is kept
    CHECKED = "checked"
    WAITING = "waiting"  # for a second person
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class Batch(SQLModel, table=True):
    """A list of awards of one achievement. `total` = `issued` + `rejected` as soon as it has ended.

    `columns` gives the place of a column by the field that it holds. `trouble` is the code of what keeps it from going on.
    `token` is that of the worker that checks the list.
    """

    __tablename__ = "issuer_batch"
    __table_args__ = (sa.Index(None, "organisation", "entered_at"),)

    id: str = Field(primary_key=True, max_length=32)
    organisation: str = Field(max_length=64)
    version: str = Field(foreign_key="issuer_achievement.id", index=True, max_length=32)
    file: str = Field(max_length=200)
    headings: list[str] = Field(sa_type=sa.JSON)
    columns: dict[str, int] = Field(sa_type=sa.JSON)
    event: str = Field(default="", max_length=200)
    state: BatchState = word_column(BatchState, index=True)
    total: int
    checked: int = 0
    faulty: int = 0
    issued: int = 0
    rejected: int = 0
    trouble: str = Field(default="", max_length=64)
    leased_until: datetime | None = utc_column(default=None)
    token: str = Field(default="", max_length=32)
    entered_by: str | None = Field(default=None, max_length=64)
    actor_kind: str = Field(max_length=16)
    entered_at: datetime = utc_column()
    submitted_at: datetime | None = utc_column(default=None)
    approved_by: str | None = Field(default=None, max_length=64)
    started_at: datetime | None = utc_column(default=None)
    ended_by: str | None = Field(default=None, max_length=64)
    ended_at: datetime | None = utc_column(default=None)


class BatchRoll(SQLModel, table=True):
    """Stems of the family names on a list, by the columns in which they were found; erased when the list has ended."""

    __tablename__ = "issuer_batch_roll"

    batch: str = Field(primary_key=True, foreign_key="issuer_batch.id", max_length=32, ondelete="CASCADE")
    columns: dict[str, int] = Field(sa_type=sa.JSON)
    stems: list[str] = Field(sa_type=sa.JSON)


class ChunkState(StrEnum):
    """How far a piece of a list has come."""

    WAITING = "waiting"
    RESERVED = "reserved"  # every row is decided: an award written down for signing, or a fault
    DONE = "done"


class Chunk(SQLModel, table=True):
    """Some hundred rows of a list, worked on by one worker at a time; `token` fences off one that was overtaken.

    `rows` holds `[number, cell, …]`, and after the work only what was rejected; `faults` what is wrong with them; `allowed`
    the numbers of those in which particulars may stand, each with the person who said so.
    """

    __tablename__ = "issuer_batch_chunk"

    batch: str = Field(primary_key=True, foreign_key="issuer_batch.id", max_length=32)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    size: int
    rows: list[list[Any]] = Field(sa_type=sa.JSON)
    faults: list[list[Any]] = Field(sa_type=sa.JSON)
    state: ChunkState = word_column(ChunkState)
    leased_until: datetime | None = utc_column(default=None)
    token: str = Field(default="", max_length=32)
    status_list: str = Field(default="", max_length=80)
    places: list[int] = Field(sa_type=sa.JSON)
    allowed: list[list[Any]] = Field(default_factory=list, sa_type=sa.JSON)


class BatchRules(SQLModel, table=True):
    """What an organisation has settled about its lists."""

    __tablename__ = "issuer_batch_rules"

    organisation: str = Field(primary_key=True, max_length=64)
    second_person: bool = False


class BatchColumn(SQLModel, table=True):
    """What a column with such a heading held the last time, in an organisation; `field` is empty where it was not used."""

    __tablename__ = "issuer_batch_column"

    organisation: str = Field(primary_key=True, max_length=64)
    heading: str = Field(primary_key=True, max_length=200)
    field: str = Field(max_length=200)


class Offer(SQLModel, table=True):
    """A code by which a learner fetches an award. Only its SHA-256 is kept; the code itself is derived from the award's id."""

    __tablename__ = "issuer_offer"

    digest: str = Field(primary_key=True, max_length=64)
    award: str = Field(foreign_key="issuer_award.id", unique=True, max_length=32)
    claimed_at: datetime | None = utc_column(default=None)


class KeyedRequest(SQLModel, table=True):
    """A request that carried an `Idempotency-Key`: whose it was, the digest of its body, the award that it led to."""

    __tablename__ = "issuer_keyed_request"

    person: str = Field(primary_key=True, max_length=64)
    key: str = Field(primary_key=True, max_length=255)
    digest: str = Field(max_length=64)
    award: str = Field(foreign_key="issuer_award.id", max_length=32)
    at: datetime = utc_column()


class AwardAct(SQLModel, table=True):
    """One act upon a signed award, with its reason; rows are only added. The reason is told to the holder and never published."""

    __tablename__ = "issuer_award_act"

    id: str = Field(primary_key=True, max_length=32)
    award: str = Field(foreign_key="issuer_award.id", index=True, max_length=32)
    act: str = Field(max_length=16)
    at: datetime = utc_column()
    by: str = Field(max_length=64)
    reason: str = Field(max_length=500)


class CorrectionRequest(SQLModel, table=True):
    """A family asks for a correction of an award; one waits at a time. Who asked is known so that they can be answered."""

    __tablename__ = "issuer_correction_request"
    __table_args__ = (
        sa.Index(None, "organisation", "asked_at"),
        sa.Index(
            "issuer_correction_request_one_open",
            "award",
            unique=True,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    award: str = Field(foreign_key="issuer_award.id", index=True, max_length=32)
    organisation: str = Field(max_length=64)
    asked_by: str = Field(max_length=64)
    asked_at: datetime = utc_column()
    text: str = Field(max_length=1000)
    answer: str = Field(default="", max_length=1000)
    answered_by: str | None = Field(default=None, max_length=64)
    answered_at: datetime | None = utc_column(default=None)
