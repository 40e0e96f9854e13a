"""What a page is held against: axe-core's rules in both themes, the width of the screens it is read on, the keyboard."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.access.windows import DESK, HEIGHT

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
"""What `make .venv/node` installs."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_JUDGE = """async (tags) => {
  const options = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] };
  const place = (node) => `${node.target.join(' ')} ${node.html.slice(0, 160)}`;
  const told = (one) => `${one.id}: ${one.nodes.slice(0, 3).map(place).join(' | ')}`;
  return (await axe.run(document, options)).violations.map(told);
}"""
_WIDER = """() => {
  const width = document.documentElement.clientWidth, far = [];
  if (document.documentElement.scrollWidth <= width) return far;
  for (const one of document.querySelectorAll('body *')) {
    const box = one.getBoundingClientRect();
    if (box.width && box.right > width + 1) far.push(one.outerHTML.slice(0, 120));
  }
  return far.slice(-3).concat([`${document.documentElement.scrollWidth} > ${width}`]);
}"""
_TWICE = """() => {
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  return ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `an id stands twice: ${id}`);
}"""
_STOPS = """() => {
  const can = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex="-1"])';
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled;
  const all = [...document.querySelectorAll(can)].filter(shown);
  const first = (one) => all.find((other) => other.type === 'radio' && other.name === one.name && other.form === one.form);
  window.stops = new Set(all.filter((one) => one.type !== 'radio' || first(one) === one));
  return document.querySelectorAll('input[type=date]').length * 3 + window.stops.size;
}"""
_STEP = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  if (at === document.body) return '';
  for (const one of window.stops) {
    if (one === at || (one.type === 'radio' && one.name === at.name && one.form === at.form)) window.stops.delete(one);
  }
  const named = at.outerHTML.slice(0, 120);
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return `focus is not seen: ${named}`;
  const off = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
  if (off) return `focus is off the screen: ${named}`;
  return '';
}"""
_LEFT = "() => [...window.stops].map((one) => `the keyboard does not reach it: ${one.outerHTML.slice(0, 120)}`)"


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


def violations(page: Page, theme: str) -> list[str]:
    """The rules of axe-core that the page breaks in a theme, each with the first places.

    The judge is brought in from outside of the page: its own policy lets no foreign script in.
    """
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.evaluate(f"window.axe || (() => {{ {_axe()} }})()")
    found: list[str] = page.evaluate(_JUDGE, RULES)
    return found


def ambiguous(page: Page) -> list[str]:
    """Ids that stand twice, so that a label or a link leads to the wrong one of two."""
    found: list[str] = page.evaluate(_TWICE)
    return found


def wider_than(page: Page, width: int) -> list[Any]:
    """What sticks out to the right of a screen of that width."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    found: list[Any] = page.evaluate(_WIDER)
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    return found


def unreachable(page: Page) -> list[str]:
    """What whoever has no mouse cannot reach, or loses sight of, going through the page by the Tab key alone."""
    page.evaluate("document.querySelectorAll('details').forEach((folded) => folded.open = true)")
    stops = int(page.evaluate(_STOPS))
    found = set()
    for _ in range(stops + 2):  # the document itself is one
        page.keyboard.press("Tab")
        found.add(str(page.evaluate(_STEP)))
    left: list[str] = page.evaluate(_LEFT)
    return sorted(found - {""}) + left
