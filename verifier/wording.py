"""A report in plain sentences: what it means, what it does not mean, what to do next.

Every function takes `translate` (gettext of the reader's language) and gives text for people. Parameters ending in `_at` are
moments and are written by `show`. `TEMPLATE_GLOBALS` holds the same functions for templates, where both come from the page.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from jinja2 import pass_context
from jinja2.runtime import Context

from schemas.errors import N_
from verifier.verdict import Check, Outcome, Report, Verdict
from verifier.words import WORDS
from verifier.words.names import IDENTITIES, RELATIONS, TITLES
from verifier.words.said import Words
from verifier.words.signature import UNREADABLE_RULES

Translate = Callable[[str], str]
Show = Callable[[datetime], str]


class Row(NamedTuple):
    """One check as the page shows it."""

    outcome: str
    sentence: str
    next: str


def show_day(moment: datetime) -> str:
    """дд.мм.гггг in UTC."""
    return moment.astimezone(UTC).strftime("%d.%m.%Y")


def words(check: Check) -> Words:
    """The words of a check's code; a refusal without words of its own gets the general ones of its kind."""
    return WORDS.get(check.code, UNREADABLE_RULES)


def title(verdict: Verdict, translate: Translate) -> str:
    """The verdict in one or two words."""
    return translate(TITLES[verdict])


def sentence(check: Check, translate: Translate, show: Show = show_day) -> str:
    """What the check found and, where it is easily misread, what that does not mean."""
    found = words(check)
    return " ".join(_fill(text, check.params, translate, show) for text in (found.says, found.but) if text)


def next_step(check: Check, translate: Translate) -> str:
    """What the reader can do about it; empty where nothing needs doing."""
    advice = words(check).next
    return translate(advice) if advice else ""


def explain(report: Report, translate: Translate, show: Show = show_day) -> str:
    """The whole answer in one or two sentences, without the title."""
    check = decider(report)
    if check is not None:
        return sentence(check, translate, show)
    kind = report.check("kind")
    if kind is not None and kind.outcome is not Outcome.PASSED:
        return (
            translate(N_("Подпись верна, организация состоит в сети, документ действует."))
            + " "
            + sentence(kind, translate)
        )
    return translate(N_("Подпись верна, организация имела право выдавать такие значки, значок не отозван."))


def advice(report: Report, translate: Translate) -> str:
    """What to do about the whole answer; empty for a valid credential."""
    check = decider(report)
    return next_step(check, translate) if check is not None else ""


def rows(report: Report, translate: Translate, show: Show = show_day) -> list[Row]:
    """The checks that decide, in their order."""
    return [_row(check, translate, show) for check in report.checks if check.decisive]


def remarks(report: Report, translate: Translate, show: Show = show_day) -> list[Row]:
    """What else is worth knowing; never moves the verdict. That a badge is a badge goes without saying."""
    said = [check for check in report.checks if not check.decisive and check.code != "kind-badge"]
    return [_row(check, translate, show) for check in said]


def relation(name: str, translate: Translate) -> str:
    """How one thing in a record stands to another, to be read between their names."""
    return translate(RELATIONS[name])


def identity_kind(name: str, translate: Translate) -> str:
    """What sort of identity names an owner."""
    return translate(IDENTITIES.get(name, IDENTITIES[""]))


def decider(report: Report) -> Check | None:
    """The first check that keeps the verdict from being valid."""
    wanted = {Verdict.INVALID: Outcome.FAILED, Verdict.CANNOT_TELL: Outcome.UNKNOWN}.get(report.verdict)
    return next((check for check in report.checks if check.decisive and check.outcome is wanted), None)


def _row(check: Check, translate: Translate, show: Show) -> Row:
    return Row(str(check.outcome), sentence(check, translate, show), next_step(check, translate))


def _fill(text: str, params: Mapping[str, str], translate: Translate, show: Show) -> str:
    shown = {key: _moment(value, show) if key.endswith("_at") else value for key, value in params.items()}
    return translate(text).format(**shown)


def _moment(value: str, show: Show) -> str:
    return show(datetime.fromisoformat(value))


def _in_template(function: Callable[..., object], *, dated: bool) -> Callable[..., object]:
    """`function` with the page's own language and, where it writes dates, the page's own way to write them."""

    @pass_context
    def drawn(context: Context, subject: Check | Report | Verdict | str, translate: Translate | None = None) -> object:
        chosen = translate or (lambda message: str(context.call(context.environment.globals["gettext"], message)))  # type: ignore[arg-type]
        show = context.environment.filters.get("date", show_day)
        return function(subject, chosen, show) if dated else function(subject, chosen)

    return drawn


TEMPLATE_GLOBALS: dict[str, Callable[..., object]] = {
    "explain": _in_template(explain, dated=True),
    "sentence": _in_template(sentence, dated=True),
    "verdict_rows": _in_template(rows, dated=True),
    "verdict_remarks": _in_template(remarks, dated=True),
    "advice": _in_template(advice, dated=False),
    "next_step": _in_template(next_step, dated=False),
    "relation": _in_template(relation, dated=False),
    "identity_kind": _in_template(identity_kind, dated=False),
}
"""For the service's Jinja environment; each takes the check, report, verdict or name, and may be given another `translate`."""
