"""One badge on paper: what it proves, who answers for it, what the check says today, and a code for the answer of any day.

The name stands on the sheet alone and only where the family has ticked it; the code leads to a link of theirs, or to the public
verifier, where whoever holds the signed file compares its digest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from keys.deps import Times, Visit
from schemas.errors import N_
from verifier.wording import Translate, explain, title
from wallet_web import qr, share, wording
from wallet_web.badge import Badge
from wallet_web.collecting.standing import Standing
from wallet_web.share import ShareState
from wallet_web.tables import Consent, Share, ShareItem

TEMPLATE: Final = "wallet/certificate.typ"
TITLE = N_("Свидетельство о результате")
BY_LINK = N_("Код открывает этот значок: подпись, кто отвечает и действует ли он сегодня. Ссылка работает до {day}.")
BY_FILE = N_(
    "Код открывает проверку значков. Попросите у владельца подписанный файл: его отпечаток должен совпасть с этим."
)
PAPER = N_("На бумаге подпись не проверить: значок — это подписанный файл, а лист рассказывает, что в нём.")
NAMED = N_("Имя вписано по желанию владельца из его зачётной книжки: в самом значке имени нет.")
UNNAMED = N_("Владелец не указан.")
MEMBER = N_("организация сети")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Where the code leads: an address, and until when if it is a link of the family."""

    url: str
    until: datetime | None = None


def links_showing(session: Session, learner: str, entry: str, now: datetime) -> list[Share]:
    """The family's links that show a badge now and ask for no PIN, the one that lives longest first."""
    joined = select(Share, Consent).join(Consent, col(Share.consent) == col(Consent.id))
    joined = joined.join(ShareItem, col(ShareItem.share) == col(Share.id))
    found = joined.where(Share.learner == learner, ShareItem.entry == entry, col(Share.pin_hash).is_(None))
    rows = session.exec(found.order_by(col(Share.expires_at).desc(), col(Share.id)))
    return [made for made, agreed in rows if share.state(made, agreed, now) is ShareState.LIVE]


def sheet_of(badge: Badge, sight: Sight, name: str, visit: Visit) -> dict[str, Any]:
    """The data of the template; `name` is "" where the sheet names nobody."""
    translate, times = visit.translate, visit.times
    return {
        "language": visit.language,
        "title": translate(TITLE),
        "name": name,
        "owner": translate(NAMED if name else UNNAMED),
        "badge": badge.title,
        "about": _about(badge),
        "facts": _facts(badge, translate, times),
        "outcomes-head": translate(N_("Показанные результаты")),
        "outcomes": [wording.outcome(one, translate) for one in badge.outcomes],
        "criteria-head": translate(N_("За что его дают")),
        "criteria": badge.achievement.criteria if badge.achievement is not None else "",
        "verdict": title(badge.report.verdict, translate),
        "explanation": explain(badge.report, translate, times.day),
        "checked": f"{translate(N_('Проверено'))}: {times.minute(visit.now)}",
        "code": list(qr.svg(sight.url).encode()),
        "code-says": translate(N_("Код для проверки")),
        "leads": _leads(sight, translate, times),
        "url": sight.url,
        "small": [f"SHA-256 {badge.entry.digest}", translate(PAPER)],
    }


def _about(badge: Badge) -> list[str]:
    description = badge.achievement.description if badge.achievement is not None else ""
    narrative = badge.credential.narrative if badge.credential is not None else ""
    return [text for text in (description, narrative) if text]


def _facts(badge: Badge, translate: Translate, times: Times) -> list[tuple[str, str]]:
    credential = badge.credential
    awarded = times.day(credential.awarded_at) if credential is not None and credential.awarded_at else ""
    until = times.day(credential.valid_until) if credential is not None and credential.valid_until else ""
    overall = badge.overall
    result = [wording.result(overall, translate), wording.pass_mark(overall, translate)] if overall else []
    facts = [
        (translate(N_("Кто отвечает")), badge.organisation),
        (translate(N_("Кто это")), translate(MEMBER if badge.known else wording.STANDINGS[Standing.EXTERNAL])),
        (translate(N_("Вручён")), awarded),
        (translate(N_("Действует до")), until),
        (translate(N_("Объём")), translate(N_("{hours} ч")).format(hours=badge.hours) if badge.hours else ""),
        (translate(N_("Результат")), ", ".join(filter(None, result))),
        *badge.statements,
    ]
    return [fact for fact in facts if fact[1]]


def _leads(sight: Sight, translate: Translate, times: Times) -> str:
    if sight.until is None:
        return translate(BY_FILE)
    return translate(BY_LINK).format(day=times.day(sight.until))


def sights(wallet_url: str, links: Sequence[tuple[Share, str]]) -> dict[str, Sight]:
    """Where the code may lead, by what the form calls it: a link of the family's, or "" for the public verifier."""
    found = {made.id: Sight(url=url, until=made.expires_at) for made, url in links}
    return {**found, "": Sight(url=f"{wallet_url}/verify")}
