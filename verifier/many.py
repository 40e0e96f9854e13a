"""Many files or links checked at once, one after the other, for whoever receives badges by the hundred. Nothing is kept.

for line in Many(verifier, secret).check(given, now, translate, times): …        each as soon as it is found
sealed = many.seal(lines, at);  many.open(sealed)        a table may be asked for later, and only of our own answers

Moments are told as on paper: to the minute, in the municipality's time, with the zone's name.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Final

from keys.deps import Times
from keys.pace import Pace
from schemas.errors import N_, BadInput, Unavailable, ZachetkaError
from verifier.answers import ask
from verifier.verdict import Report
from verifier.verification import Verification
from verifier.verify import Verifier
from verifier.wording import Show, Translate, explain, title

MOST: Final = 500
AT_ONCE: Final = 2
PER_ADDRESS: Final = 12
WINDOW: Final = timedelta(minutes=15)
_LONGEST_NAME: Final = 120
_NO_ANSWER = ""
UNREADABLE = N_("Не прочитан")
NOT_CHECKED = N_("Не проверен")
HEAD = (
    N_("№"),
    N_("Файл или ссылка"),
    N_("Ответ"),
    N_("Почему"),
    N_("Значок"),
    N_("Кто отвечает"),
    N_("Проверено"),
    "SHA-256",
)


class TooMany(BadInput):
    """More files and links than are checked at once."""

    code = "too-many"
    sentence = N_("За один раз проверяется не больше {limit} файлов и ссылок. Разделите их на части.")


class ManyBusy(Unavailable):
    """Others are checking as many already."""

    code = "many-busy"
    sentence = N_("Сейчас другие проверяют много значков. Подождите минуту и отправьте ещё раз.")


class NotOurTable(BadInput):
    """Answers that this installation has not given, or not like that."""

    code = "not-our-table"
    sentence = N_("Это не ответы нашей проверки. Проверьте файлы ещё раз и скачайте таблицу сразу.")


@dataclass(frozen=True, slots=True)
class Given:
    """One file or link: how the answer calls it, and how its documents are had; that may raise a `ZachetkaError`."""

    name: str
    documents: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The answer about one document. `verdict` is "" where there was nothing to judge, and `why` says that in words."""

    number: str
    name: str
    verdict: str
    word: str
    why: str
    title: str = ""
    organisation: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Many:
    """Checks many; shared by all threads. `secret` seals answers; `pace` and `running` keep one reader from taking all there is."""

    verifier: Verifier
    secret: bytes = field(repr=False)
    pace: Pace = field(default_factory=lambda: Pace(PER_ADDRESS, WINDOW))
    running: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE), repr=False)

    def check(self, given: Iterable[Given], now: datetime, translate: Translate, times: Times) -> Iterator[Line]:
        """The answers in their order, each as soon as it is there. Raises `ManyBusy` before the first one."""
        if not self.running.acquire(blocking=False):
            raise ManyBusy
        try:
            left = MOST
            for number, one in enumerate(given, 1):
                lines = list(_lines(self.verifier, one, number, left, now, translate, times.minute))
                left -= len(lines)
                yield from lines
        finally:
            self.running.release()

    def seal(self, lines: Iterable[Line], at: str) -> str:
        """The answers, and when they were found in words, as text that can be given back to us."""
        body = json.dumps({"at": at, "lines": [asdict(line) for line in lines]}, ensure_ascii=False)
        written = urlsafe_b64encode(body.encode("utf-8", "replace")).decode("ascii")
        return f"{written}.{self._mac(written)}"

    def open(self, sealed: str) -> tuple[str, list[Line]]:
        """When they were found, and the answers. Raises `NotOurTable` for anything but what `seal` gave."""
        written, _, mac = sealed.partition(".")
        if not hmac.compare_digest(self._mac(written).encode(), mac.encode("utf-8", "replace")):
            raise NotOurTable
        body = json.loads(urlsafe_b64decode(written))
        return body["at"], [Line(**line) for line in body["lines"]]

    def _mac(self, written: str) -> str:
        return hmac.new(self.secret, b"many " + written.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def table(at: str, lines: Iterable[Line], translate: Translate) -> Iterator[list[str]]:
    """The answers as rows of a table, the head first."""
    yield [translate(cell) for cell in HEAD]
    for one in lines:
        yield [one.number, one.name, one.word, one.why, one.title, one.organisation, at, one.digest]


def without_folders(name: str) -> str:
    """The name of a file alone, as some browsers send its path too."""
    return name.replace("\\", "/").rpartition("/")[2]


def short(name: str) -> str:
    """A name as lists show it: not too long, nothing that cannot be seen."""
    seen = "".join(sign for sign in name if sign.isprintable())
    return seen if len(seen) <= _LONGEST_NAME else f"{seen[: _LONGEST_NAME - 1]}…"


def _lines(
    verifier: Verifier, one: Given, number: int, left: int, now: datetime, translate: Translate, show: Show
) -> Iterator[Line]:
    """The answers about one file: of a set one about each document in it, "3.2" being the second one of the third file."""
    try:
        if left <= 0:
            raise TooMany(limit=MOST)
        found = [each for data in one.documents() for each in _asked(verifier, data, now)]
        if len(found) > left:
            raise TooMany(limit=MOST)
    except ZachetkaError as error:
        why = error.told(translate)
        word = NOT_CHECKED if isinstance(error, TooMany | Unavailable) else UNREADABLE
        yield Line(number=str(number), name=short(one.name), verdict=_NO_ANSWER, word=translate(word), why=why)
        return
    for place, (report, item) in enumerate(found, 1):
        yield Line(
            number=str(number) if len(found) == 1 else f"{number}.{place}",
            name=short(one.name),
            verdict=str(report.verdict),
            word=title(report.verdict, translate),
            why=explain(report, translate, show),
            title=item.title if item else "",
            organisation=item.issuer if item else "",
            digest=report.digest,
        )


def _asked(verifier: Verifier, data: bytes, now: datetime) -> list[tuple[Report, Verification | None]]:
    """The reports about what is in a file; a set without sound contents has one about itself."""
    found = ask(verifier, data, now)
    if isinstance(found, Verification):
        return [(found.report, found)]
    return [(item.report, item) for item in found.items] or [(found.report, None)]
