"""Every page of the town as the people concerned read it, in both languages; and the strings that are data on them."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product
from typing import Any, Self

from httpx2 import Response
from sqlmodel import SQLModel, select

from issuer.tables import AchievementPath, AchievementVersion, Award, Batch, Endorsement
from keys.tables import Organisation, OrganisationApplication
from service.database import reading
from service.demo import prologue, samples
from service.demo.awarding import award
from service.demo.people import account_of, guardian_of
from service.demo.stage import Stage
from service.frameworks.tables import FrameworkFile
from service.identity.tables import Account, Enrolment, LearnerRow, RollList, Substitution
from service.vc_api.tables import ApiToken
from tests.journeys import cast, statement
from tests.journeys.alina import ASKED, LISTED
from tests.journeys.bodies import sent
from tests.journeys.caller import Caller
from tests.journeys.doors import Door
from tests.journeys.stages import REASON, all_moments
from tests.journeys.statement import Try
from tests.journeys.things import Things
from tests.journeys.visible import Piece, pieces_of
from verifier.asking.tables import ShowRequest
from verifier.credit.curricula.tables import ComponentPart, Directory, DirectoryOutcome, PlanFile, PlannedOutcome
from verifier.credit.meetings.tables import Meeting
from verifier.credit.network.tables import ContractParty, ContractProgramme, NetworkContract
from verifier.credit.papers import TITLES
from verifier.credit.tables import Case, CaseEvidence, CaseStep, PlanComponent
from wallet_web.consent import current_text
from wallet_web.objections.tables import Objection
from wallet_web.portfolio.progress import group_of
from wallet_web.portfolio.tables import Block, DeclaredFile, DeclaredWords, Goal, Note
from wallet_web.portfolio.tables import Page as PortfolioPage
from wallet_web.tables import KeptFile, Purpose, Share

_CYRILLIC = re.compile("[А-Яа-яЁё]")
_CODE = re.compile(r"[А-ЯЁ]+\.[А-ЯЁ]?\d+")
LANGUAGES = ("ru", "en")
SAMPLES = ("genuine", "points", "field", "revoked", "stranger")
READER_OF_ALL = "guardian"  # for pages that are there for everybody, beside the stranger


@dataclass(frozen=True)
class Page:
    """One answer as somebody read it."""

    language: str
    who: str
    what: str
    text: str

    @cached_property
    def pieces(self) -> list[Piece]:
        """Its text piece by piece."""
        return pieces_of(self.text)


def all_pages(stage: Stage, things: Things, doors: list[Door]) -> Iterator[Page]:
    """Every door with every answer that people get from it, then odd places, then a case in each of its states."""
    _make_samples(stage)
    opened, pressed = (
        [door for door in doors if door.method != "POST"],
        [door for door in doors if door.method == "POST"],
    )
    for kind in cast.PEOPLE:
        for chosen, language in product(
            (opened, pressed), LANGUAGES
        ):  # what is pressed may be gone in the other language
            with Caller(stage.base, language) as caller:
                yield from _doors(cast.enter(caller, kind), kind, language, things, chosen)
    readers = _Readers(stage)
    with readers:
        yield from _odd_places(readers)
        for moment in all_moments(stage, things.draft):
            for reader in moment.readers:
                shown = list(readers.read(reader, moment.case))
                assert len(shown) == len(LANGUAGES), f"{reader} cannot read {moment.case}"
                yield from shown
            yield from readers.read(moment.readers[0], "/credit", f"/credit/plans/{account_of(moment.learner)}")


def _doors(caller: Caller, kind: str, language: str, things: Things, doors: list[Door]) -> Iterator[Page]:
    for one in statement.tries(doors):
        if _worth_reading(one, kind):
            path = things.address(one.door.row, one.door.path, event=one.event)
            body = sent(one.door.row, kind, things) if one.door.method == "POST" else {}
            answer = caller.call(one.door.method, path, **body)
            if is_page(answer):
                yield Page(language, kind, one.title, answer.text)


def is_page(answer: Response) -> bool:
    """Whether there is something for people to read."""
    return bool(answer.text) and answer.headers.get("content-type", "").startswith("text/html")


def _worth_reading(one: Try, kind: str) -> bool:
    """Whoever may; and of doors that are there for many, two kinds of people."""
    open_to_many = len(one.may) > len(statement.kinds(["readers_of_case"]))
    ends_session = one.door.action.startswith("session.") and one.door.method == "POST"
    program = one.door.path.startswith("/api/") or one.door.method in {"HEAD", "FILES"}
    return kind in one.may and not ends_session and not program and (not open_to_many or kind in _OF_MANY)


_OF_MANY = frozenset({cast.STRANGER, READER_OF_ALL, "disputes"})


class _Readers:
    """People of the municipality who read in both languages; whose session has ended meanwhile signs in again."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._callers: dict[tuple[str, str], Caller] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def read(self, who: str, *paths: str) -> Iterator[Page]:
        """Pages as a person reads them, by code."""
        for language in LANGUAGES:
            for path in paths:
                answer = self._answer(who, language, path)
                if is_page(answer):
                    yield Page(language, who, f"GET {path}", answer.text)

    def _answer(self, who: str, language: str, path: str) -> Response:
        answer = self._caller(who, language).call("GET", path)
        if who == cast.STRANGER or not answer.headers.get("location", "").startswith("/sign-in"):
            return answer
        del self._callers[who, language]
        return self._caller(who, language).call("GET", path)

    def _caller(self, who: str, language: str) -> Caller:
        if (who, language) not in self._callers:
            caller = self._open.enter_context(Caller(self._stage.base, language))
            self._callers[who, language] = caller if who == cast.STRANGER else caller.sign_in(account_of(who))
        return self._callers[who, language]


def _odd_places(readers: _Readers) -> Iterator[Page]:
    """Samples with every verdict, refusals, what a neighbour's family and a revoked badge look like."""
    samples_of_all = (f"/verify/samples/{name}" for name in SAMPLES)
    yield from readers.read(cast.STRANGER, *samples_of_all, "/nowhere", "/v/AAAAAAAAAAAAAAAAAAAAAA", "/sign-in")
    for code in ("l8", "l4", guardian_of("l3"), guardian_of("l2"), "l2"):
        known = f"/wallet/{account_of(code.removesuffix('-guardian'))}"
        rooms = (known, f"{known}/shares/new", f"{known}/apply", f"{known}/consents")
        yield from readers.read(code, *rooms, "/credit", "/journal")


def _make_samples(stage: Stage) -> None:
    """The verifier's samples; one of them is a badge that was awarded by mistake and revoked."""
    wrong = prologue.MISTAKEN
    give = partial(award, stage, by=wrong.by, organisation=wrong.organisation, module=wrong.module)
    page = give(learner=wrong.learner, event=wrong.event, result=wrong.result)
    stage.person(wrong.by).submit(page, f"{page}/revoke", {"reason": prologue.REASON})
    samples.write_samples(stage)


_ENTERED: tuple[tuple[type[SQLModel], tuple[str, ...]], ...] = (
    (Organisation, ("name", "short_name", "licence")),
    (Account, ("name",)),
    (LearnerRow, ("given_name",)),
    (Enrolment, ("grade",)),
    (PlanComponent, ("title", "grade")),
    (ComponentPart, ("title",)),
    (PlannedOutcome, ("name", "code")),
    (PlanFile, ("file", "title")),
    (Directory, ("title",)),
    (DirectoryOutcome, ("name", "code", "section")),
    (Share, ("audience", "purpose")),
    (Award, ("event",)),
    (Endorsement, ("name", "comment")),
    (Case, ("paper_number", "paper_signer", "grounds")),
    (CaseEvidence, ("title",)),
    (CaseStep, ("reason",)),
    (Batch, ("file",)),
    (NetworkContract, ("title", "data_clause", "end_reason", "number")),
    (ContractParty, ("name",)),
    (ContractProgramme, ("title", "code")),
    (DeclaredWords, ("title", "organiser", "result", "story")),
    (DeclaredFile, ("name",)),
    (Goal, ("title",)),
    (Note, ("text",)),
    (PortfolioPage, ("title",)),
    (Block, ("text",)),
    (RollList, ("file",)),
    (ApiToken, ("name",)),
    (AchievementPath, ("title", "description")),
    (ShowRequest, ("wanted", "purpose")),
    (OrganisationApplication, ("name",)),
    (Meeting, ("place", "reason")),
    (Substitution, ("basis",)),
    (Objection, ("text", "answer")),
    (KeptFile, ("place",)),
)


def data_of(stage: Stage) -> list[str]:
    """Names, titles and texts that people and organisations have entered, longest first: no matter of the page's language."""
    consents = [current_text(purpose) for purpose in Purpose]
    agreed = {text for consent in consents for text in (consent.title, *consent.paragraphs)}
    found = {ASKED, LISTED, stage.municipality.name, *agreed, *TITLES.values(), REASON}
    with reading(stage.parts.engine) as session:
        for table, columns in _ENTERED:
            for row in session.exec(select(table)):
                found |= {str(getattr(row, column) or "") for column in columns}
        for version in session.exec(select(AchievementVersion)):
            found |= set(_strings(version.document))
        for brought in session.exec(select(FrameworkFile)):
            found |= {brought.title, brought.file, *_strings(brought.rows)}
    found |= {group_of(text) for text in found if _CODE.fullmatch(text)}
    said = {re.sub(r"\s+", " ", text).strip() for text in found}
    return sorted((text for text in said if _CYRILLIC.search(text)), key=len, reverse=True)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for one in value.values() for text in _strings(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in _strings(one))
    elif isinstance(value, str):
        yield value
