"""The dated record of a check, to print or to keep: what was found about which file, when, and by which rules.

    record = of(answer, data, verifier, by="https://zachetka.example", now=now)
    to_json(record, translate)      for programs
    sheet_of(record, translate)     for the template `verifier/record.typ`

It says what was found and is no new signature: whoever doubts it checks the file again. Moments are in UTC. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from keys.deps import Times
from schemas.errors import N_
from verifier.verdict import Outcome, Report, Verdict
from verifier.verification import PresentationVerification, Verification
from verifier.verify import Verifier
from verifier.wording import Show, Translate, explain, remarks, rows, title

TEMPLATE: Final = "verifier/record.typ"
TYPE: Final = "VerificationRecord"
_SIGNS = {Outcome.PASSED: N_("в порядке"), Outcome.FAILED: N_("нарушено"), Outcome.UNKNOWN: N_("неизвестно")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """By what was judged: the cryptosuites that count, the tolerance for clocks, the network's list and its edition (0: none)."""

    suites: tuple[str, ...]
    skew_seconds: int
    operator: str
    edition: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One document: its name and issuer as far as they may be shown, its report. `inside` is its depth in a set or record."""

    title: str
    organisation: str
    report: Report
    inside: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The record. `files` are the SHA-256 of what was given, in order; `by` is the address of the installation that checked."""

    at: datetime
    by: str
    files: tuple[str, ...]
    rules: Rules
    items: tuple[Item, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of all."""
        found = [item.report.verdict for item in self.items]
        return next((bad for bad in (Verdict.INVALID, Verdict.CANNOT_TELL) if bad in found), Verdict.VALID)


def of(
    found: Verification | PresentationVerification, data: bytes, verifier: Verifier, *, by: str, now: datetime
) -> Record:
    """The record of one question to the verifier."""
    if isinstance(found, Verification):
        return of_many([found], [data], verifier, by=by, now=now)
    whole = Item(title="", organisation="", report=found.report)
    items = (whole, *(one for held in found.items for one in _items(held, 1)))
    return _record(items, found.items, [data], verifier, by=by, now=now)


def of_many(
    found: Sequence[Verification], files: Iterable[bytes], verifier: Verifier, *, by: str, now: datetime
) -> Record:
    """The record of several badges that were given one by one."""
    items = tuple(one for each in found for one in _items(each, 0))
    return _record(items, found, files, verifier, by=by, now=now)


def to_json(record: Record, translate: Translate) -> dict[str, Any]:
    """For programs; the sentences are in the reader's language."""
    rules = record.rules
    return {
        "type": TYPE,
        "checkedAt": record.at.astimezone(UTC).isoformat(timespec="seconds"),
        "checkedBy": record.by,
        "verdict": str(record.verdict),
        "files": [{"sha256": digest} for digest in record.files],
        "rules": {
            "cryptosuites": list(rules.suites),
            "clockSkewSeconds": rules.skew_seconds,
            "trustList": {"operator": rules.operator, "edition": rules.edition or None},
        },
        "items": [
            {
                "title": item.title,
                "organisation": item.organisation,
                "inside": item.inside,
                "explanation": explain(item.report, translate, show),
                **item.report.to_json(),
            }
            for item in record.items
        ],
    }


def facts(record: Record, translate: Translate, times: Times) -> list[tuple[str, str]]:
    """When, by whom and by which rules, as pairs of a term and what it is here; several files stand at their items alone."""
    rules, files = record.rules, record.files if len(record.files) == 1 else ()
    edition = translate(N_("редакция {number}")).format(number=rules.edition) if rules.edition else "—"
    return [
        (translate(N_("Проверено")), times.minute(record.at)),
        (translate(N_("Кто проверил")), record.by),
        *((translate(N_("SHA-256 файла")), digest) for digest in files),
        (translate(N_("Список доверия сети")), f"{rules.operator}, {edition}"),
        (translate(N_("Принятые подписи")), ", ".join(rules.suites)),
        (translate(N_("Допуск часов")), translate(N_("{seconds} с")).format(seconds=rules.skew_seconds)),
    ]


def sheet_of(record: Record, translate: Translate, times: Times, language: str) -> dict[str, Any]:
    """The data of the template."""
    return {
        "language": language,
        "title": translate(N_("Запись о проверке")),
        "facts": facts(record, translate, times),
        "columns": [translate(N_("Что проверено")), translate(N_("Итог"))],
        "items": [_section(item, translate, times.minute) for item in record.items],
        "small": [
            translate(
                N_(
                    "Запись говорит, что показала проверка в этот момент. Она не подпись: сомневаясь, проверьте файл ещё раз."
                )
            ),
            translate(N_("Личность предъявителя не проверялась.")),
        ],
    }


def show(moment: datetime) -> str:
    """A moment to the second, as the record for programs writes it."""
    return moment.astimezone(UTC).strftime("%d.%m.%Y %H:%M:%S UTC")


def _record(
    items: tuple[Item, ...],
    found: Iterable[Verification],
    files: Iterable[bytes],
    verifier: Verifier,
    *,
    by: str,
    now: datetime,
) -> Record:
    policy, operator = verifier.policy, verifier.gathering.operator.did
    edition = max((one.network.version for one in found if one.network is not None), default=0)
    rules = Rules(
        suites=tuple(sorted(policy.suites)),
        skew_seconds=int(policy.skew.total_seconds()),
        operator=operator,
        edition=edition,
    )
    digests = tuple(sha256(data).hexdigest() for data in files)
    return Record(at=now, by=by, files=digests, rules=rules, items=items)


def _items(found: Verification, depth: int) -> Iterator[Item]:
    yield Item(title=found.title, organisation=found.issuer, report=found.report, inside=depth)
    for inner in (*found.endorsements, *found.contents):
        yield from _items(inner, depth + 1)


def _section(item: Item, translate: Translate, show: Show) -> dict[str, Any]:
    found = rows(item.report, translate, show)
    return {
        "title": item.title or translate(N_("Документ")),
        "organisation": item.organisation,
        "verdict": title(item.report.verdict, translate),
        "explanation": explain(item.report, translate, show),
        "digest": item.report.digest,
        "rows": [[row.sentence, translate(_SIGNS[Outcome(row.outcome)])] for row in found],
        "remarks": [row.sentence for row in remarks(item.report, translate, show)],
    }
