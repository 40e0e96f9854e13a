"""A composed page on paper: what a link shows, block after block, with the code that leads back to today's answers."""

from collections.abc import Sequence
from typing import Any

from keys.deps import Visit
from schemas.errors import N_
from schemas.outcomes import OutcomeShown
from wallet_web.bundle import cover_of, item_of
from wallet_web.portfolio.reading import Read, Shown
from wallet_web.portfolio.tables import BlockKind, DeclaredWords
from wallet_web.portfolio.wording import SCALES
from wallet_web.share import OpenShare
from wallet_web.wording import outcome

OWNER = N_(
    "Владелец не указан: подлинность значков проверена, личность предъявителя — нет. "
    "Слова владельца и то, что записано со слов ученика, никто не подписывал."
)


def sheet_of(opened: OpenShare, read: Read, url: str, visit: Visit) -> dict[str, Any]:
    """The data of `bundle.TEMPLATE` for the page: badges as everywhere, all else said to be the owner's own words."""
    return {
        **cover_of(opened, read.badges, url, visit),
        "title": visit.translate(N_("Портфолио")),
        "subject": read.page.title,
        "owner": visit.translate(OWNER),
        "items": [_item(block, read, visit) for block in read.blocks],
    }


def _item(block: Shown, read: Read, visit: Visit) -> dict[str, Any]:
    translate = visit.translate
    if block.badge is not None:
        return item_of(block.place, block.badge, read.badges, visit) | {"number": ""}
    if block.said is not None:
        return _record(block.said, len(block.files), visit)
    if block.kind is BlockKind.OUTCOMES:
        return _outcomes(block.outcomes, visit)
    return _told(translate(N_("Слова владельца")), explanation=block.text)


def _record(said: DeclaredWords, files: int, visit: Visit) -> dict[str, Any]:
    """What the learner tells of an event or a work of their own."""
    translate = visit.translate
    marks = [N_("со слов ученика"), *([N_("слова поправил учитель")] if said.staff else [])]
    facts = [
        (translate(N_("Кто проводил")), said.organiser),
        (translate(N_("Когда")), said.held_on.strftime("%d.%m.%Y") if said.held_on else ""),
        (translate(N_("Масштаб")), translate(SCALES[said.scale]) if said.scale else ""),
        (translate(N_("Результат")), said.result),
        (translate(N_("Файлы на странице")), str(files) if files else ""),
    ]
    return _told(
        said.title,
        verdict=", ".join(map(translate, marks)),
        explanation=said.story,
        facts=[fact for fact in facts if fact[1]],
    )


def _outcomes(shown: Sequence[OutcomeShown], visit: Visit) -> dict[str, Any]:
    """What the badges of the page show together."""
    translate = visit.translate
    none_yet = "" if shown else translate(N_("Показанных результатов пока нет."))
    rows = [outcome(one, translate) for one in shown]
    return _told(translate(N_("Что показали эти значки")), explanation=none_yet, outcomes=rows)


def _told(title: str, **said: Any) -> dict[str, Any]:
    """A block that nobody has signed, as the template takes it."""
    nothing: dict[str, Any] = {
        "number": "",
        "verdict": "",
        "explanation": "",
        "emblem": None,
        "facts": [],
        "outcomes": [],
        "digest": "",
    }
    return {**nothing, "title": title, **said}
