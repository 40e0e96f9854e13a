"""Hostile text through every field, hostile files through every upload, in a real browser: nothing comes alive or asks outside."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from httpx2 import Response
from playwright.sync_api import Browser

from keys.proofs import add
from service.demo.people import account_of
from tests.access.hostile import Watch, attack
from tests.access.payloads import TEXTS, as_text, said_by_stranger
from tests.access.places import one_for_each, places
from tests.access.windows import Windows
from tests.campus import make_holder
from tests.journeys import cast, statement
from tests.journeys.caller import Caller
from tests.journeys.peopled import Town

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.xdist_group("access")]
WALLET = f"/wallet/{account_of('l1')}"
ADDRESS = re.compile(r'(?:src|href)="(/[^"?#]+\.(?:png|svg|pdf|json|csv|jpg)|/[^"]*/(?:files|works)/[^"?#]+)"')


def test_nothing_that_is_typed_or_brought_comes_alive(town: Town, browser: Browser) -> None:
    watch = Watch(town.stage.base)
    windows = Windows(browser, town.stage.base, watch.over)
    bring_badges(windows, watch)
    looked = one_for_each(places(town))[::2]  # `make access` takes every page, several times
    used = {action for turn, place in enumerate(looked) for action in attack(windows, place, turn, watch)}
    for place in looked:
        watch.look(windows.at(place.kind, "en", place.path), place.row)
    windows.close()
    assert watch.found == set()
    assert len(used) > 20
    assert watch.shown > 20, "hostile text arrived, and stands there as text"


def bring_badges(windows: Windows, watch: Watch) -> None:
    """Badges in whose every text something hostile stands, unsigned and signed by a stranger's own key."""
    stranger = make_holder("stranger")
    for number in range(0, len(TEXTS), 10):
        bare = said_by_stranger(number)
        named = {**bare, "issuer": {**bare["issuer"], "id": stranger.method.partition("#")[0]}}
        for document in (bare, add(named, stranger, created=datetime(2026, 1, 2, tzinfo=UTC))):
            page = windows.at("learner", "ru", f"{WALLET}/collect")
            page.locator("textarea[name=text]").fill(as_text(document))
            page.locator("main form .button-primary").first.click()
            watch.look(page, "a badge that was brought")
            if "/collect/" in page.url:
                page.locator("main form .button-primary").first.click()
                watch.look(page, "a badge that was kept")


def test_files_are_given_out_so_that_nothing_in_them_runs(town: Town) -> None:
    looked = set()
    with Caller(town.stage.base) as learner, Caller(town.stage.base) as manager:
        for caller, kind in ((learner, "learner"), (manager, "issuer_manager")):
            cast.enter(caller, kind)
            for one in statement.tries(town.doors):
                if one.door.page and kind in one.may:
                    shown = caller.call("GET", town.things.address(one.door.row, one.door.path, event=one.event)).text
                    looked |= {(kind, path) for path in ADDRESS.findall(shown)}
        answers = [(path, (learner if kind == "learner" else manager).call("GET", path)) for kind, path in looked]
    assert len(answers) > 20
    for path, answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff", path
        kept = answer.headers.get("content-disposition", "").startswith("attachment")
        sealed = "sandbox" in answer.headers["content-security-policy"]
        inert = answer.headers["content-type"].partition(";")[0] in {"image/png", "application/json"}
        ours = path.startswith("/static/") or path.endswith(".pdf")
        assert kept or sealed or inert or ours, path
        assert not answer.headers["content-type"].startswith("text/html"), path


def test_files_that_are_made_of_it_are_whole(town: Town) -> None:
    """Papers, tables and archives after hostile text has been everywhere: none breaks, and no cell is a formula."""
    made = [answer for answer in exports(town) if answer.status_code == 200]
    assert len(made) > 30
    for answer in made:
        kind = answer.headers.get("content-type", "").partition(";")[0]
        if kind == "application/pdf":
            assert answer.content.startswith(b"%PDF-")
        elif kind == "text/csv":
            cells = [cell for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))) for cell in row]
            assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))] == []
        elif kind == "application/zip":
            assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None


def exports(town: Town) -> Iterator[Response]:
    """What every door that is no page gives to the first who may."""
    for one in statement.tries(town.doors):
        if one.door.method == "GET" and not one.door.page and one.may:
            with Caller(town.stage.base) as caller:
                cast.enter(caller, next(kind for kind in cast.KINDS if kind in one.may))
                answer = caller.call("GET", town.things.address(one.door.row, one.door.path, event=one.event))
                assert answer.status_code < 500, one.title
                yield answer


def test_the_watch_sees_what_it_is_for(town: Town, browser: Browser) -> None:
    watch = Watch(town.stage.base)
    windows = Windows(browser, town.stage.base, watch.over)
    page = windows.at(cast.STRANGER, "ru", "/verify")
    page.evaluate("(html) => { document.querySelector('main').innerHTML = html }", "".join(TEXTS[:5]))
    page.wait_for_timeout(100)
    watch.look(page, "here")
    page.evaluate("window.alert()")
    watch.look(page, "there")
    windows.close()
    told = " ".join(watch.found)
    assert "here: an element" in told
    assert "there: a script" in told
    assert "something stopped by the policy" in told
