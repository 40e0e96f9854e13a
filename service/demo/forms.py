"""Reads the forms of a page as a browser does, with everything that is filled in already."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_BUTTONS = frozenset({"submit", "button", "image", "reset", "file"})
_CHECKED = frozenset({"checkbox", "radio"})


@dataclass(slots=True)
class PageForm:
    """One form: where it goes, how, and the fields as they stand."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    options: list[tuple[str, str, str]] = field(default_factory=list)
    """What can be ticked or chosen from a list: name, value, the words beside it."""

    def option(self, name: str, words: str) -> str:
        """The value of the option of `name` whose words contain `words`, or nothing."""
        return next((value for known, value, text in self.options if known == name and words in text), "")

    def filled(self, answers: dict[str, str | list[str]]) -> list[tuple[str, str]]:
        """What a browser would send after somebody typed `answers`."""
        given = {name: [value] if isinstance(value, str) else list(value) for name, value in answers.items()}
        return [(name, value) for name, values in (self.fields | given).items() for value in values]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._open: PageForm | None = None
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a form, or note a field of the open one."""
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = PageForm(known.get("action", ""), known.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None:
            self._field(tag, known, self._open)

    def handle_endtag(self, tag: str) -> None:
        """Close what is open."""
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        """The text of a text area."""
        if self._open is None:
            return
        if self._area:
            self._open.fields[self._area] = [data.removeprefix("\n")]
        elif self._open.options and data.strip():
            name, value, words = self._open.options[-1]
            self._open.options[-1] = (name, value, f"{words} {data.strip()}".strip())

    def _field(self, tag: str, known: dict[str, str], form: PageForm) -> None:
        name = known.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            form.options.append((self._select, known.get("value", ""), ""))
            if "selected" in known:
                form.fields[self._select] = [known.get("value", "")]
        elif tag == "textarea" and name:
            self._area = name
            form.fields[name] = [""]
        elif tag == "input" and name and known.get("type") not in _BUTTONS:
            if known.get("type") not in _CHECKED:
                form.fields[name] = [known.get("value", "")]
                return
            form.options.append((name, known.get("value", "on"), ""))
            if "checked" in known:
                form.fields.setdefault(name, []).append(known.get("value", "on"))


def forms_of(page: str) -> list[PageForm]:
    """Every form of a page in order."""
    reader = _Forms()
    reader.feed(page)
    return reader.forms
