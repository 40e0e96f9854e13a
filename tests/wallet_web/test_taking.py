"""What a stranger takes from a shared page: files, archive, presentation, paper, records; and that the family sees it."""

import io
import json
import re
import zipfile
from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.service.printing.paper import letters_of, marks_of, text_of
from tests.wallet_web.desk import PUBLIC_URL, Desk
from tests.wallet_web.family import teenager
from tests.wallet_web.test_sharing import NAMES, shared
from verifier.verdict import Verdict
from wallet_web import bundle

TAKEN = ("files.zip", "presentation.json", "page.pdf", "record", "record.json", "record.pdf", "record?badge=1")
NAME = st.from_regex(r"[a-z0-9-]{1,20}\.json", fullmatch=True)


@given(st.dictionaries(NAME, st.binary(max_size=300), max_size=8))
def test_an_archive_holds_just_its_files_and_is_the_same_each_time(files: dict[str, bytes]) -> None:
    packed = bundle.archive(files.items())
    assert packed == bundle.archive(files.items())
    with zipfile.ZipFile(io.BytesIO(packed)) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == files
        assert read.namelist() == list(files)
        assert {one.date_time for one in read.infolist()} <= {(1980, 1, 1, 0, 0, 0)}


def test_every_file_byte_for_byte_under_a_name_that_tells_nothing(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    badges = [desk.award(alina, title=title) for title in ("Первый", "Второй", "Третий")]
    link = shared(desk, alina)
    answer = desk.browser().get(f"{link}/files.zip")
    assert answer.headers["content-disposition"] == 'attachment; filename="badges.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as read:
        assert sorted(read.read(name) for name in read.namelist()) == sorted(badges)
        for place, name in enumerate(read.namelist(), 1):
            assert name == f"{place:02}-badge-{sha256(read.read(name)).hexdigest()[:12]}.json"
    assert desk.browser().get(f"{link}/files.zip").content == answer.content


def test_the_presentation_is_the_learners_own_and_always_the_same(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina)
    made = desk.journal[-1][2]
    first = desk.browser().get(f"{link}/presentation.json").content
    desk.campus.now += timedelta(days=3)
    assert desk.browser().get(f"{link}/presentation.json").content == first
    assert link.removeprefix("/v/") not in first.decode()
    found = desk.campus.verifier.verify_presentation(first, now=desk.now, domain=PUBLIC_URL)
    assert found.report.verdict is Verdict.VALID
    assert [item.verdict for item in found.items] == [Verdict.VALID]
    assert json.loads(first)["proof"][0]["challenge"] == made
    other = json.loads(desk.browser().get(f"{shared(desk, alina)}/presentation.json").content)
    assert other["proof"][0]["challenge"] != made


@pytest.mark.parametrize(
    ("language", "words", "count"), [("ru", "Показанные значки", "1 из 2"), ("en", "Badges shown", "1 of 2")]
)
def test_the_page_on_paper_says_what_the_screen_says(desk: Desk, language: str, words: str, count: str) -> None:
    alina = desk.enrol(teenager())
    good, revoked = desk.award(alina, title="Ҡурай һәм Ӱнер"), desk.award(alina, title="Λογική Ørsted")
    desk.ugu.revoke(revoked)
    link = shared(desk, alina, recipient="Кафедра физики")
    answer = desk.browser(language=language).get(f"{link}/page.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    text = text_of(answer.content)
    for said in (
        "Ҡурай һәм Ӱнер",
        "Λογική Ørsted",
        "Кафедра физики",
        sha256(good).hexdigest()[:6],
        count,
        PUBLIC_URL,
    ):
        assert said in text
    assert words.upper() in text
    assert all(letters_of(answer.content).values())
    assert "pdfaid:part" in marks_of(answer.content)


def test_many_badges_are_numbered_and_each_stays_on_one_sheet(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    for number in range(9):
        desk.award(alina, title=f"Робот {number}")
    link = shared(desk, alina)
    page = desk.browser().get(link).text
    assert page.index("Все значки по порядку") < page.index('href="#badge-9"') < page.index('id="badge-1"')
    assert re.search(r'id="badge-9">\s*<h2>.*?9\. Робот', page, re.DOTALL)
    paper = PdfReader(io.BytesIO(desk.browser().get(f"{link}/page.pdf").content))
    sheets = [sheet.extract_text().replace("\N{ZERO WIDTH SPACE}", "") for sheet in paper.pages]
    assert len(sheets) > 1
    for sheet in sheets:
        assert len(re.findall(r"\d\. Робот", sheet)) == sheet.count("SHA-256")


def test_a_page_of_few_badges_needs_no_contents(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    page = desk.browser().get(shared(desk, alina)).text
    assert "Все значки по порядку" not in page
    assert "1. " not in page


def test_signs_that_no_letter_shows_are_told_before_anything_is_printed(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina, title="Робот 🤖")
    link = shared(desk, alina)
    for path, back in (("page.pdf", link), ("record.pdf?badge=1", f"{link}/record?badge=1")):
        told = desk.browser().get(f"{link}/{path}")
        assert told.status_code == 422
        assert "U+1F916" in told.text
        assert f'href="{back}"' in told.text
        spelt = desk.browser().get(f"{link}/{path}{'&' if '?' in path else '?'}spell=true")
        assert "[U+1F916]" in text_of(spelt.content)


def test_the_record_names_file_time_rules_and_every_check(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    first, second = desk.award(alina, title="Первый"), desk.award(alina, title="Второй")
    link = shared(desk, alina)
    desk.ugu.revoke(second)
    record = desk.browser().get(f"{link}/record.json").json()
    assert record["type"] == "VerificationRecord"
    assert record["checkedAt"] == "2026-11-22T11:05:00+00:00"
    assert record["checkedBy"] == PUBLIC_URL
    assert record["verdict"] == "invalid"
    assert {one["sha256"] for one in record["files"]} == {sha256(one).hexdigest() for one in (first, second)}
    assert record["rules"]["trustList"] == {
        "operator": "did:web:cpo.sever.example",
        "edition": desk.campus.edition,
    }
    verdicts = {item["title"]: item["verdict"] for item in record["items"]}
    assert verdicts == {"Первый": "valid", "Второй": "invalid"}
    assert all(
        {"proof", "status", "membership"} <= {check["check"] for check in item["checks"]} for item in record["items"]
    )
    pages = [desk.browser().get(f"{link}/{path}") for path in ("record", "record?badge=1")]
    assert all(title in pages[0].text for title in ("Первый", "Второй"))
    titles = [title for title in ("Первый", "Второй") if title in pages[1].text]
    assert len(titles) == 1
    assert titles[0] in text_of(desk.browser().get(f"{link}/record.pdf?badge=1").content)


@pytest.mark.parametrize("badge", ["0", "2", "x", "-1", "9999"])
def test_there_is_no_record_of_a_badge_that_is_not_there(desk: Desk, badge: str) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina)
    for path in ("record", "record.json", "record.pdf"):
        assert desk.browser().get(f"{link}/{path}?badge={badge}").status_code == 404


def test_everything_is_kept_from_caches_and_dies_at_once(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    desk.award(alina)
    link, stranger = shared(desk, alina), desk.browser()
    paths = [link, f"{link}/1.json", link.replace("/v/", "/api/shared/"), *(f"{link}/{one}" for one in TAKEN)]
    for path in paths:
        answer = stranger.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in answer.headers["x-robots-tag"]
        assert "etag" not in answer.headers
    made = next(item for event, _, item in desk.journal if event == "share.made")
    desk.family(alina).post(f"/wallet/{alina.id}/shares/{made}/withdraw")
    gone = {stranger.get(path).content for path in paths if "/api/" not in path}
    assert len(gone) == 1
    assert {stranger.get(path).status_code for path in paths} == {404}


def test_no_name_is_in_anything_that_is_taken(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina, audience="Вуз для Канарейка-7319", purpose="Поступление Алина Игоревна")
    for one in TAKEN:
        answer = desk.browser().get(f"{link}/{one}")
        seen = text_of(answer.content) + marks_of(answer.content) if one.endswith(".pdf") else str(answer.content)
        seen += str(sorted(answer.headers.items()))
        assert not [name for name in (*NAMES, alina.id, alina.number) if name in seen], one


def test_the_family_sees_what_was_taken_and_only_openings_are_counted(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina)
    for one in ("", *(f"/{path}" for path in TAKEN[:4])):
        desk.browser().get(link + one)
    made = next(item for event, _, item in desk.journal if event == "share.made")
    page = desk.family(alina).get(f"/wallet/{alina.id}/shares/{made}").text
    for said in (
        "Страницу открыли",
        "архив со всеми файлами",
        "страница для печати",
        "с подписью владельца",
        "запись о",
    ):
        assert said in page
    assert "<dt>Просмотров</dt><dd>1</dd>" in page
    assert [event for event, _, _ in desk.journal].count("share.viewed") == 5
