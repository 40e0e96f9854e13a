"""What a good refusal is: one sentence of our own in the reader's language, a stable code for programs, nothing of the insides."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from httpx2 import Response

from schemas.errors import ZachetkaError
from tests.journeys.visible import pieces_of

PROBLEM = "application/problem+json"
ON_A_PAGE_OF_ITS_OWN = "В адресе опечатка, срок закончился или владелец отозвал ссылку."  # a link that shows nothing
TYPES_OF_JUDGEMENTS = ("https://www.w3.org/", "https://w3id.org/security#", "/docs#")
INSIDES = re.compile(r"Traceback|File \"|sqlalchemy|psycopg|sqlite3|pydantic|starlette|\.py\b|<\w[\w.]* object")


@cache
def sentences() -> Mapping[str, list[re.Pattern[str]]]:
    """What each code says to people; whatever is filled in stands for itself, and the name of a field may stand before it."""
    said: dict[str, list[re.Pattern[str]]] = defaultdict(list)
    for kind in _kinds(ZachetkaError):
        words = re.sub(r"\\\{\w+\\\}", ".*", re.escape(kind.sentence))
        said[kind.code].append(re.compile(f"(?:.{{1,120}}: )?{words}", re.DOTALL))
    return said


@lru_cache(maxsize=65_536)
def is_sentence(text: str) -> bool:
    """Whether a text is one of all sentences; the frame around them is the same on every page."""
    return any(words.fullmatch(text) for said in sentences().values() for words in said)


@lru_cache(maxsize=1024)
def says_a_sentence(page: str) -> bool:
    """Whether a page tells one of them; whoever is refused many times in the same way gets the same page."""
    told = [piece.text for piece in pieces_of(page)]
    return ON_A_PAGE_OF_ITS_OWN in told or any(map(is_sentence, told))


def _kinds(kind: type[ZachetkaError]) -> Iterator[type[ZachetkaError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _kinds(narrower)


def faults(answer: Response, *, page: bool) -> Iterator[str]:
    """What is wrong with an answer to bad input; `page` where people read it."""
    refused = answer.status_code >= 400
    if answer.status_code >= 500:
        yield f"breaks: {answer.status_code}"
    if refused and INSIDES.search(answer.text):
        yield f"shows its insides: {INSIDES.findall(answer.text)}"
    if answer.is_redirect and not _stays(answer):
        yield f"leads away: {answer.headers['location']}"
    if refused and answer.request.method != "HEAD":
        yield from _told_to_people(answer) if page else _told_to_programs(answer)


def _stays(answer: Response) -> bool:
    """Whether a redirect leads to a path of the same site."""
    there = answer.request.url.join(answer.headers["location"])
    return (there.scheme, there.netloc) == (answer.request.url.scheme, answer.request.url.netloc)


def _told_to_people(answer: Response) -> Iterator[str]:
    if not answer.headers.get("content-type", "").startswith("text/html"):
        yield f"is no page: {answer.status_code} {answer.headers.get('content-type')}"
        return
    if not says_a_sentence(answer.text):
        yield f"says no sentence of ours: {answer.status_code}"


def _told_to_programs(answer: Response) -> Iterator[str]:
    if answer.headers.get("content-type") != PROBLEM:
        yield f"is no problem document: {answer.status_code} {answer.headers.get('content-type')}"
        return
    problem = answer.json()
    if "problemDetails" in problem:
        yield from _rejected(problem)
        return
    if not any(words.fullmatch(problem["detail"]) for words in sentences().get(problem["code"], [])):
        yield f"has an unknown code or sentence: {problem['code']}: {problem['detail']}"
    if problem["status"] != answer.status_code or not problem["type"].endswith(f"/docs#{problem['code']}"):
        yield f"contradicts itself: {problem}"


def _rejected(problem: dict[str, Any]) -> Iterator[str]:
    """A judgement of VC-API: the types are those of the standards, the sentences those of the verifier."""
    for detail in problem["problemDetails"]:
        if not detail["detail"] or not detail["type"].startswith(TYPES_OF_JUDGEMENTS):
            yield f"is no judgement: {detail}"
    if problem["verified"] is not False or problem["type"] != problem["problemDetails"][0]["type"]:
        yield f"contradicts itself: {problem}"
