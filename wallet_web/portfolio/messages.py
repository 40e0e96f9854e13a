"""Forms of the portfolio as they come back, texts as typed."""

from dataclasses import replace
from datetime import date

from pydantic import BaseModel, Field

from schemas.errors import BadInput
from wallet_web.messages import ShareForm
from wallet_web.portfolio.declared import new_id
from wallet_web.portfolio.errors import BadChoice, BadDay, LateDay
from wallet_web.portfolio.goals import Wanted
from wallet_web.portfolio.sections import Section
from wallet_web.portfolio.tables import DeclaredWords, Kind, NoteKind, Scale
from wallet_web.portfolio.words import Words
from wallet_web.share import ShareOrder
from wallet_web.tables import Purpose


def read_day(text: str) -> date | None:
    """A day as a form sends it, where it can be read."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class WordsForm(BaseModel):
    """The words of a record."""

    title: str = ""
    organiser: str = ""
    held_on: str = ""
    scale: str = ""
    result: str = ""
    story: str = ""

    def faults(self) -> dict[str, BadInput]:
        """What cannot even be read, by field."""
        wrong: dict[str, BadInput] = {}
        if self.scale and self.scale not in set(Scale):
            wrong["scale"] = BadChoice()
        if self.held_on and read_day(self.held_on) is None:
            wrong["held_on"] = BadDay()
        return wrong

    def words(self) -> Words:
        """The same, for the act; to be asked when there are no faults."""
        return Words(
            title=self.title,
            organiser=self.organiser,
            held_on=read_day(self.held_on),
            scale=Scale(self.scale) if self.scale else None,
            result=self.result,
            story=self.story,
        ).tidy()


class RecordForm(WordsForm):
    """A record as the family writes it; the same `id` never makes a second one."""

    id: str = Field(default_factory=new_id)
    kind: str = Kind.ACHIEVEMENT
    section: str = ""

    def faults(self) -> dict[str, BadInput]:
        """What cannot even be read, by field."""
        wrong = super().faults()
        if self.section not in set(Section):
            wrong["section"] = BadChoice()
        return wrong


class GoalForm(BaseModel):
    """A goal as the family writes it; the same `id` never makes a second one."""

    id: str = Field(default_factory=new_id)
    title: str = ""
    section: str = ""
    due_on: str = ""

    def wanted(self) -> Wanted:
        """The same, for the act; to be asked when there are no faults."""
        section = Section(self.section) if self.section else None
        return Wanted(title=self.title, section=section, due_on=read_day(self.due_on))

    def faults(self) -> dict[str, BadInput]:
        """What cannot even be read, by field."""
        wrong: dict[str, BadInput] = {}
        if self.section and self.section not in set(Section):
            wrong["section"] = BadChoice()
        if self.due_on and read_day(self.due_on) is None:
            wrong["due_on"] = LateDay()
        return wrong


class NoteForm(BaseModel):
    """A note as the family writes it; the same `id` never makes a second one."""

    id: str = Field(default_factory=new_id)
    kind: str = NoteKind.REFLECTION
    text: str = ""


class BlockForm(BaseModel):
    """What is to be put on a page."""

    kind: str = ""
    entry: str = ""
    record: str = ""
    text: str = ""


class PageShareForm(ShareForm):
    """The form for a link to a page, texts as typed."""

    def order_for(self, badges: tuple[str, ...]) -> ShareOrder:
        """The same, for the act: the badges are those of the page."""
        return replace(self.order(), entries=badges, kind=Purpose.PORTFOLIO)


class DecisionForm(WordsForm):
    """What a teacher decides about the version `number`, in words that they may have put right."""

    number: str = ""
    act: str = ""
    reason: str = ""

    def version(self) -> int:
        """The version that was read; 0, which none has, where the form does not say."""
        return int(self.number) if self.number.isascii() and self.number.isdigit() and len(self.number) < 7 else 0  # noqa: PLR2004 - digits


def typed_of(row: DeclaredWords) -> dict[str, str]:
    """The words of a version as a form has them."""
    return {
        "title": row.title,
        "organiser": row.organiser,
        "held_on": row.held_on.isoformat() if row.held_on else "",
        "scale": row.scale.value if row.scale else "",
        "result": row.result,
        "story": row.story,
    }
