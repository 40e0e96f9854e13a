"""How an award looks to the organisation's staff: what the pages need, taken from the badge itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from issuer.describe import PAINTED
from issuer.module import LEVEL_NAMES
from issuer.tables import AchievementVersion, Award, AwardState
from schemas.achievement import Achievement
from schemas.credential import Credential
from schemas.emblem import emblem_svg
from schemas.errors import N_
from schemas.outcomes import OutcomeShown, hours, overall

STATE_WORDS = {
    AwardState.ORDERED: N_("Подписывается"),
    AwardState.RESERVED: N_("Подписывается"),
    AwardState.STORED: N_("Подписан, ждёт владельца"),
    AwardState.DELIVERED: N_("Вручён"),
    AwardState.REFUSED: N_("Не подписан"),
    AwardState.OFFERED: N_("Ждёт ученика по коду"),
}
REVOKED = N_("Отозван")
SUSPENDED = N_("Приостановлен")
_TONES = {
    AwardState.STORED: "wait",
    AwardState.DELIVERED: "good",
    AwardState.REFUSED: "bad",
    AwardState.OFFERED: "wait",
}


def emblem(achievement: Achievement, issuer_name: str, picture: str = "") -> Markup:
    """The achievement's emblem for a page: its organisation's picture, at `picture` or where it is published, or the drawing."""
    address = picture or _own_picture(achievement)
    if address:
        return Markup('<img src="{}" alt="" width="160" height="160">').format(address)
    return Markup(emblem_svg(achievement, issuer_name))  # noqa: S704 - drawn by us, its texts are escaped


def _own_picture(achievement: Achievement) -> str:
    """The path of a published picture on this installation, "" for a drawing."""
    path = urlsplit(achievement.image or "").path
    return path if path.endswith(f".{PAINTED}") else ""


def state_word(award: Award) -> str:
    """The message id of the state a person reads."""
    if award.revoked_at:
        return REVOKED
    return SUSPENDED if award.suspended_at else STATE_WORDS[award.state]


def state_tone(award: Award) -> str:
    """The tone of its label."""
    if award.revoked_at:
        return "bad"
    return "wait" if award.suspended_at else _TONES.get(award.state, "now")


@dataclass(frozen=True, slots=True)
class BadgeShown:
    """What a badge says, in the order a person asks."""

    name: str
    issuer: str
    emblem: Markup
    result: str
    hours: int | None
    outcomes: list[OutcomeShown]
    narrative: str
    statements: list[tuple[str, str]]
    evidence: str = ""
    evidence_url: str = ""

    @classmethod
    def of(cls, document: Mapping[str, Any], translate: Callable[[str], str], picture: str = "") -> "BadgeShown":
        """Of a badge, signed or not; `picture` is where its picture lies before it is published."""
        credential = Credential(dict(document))
        achievement = credential.achievement
        return cls(
            name=achievement.name,
            issuer=credential.issuer_name,
            emblem=emblem(achievement, credential.issuer_name, picture),
            result=result_words(credential, translate),
            hours=hours(credential),
            outcomes=credential.outcome_levels(),
            narrative=credential.narrative,
            statements=_statements(credential),
            **_evidence(credential),
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a correction changes."""

    name: str
    before: str
    after: str


def differences(before: BadgeShown, after: BadgeShown, translate: Callable[[str], str]) -> list[Difference]:
    """What two versions of a badge say differently, in the order of the page."""
    names = {"result": translate(N_("Результат")), "narrative": translate(N_("О работе ученика"))}
    names |= {"evidence": translate(N_("Чем подтверждается")), "evidence_url": translate(N_("Где лежит работа"))}
    pairs = [(names[field], getattr(before, field), getattr(after, field)) for field in names]
    outcomes = [
        (old.name, _level(old, translate), _level(new, translate))
        for old, new in zip(before.outcomes, after.outcomes, strict=True)
    ]
    facts = [(name, dict(before.statements).get(name, ""), text) for name, text in after.statements]
    return [Difference(*pair) for pair in (*pairs, *outcomes, *facts) if pair[1] != pair[2]]


def _level(outcome: OutcomeShown, translate: Callable[[str], str]) -> str:
    return translate(LEVEL_NAMES[outcome.level - 1]) if outcome.level else ""


def result_words(credential: Credential, translate: Callable[[str], str]) -> str:
    """The overall result in words: «87 из 100», «зачтено»."""
    found = overall(credential)
    if found is None or found.value is None:
        return translate(N_("зачтено"))
    if found.kind == "Percent":
        return f"{found.value}\N{NO-BREAK SPACE}%"
    if found.kind == "LetterGrade" or found.maximum is None:
        return found.value
    return translate(N_("{value} из {maximum}")).format(value=found.value, maximum=found.maximum)


def _evidence(credential: Credential) -> dict[str, str]:
    """The words and the address of the first evidence."""
    found = credential.evidence[0] if credential.evidence else {}
    return {"evidence": str(found.get("narrative", "")), "evidence_url": str(found.get("id", ""))}


def _statements(credential: Credential) -> list[tuple[str, str]]:
    names = {
        found.id: found.name for found in credential.achievement.result_descriptions if found.kind == "ext:Statement"
    }
    return [
        (names[result.description_id], result.value)
        for result in credential.results
        if result.description_id in names and result.value is not None
    ]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an award's way."""

    title: str
    state: str
    when: datetime | None = None
    note: str = ""


def way(award: Award, translate: Callable[[str], str]) -> list[Step]:
    """Ordered, signed, delivered, and revoked where it is."""
    refused = award.state is AwardState.REFUSED
    steps = [
        Step(translate(N_("Оформлен")), "done", award.ordered_at),
        _step(translate(N_("Подписан")), award.stored_at, current=not refused, stopped=refused),
        _step(translate(N_("В кошельке ученика")), award.delivered_at, current=award.state is AwardState.STORED),
    ]
    return [*steps, Step(translate(REVOKED), "stopped", award.revoked_at)] if award.revoked_at else steps


def _step(title: str, at: datetime | None, *, current: bool, stopped: bool = False) -> Step:
    if at is not None:
        return Step(title, "done", at)
    return Step(title, "stopped" if stopped else "now" if current else "next")


@dataclass(frozen=True, slots=True)
class Offer:
    """A published achievement on the desk."""

    code: str
    name: str
    hours: str
    emblem: Markup

    @classmethod
    def of(cls, version: AchievementVersion, issuer_name: str) -> "Offer":
        """Of one version."""
        achievement = Achievement(version.document)
        volume = next(
            (found.required_value for found in achievement.result_descriptions if found.kind == "ext:Hours"), ""
        )
        return cls(version.code, achievement.name, volume or "", emblem(achievement, issuer_name))
