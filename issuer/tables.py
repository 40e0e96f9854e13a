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

    Badges of it end `term_months` after they were awarded, where it says so.
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
    term_months: int | None = None
    drafted_by: str = Field(max_length=64)
    drafted_at: datetime = utc_column()
    reviewed_by: str | None = Field(default=None, max_length=64)
    reviewed_at: datetime | None = utc_column(default=None)
    published_by: str | None = Field(default=None, max_length=64)
    published_at: datetime | None = utc_column(default=None)
    retired_by: str | None = Field(default=None, max_length=64)
    retired_at: datetime | None = utc_column(default=None)


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
    suspended_at: datetime | None = utc_column(default=None)
    valid_from: datetime | None = utc_column(default=None)
    replaces: str | None = Field(default=None, max_length=32)


class AwardAct(SQLModel, table=True):
    """One act upon a signed award, with its reason; rows are only added. The reason is told to the holder and never published."""

    __tablename__ = "issuer_award_act"

    id: str = Field(primary_key=True, max_length=32)
    award: str = Field(foreign_key="issuer_award.id", index=True, max_length=32)
    act: str = Field(max_length=16)
    at: datetime = utc_column()
    by: str = Field(max_length=64)
    reason: str = Field(max_length=500)
