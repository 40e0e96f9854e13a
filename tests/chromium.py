"""The browser of this machine, for tests and for the pictures of the tour."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE_MS = 60_000  # what is awaited comes within a second; a machine that has much else to do may need many


def chromium() -> str | None:
    """Where it is: as ZACHETKA_CHROMIUM says, or under one of its names."""
    return os.environ.get("ZACHETKA_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def opened(program: str) -> Iterator[Browser]:
    """The browser, for as long as the block runs; until then nothing else in the process can run an event loop."""
    expect.set_options(timeout=_PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
