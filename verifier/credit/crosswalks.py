"""Foreign outcomes that sound like one the plan asks for, and a person's recognition of one (DOMAIN row 50, §2.5).

The machine only points at wordings (`likeness`). A recognition is entered by the deputy head with the act that says so; it then
stands for the whole school, in this case and in later ones, and the comparison counts it like a code of the school's own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from verifier.credit import evidence, plans
from verifier.credit.errors import NotAlike, PaperMissing
from verifier.credit.facts import State
from verifier.credit.likeness import suggest
from verifier.credit.matching import Candidate, Finding, Row
from verifier.credit.tables import CrossWalk
from verifier.credit.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """One foreign outcome beside one of the plan. `words` are those of the plan's outcome that both share."""

    code: str
    name: str
    foreign: Candidate
    words: tuple[str, ...]
    score: float


def alike(rows: Iterable[Row], candidates: Iterable[Candidate]) -> list[Alike]:
    """What sounds like an outcome that nothing shows yet, the likest first."""
    open_rows = {
        row.outcome.code: row.outcome.name for row in rows if row.finding is Finding.ABSENT and row.recognisable
    }
    found = [one for candidate in candidates for one in _of(candidate, open_rows)]
    return sorted(found, key=lambda one: (-one.score, one.code, one.foreign.url))


def _of(candidate: Candidate, names: dict[str, str]) -> Iterator[Alike]:
    """Only a wording with an address can be recognised: the address is what later badges are known by."""
    if not candidate.url or not candidate.name:
        return
    for one in suggest(candidate.name, names.items()):
        yield Alike(code=one.code, name=names[one.code], foreign=candidate, words=one.words, score=one.score)


def alike_in(work: Work) -> list[Alike]:
    """The same for a case, each pair of wordings once; nothing once people have gone on from the comparison."""
    if work.case.state is not State.MATCHING:
        return []
    found = alike(work.comparison.rows, evidence.candidates_of(work.evidence))
    return list({(one.code, one.foreign.url): one for one in reversed(found)}.values())[::-1]


def recognise(work: Work, url: str, code: str, paper: str) -> CrossWalk:
    """Enter that the school takes the foreign outcome at `url` for its own `code`, by the act named in `paper`.

    Raises `NotAlike` for a pair that the case does not put forward, `PaperMissing` where no act is named.
    """
    if (url, code) not in {(one.foreign.url, one.code) for one in alike_in(work)}:
        raise NotAlike
    if not paper.strip():
        raise PaperMissing(pointer="/paper")
    walk = plans.accept_outcome(
        work.session,
        school=work.case.school,
        foreign_url=url,
        code=code,
        paper=paper.strip(),
        by=work.person,
        now=work.now,
    )
    work.forget()
    return walk
