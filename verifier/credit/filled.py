"""What a person filled in, read with types; a wrong field is named so that the page can mark it."""

from collections.abc import Container, Mapping, Sequence
from datetime import date

from verifier.credit.errors import FieldMissing, FieldUnclear

Value = str | Sequence[str] | bytes
LONGEST_TEXT = 4_000


class Filled:
    """A form as it came back: texts, lists and files by name; `labels` says what people call its fields.

    Its readers raise `FieldMissing` or `FieldUnclear`, whose pointer names the field.
    """

    def __init__(self, values: Mapping[str, Value], labels: Mapping[str, str]) -> None:
        self._values = values
        self._labels = labels

    def text(self, name: str) -> str:
        """One text, trimmed, "" where nothing was written."""
        value = self._values.get(name, "")
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            raise FieldUnclear(pointer=f"/{name}", label=self._label(name))
        return value.strip()

    def needed(self, name: str) -> str:
        """One text that must be there."""
        text = self.text(name)
        if not text:
            raise FieldMissing(pointer=f"/{name}", label=self._label(name))
        return text

    def one(self, name: str, known: Container[str]) -> str:
        """One of the known options."""
        text = self.needed(name)
        if text not in known:
            raise FieldUnclear(pointer=f"/{name}", label=self._label(name))
        return text

    def many(self, name: str) -> list[str]:
        """Several texts; one alone counts as a list of one."""
        value = self._values.get(name, ())
        found = [value] if isinstance(value, str) else value
        if isinstance(found, bytes) or not all(isinstance(one, str) for one in found):
            raise FieldUnclear(pointer=f"/{name}", label=self._label(name))
        return [str(one) for one in found if one]

    def yes(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.text(name) in {"yes", "true", "on"}

    def day(self, name: str) -> date | None:
        """A day as browsers send it (2026-11-22), None where nothing was written."""
        text = self.text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise FieldUnclear(pointer=f"/{name}", label=self._label(name)) from None

    def number(self, name: str) -> int | None:
        """A whole number, None where nothing was written."""
        text = self.text(name)
        if text and not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 - fits every database
            raise FieldUnclear(pointer=f"/{name}", label=self._label(name))
        return int(text) if text else None

    def file(self, name: str) -> bytes:
        """An uploaded file, empty where none was chosen."""
        value = self._values.get(name, b"")
        return value if isinstance(value, bytes) else str(value).encode()

    def by_code(self, name: str) -> dict[str, str]:
        """The fields `<name>.<code>` by code, those left empty left out."""
        prefix = f"{name}."
        found = {key.removeprefix(prefix): self.text(key) for key in self._values if key.startswith(prefix)}
        return {code: text for code, text in found.items() if text}

    def _label(self, name: str) -> str:
        return self._labels.get(name.partition(".")[0], name)
