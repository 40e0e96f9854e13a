"""What can be taken from a shared page as one file: an archive of the signed files, a presentation, a page for paper."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, Final

from keys.deps import Visit
from schemas.errors import N_
from verifier.verdict import Verdict
from verifier.verification import Verification
from verifier.wording import Translate, explain, title
from wallet_web import qr, wording
from wallet_web.badge import Badge
from wallet_web.naming import Owner
from wallet_web.share import OpenShare

TEMPLATE: Final = "wallet/shared.typ"
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can name (APPNOTE 4.4.6)
_READABLE = 0o100644 << 16


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP of files by their names; the same files give the same bytes. Names are our own, plain ASCII without folders."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files:
            member = zipfile.ZipInfo(name, _BEGINNING)
            member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, _READABLE, 3
            packed.writestr(member, content)
    return out.getvalue()


def sheet_of(
    opened: OpenShare,
    badges: Sequence[Badge],
    url: str,
    owner: Owner | None,
    visit: Visit,
) -> dict[str, Any]:
    """The data of the template: every badge with today's verdict, the code that leads back, the owner where one is named."""
    return {
        **cover_of(opened, badges, url, visit),
        "title": visit.translate(N_("Показанные значки")),
        "owner": _owner(owner, visit.translate),
        "items": [
            item_of(number, badge, badges, visit) | {"number": str(number) if len(badges) > 1 else ""}
            for number, badge in enumerate(badges, 1)
        ],
    }


def cover_of(opened: OpenShare, badges: Sequence[Badge], url: str, visit: Visit) -> dict[str, Any]:
    """What every printed share says of itself: when it was checked and how long it works, the code that leads back."""
    translate, times = visit.translate, visit.times
    facts = [
        (translate(N_("Проверено")), times.minute(visit.now)),
        (translate(N_("Подлинных")), _of_all(badges, translate) if badges else ""),
        (translate(N_("Ссылка работает до")), times.day(opened.share.expires_at)),
        (translate(N_("Для кого")), opened.share.recipient),
    ]
    return {
        "language": visit.language,
        "subject": "",
        "facts": [fact for fact in facts if fact[1]],
        "code": list(qr.svg(url).encode()),
        "code-says": translate(N_("Код со ссылкой на эту страницу")),
        "url": url,
        "small": [
            translate(
                N_("На бумаге подпись не проверить. Наведите камеру на код или откройте ссылку: там ответ на сегодня.")
            )
        ],
    }


def drawings_of(badges: Sequence[Badge]) -> dict[str, str]:
    """What stands for the badges, as SVG by the numbers in the data; one picture of many badges goes in once."""
    return {str(number): drawing for number, drawing in enumerate(_drawings(badges))}


def _drawings(badges: Sequence[Badge]) -> list[str]:
    return list(dict.fromkeys(badge.drawing for badge in badges if badge.drawing))


NO_OWNER = N_("Владелец не указан: подлинность значка проверена, личность предъявителя — нет.")


def _owner(owner: Owner | None, translate: Translate) -> str:
    if owner is None:
        return translate(NO_OWNER)
    said = translate(N_("Владелец значков {places}: {name}. Подтверждает {school}, пока работает ссылка."))
    return said.format(places=", ".join(map(str, owner.places)), name=owner.name, school=owner.school)


def _endorsement(found: Verification, translate: Translate) -> tuple[str, str]:
    """Who vouches for a badge, as far as that is sure, and the answer about it where that is not simply good."""
    who = [found.issuer] if found.paper is not None else []
    answer = [] if found.report.verdict is Verdict.VALID else [title(found.report.verdict, translate)]
    return translate(N_("Кто рекомендует")), ". ".join(who + answer)


def _of_all(badges: Sequence[Badge], translate: Translate) -> str:
    """How many of them are genuine."""
    return translate(N_("%(valid)s из %(total)s")) % {"valid": sum(one.stamped for one in badges), "total": len(badges)}


def item_of(number: int, badge: Badge, badges: Sequence[Badge], visit: Visit) -> dict[str, Any]:
    """One of the badges for the template: what it says, who answers for it, whether it is genuine today."""
    translate, times = visit.translate, visit.times
    shown = badge.verification.shown
    facts: list[tuple[str, str]] = []
    if shown is not None:
        awarded = times.day(shown.awarded_at)[3:] if shown.awarded_at else ""
        known = shown.organisation or translate(
            N_("%(name)s (так назвал себя подписавший, сеть этого не подтверждает)")
        ) % {"name": shown.claimed_by}
        hours = translate(N_("{hours} ч")).format(hours=shown.hours) if shown.hours else ""
        result = wording.result(badge.overall, translate) if badge.overall else ""
        all_facts = [
            (translate(N_("Кто отвечает")), known),
            (translate(N_("Объём")), hours),
            (translate(N_("Результат")), result),
            (translate(N_("Вручён")), awarded),
        ]
        facts = [fact for fact in all_facts if fact[1]]
    facts += [_endorsement(one, translate) for one in badge.verification.endorsements]
    return {
        "title": badge.verification.title or translate(N_("Значок %(number)s")) % {"number": number},
        "verdict": title(badge.report.verdict, translate),
        "explanation": explain(badge.report, translate, times.day),
        "emblem": _drawings(badges).index(badge.drawing) if badge.drawing else None,
        "facts": facts,
        "outcomes": [wording.outcome(one, translate) for one in badge.outcomes],
        "digest": badge.report.digest,
    }
