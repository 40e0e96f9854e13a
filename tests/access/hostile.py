"""Somebody hostile at every form: each text field filled from the corpus, each file brought; a watch over what comes alive."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Dialog, Error, Page

from tests.access.payloads import FILES, TEXTS
from tests.access.places import Place
from tests.access.windows import Windows

_ENTERING = frozenset({"/sign-out", "/demo/sign-in", "/sign-in"})
_EXACT = ("number", "pin", "email", "url", "links", "host", "code", "id", "key", "learner_number", "login", "password")
"""Fields whose text must have a shape: left as they stand, so that the rest of the form is taken."""
_MARKS = """
for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { window.__alive = 1 };
"""
_ALIVE = """() => [...document.querySelectorAll('[data-alive]')].map((one) => `an element: ${one.outerHTML.slice(0, 120)}`)
  .concat(window.__alive ? ['a script'] : [])"""
_TYPED = "textarea, input:is([type=text], [type=search], [type=url], [type=email])"
_FORMS = """(typed) => [...document.forms].map((form, number) => ({
  number, action: form.getAttribute('action') || '', method: form.method,
  texts: [...form.elements].filter((one) => one.matches(typed)).length,
  files: form.querySelectorAll('input[type=file]').length,
}))"""
_FILL = """([number, texts, exact, typed]) => {
  const form = document.forms[number];
  let next = 0;
  const fitting = (one) => {
    for (let tries = 0; tries < texts.length; tries++) {
      const text = texts[next++ % texts.length];
      if (one.maxLength < 0 || text.length <= one.maxLength) return text;
    }
    return one.value;
  };
  for (const one of form.elements) {
    if (one.matches(typed)) {
      if (!exact.includes(one.name)) one.value = fitting(one);
    } else if (one.type === 'checkbox') one.checked = true;
    else if (one.type === 'radio' && !form.querySelector(`[name="${one.name}"]:checked`)) one.checked = true;
    else if (one.type === 'number' && !one.value) one.value = one.min || '1';
    else if (one.type === 'date' && !one.value) one.value = new Date().toISOString().slice(0, 10);
    else if (one.tagName === 'SELECT' && !one.value) one.selectedIndex = one.options.length - 1;
  }
}"""
_SEND = """(number) => {
  const form = document.forms[number];
  form.noValidate = true;
  const buttons = form.querySelectorAll('button[type=submit], button:not([type])');
  form.requestSubmit([...buttons].find((one) => one.matches('.button-primary')) || buttons[buttons.length - 1]);
}"""


@dataclass
class Watch:
    """What came alive in any window, and what pages asked of other sites."""

    base: str
    found: set[str] = field(default_factory=set)
    shown: int = 0

    def over(self, context: BrowserContext) -> None:
        """Watch a window from its first page on."""
        context.add_init_script(_MARKS)
        context.on("request", lambda request: self._asked(request.url))
        context.on("dialog", self._asks)
        context.on("console", lambda line: self._said(line.text))

    def look(self, page: Page, where: str) -> None:
        """Note what is alive on a page; count it where hostile text stands on it as text."""
        self.found |= {f"{where}: {one}" for one in page.evaluate(_ALIVE)}
        self.shown += "data-alive" in page.locator("body").inner_text()

    def _asked(self, address: str) -> None:
        if not address.startswith((self.base, "data:", "blob:")):
            self.found.add(f"a request: {address}")

    def _asks(self, dialog: Dialog) -> None:
        self.found.add(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _said(self, line: str) -> None:
        if "Content Security Policy" in line:
            self.found.add(f"something stopped by the policy: {line[:300]}")


def forms(page: Page) -> list[dict[str, Any]]:
    """The forms of a page in which something can be typed or brought."""
    found: list[dict[str, Any]] = page.evaluate(_FORMS, _TYPED)
    return [form for form in found if (form["texts"] or form["files"]) and form["action"] not in _ENTERING]


def attack(windows: Windows, place: Place, turn: int, watch: Watch, exact: Sequence[str] = _EXACT) -> Iterator[str]:
    """Send every form of a page, beginning with text and file number `turn`; gives the actions that were used."""
    page = windows.at(place.kind, "ru", place.path)
    for count, form in enumerate(forms(page)):
        page = windows.at(place.kind, "ru", place.path)
        if form["number"] >= page.locator("form").count():
            continue  # the form before has changed the page
        first = (turn + count * 7) % len(TEXTS)
        page.evaluate(_FILL, [form["number"], [*TEXTS[first:], *TEXTS[:first]], list(exact), _TYPED])
        if form["files"]:
            _bring(page, form["number"], turn + count)
        _send(page, form["number"])
        watch.look(page, f"{place.row} as {place.kind}, form {form['action']}")
        yield form["action"] or place.path


def _bring(page: Page, number: int, turn: int) -> None:
    """Put a file of the corpus into each place for one."""
    fields = page.locator("form").nth(number).locator("input[type=file]")
    for place in range(fields.count()):
        name, kind, content = FILES[(turn + place) % len(FILES)]
        fields.nth(place).set_input_files({"name": name, "mimeType": kind, "buffer": content})


def _send(page: Page, number: int) -> None:
    try:
        with page.expect_navigation(wait_until="load"):
            page.evaluate(_SEND, number)
    except Error as error:  # a form may answer with a file to save
        if "ERR_ABORTED" not in error.message and "Download" not in error.message and "Timeout" not in error.message:
            raise
