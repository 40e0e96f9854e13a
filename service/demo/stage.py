"""The stage of the stories: the running demonstration, its clock and worker, its people, and the printed steps."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from http import HTTPStatus

from rich.console import Console

from service.demo.clock import StoryClock
from service.demo.municipality import ZONE, Municipality
from service.demo.people import account_of
from service.demo.visitor import Answer, Refused, Visitor
from service.parts import Parts
from service.worker import Worker


@dataclass(frozen=True, slots=True)
class Found:
    """What a story should have led to and what fresh visitors found."""

    scenario: str
    title: str
    expected: Mapping[str, object]
    got: Mapping[str, object]

    @property
    def ok(self) -> bool:
        """Whether everything is as expected."""
        return dict(self.expected) == dict(self.got)

    def to_json(self) -> dict[str, object]:
        """One row of `stories.json`."""
        return {
            "scenario": self.scenario,
            "title": self.title,
            "expected": dict(self.expected),
            "got": dict(self.got),
            "ok": self.ok,
        }


@dataclass(slots=True, kw_only=True)
class Stage:
    """Where the stories play. `breaks` are the acts of sabotage asked for with `--break`, `remembered` what visitors wrote down.

    `scenario` is the number of the story that is going on.
    """

    base: str
    parts: Parts
    clock: StoryClock
    municipality: Municipality
    console: Console
    breaks: frozenset[str] = frozenset()
    remembered: dict[str, str] = field(default_factory=dict)
    scenario: str = ""
    _worker: Worker = field(init=False)

    def __post_init__(self) -> None:
        self._worker = Worker(self.parts)

    def go_to(self, moment: datetime) -> None:
        """Move on to a moment; meanwhile the worker does what has fallen due."""
        self.clock.set(moment)
        self._worker.once()

    @property
    def today(self) -> date:
        """The day in the municipality."""
        return self.clock().astimezone(ZONE).date()

    def work(self) -> None:
        """Let the worker do what is due now."""
        self._worker.once()

    def person(self, code: str) -> Visitor:
        """Somebody of the municipality, freshly signed in."""
        return Visitor(self.base).sign_in(account_of(code))

    def stranger(self) -> Visitor:
        """Somebody nobody knows."""
        return Visitor(self.base)

    def verdict(self, credential: bytes) -> str:
        """What the public verifier tells a stranger about a file."""
        answer = self.stranger().send("/api/verify", credential)
        return str(answer.json()["credentials"][0]["verdict"]) if answer.status == 200 else "unreadable"  # noqa: PLR2004 - HTTP

    def title(self, title: str) -> None:
        """Print the heading of the story that begins."""
        number = f"Сюжет {self.scenario}. " if self.scenario else ""
        self.console.print(f"[bold]{number}{title}[/bold]", highlight=False)

    @contextmanager
    def step(self, told: str) -> Iterator[None]:
        """One step of a story: printed with ✓ when it went through, with ✕ and the reason when it was refused."""
        day = self.clock().astimezone(ZONE).strftime("%d.%m.%Y")
        when = f"{day} {self.scenario:>3}" if self.scenario else day
        try:
            yield
        except Refused as refusal:
            self.console.print(f"  [red]✕[/red] {when}  {told} — {refusal}", highlight=False)
            raise
        self.console.print(f"  [green]✓[/green] {when}  {told}", highlight=False)

    def must_refuse(self, answer: Answer) -> Answer:
        """The answer, if it is a refusal as the story wants it; else `Refused`, since something went through that should not."""
        if answer.status == HTTPStatus.OK:
            msg = f"{answer.path} was not refused"
            raise Refused(msg)
        return answer
