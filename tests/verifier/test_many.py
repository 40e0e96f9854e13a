"""Many at once: every file gets an answer of its own, limits hold, the table is of our own answers alone, nothing stays."""

import csv
import html
import io
import json
import re
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import NotFound
from schemas.spreadsheets import as_csv
from service.times import Times
from tests.campus import Campus, House, changed, make_holder
from tests.verifier.counter import SITE, Counter
from verifier import many, many_pages
from verifier.many import (
    AT_ONCE,
    PER_ADDRESS,
    WINDOW,
    Given,
    Line,
    Many,
    ManyBusy,
    NotOurTable,
    short,
    table,
    without_folders,
)
from wallet_web.present import present

TOKEN = "abcdefghijklmnopqrstuv"
TIMES = Times(ZoneInfo("Europe/Moscow"), "ru")


@pytest.fixture
def counter(campus: Campus, tmp_path: Path) -> Counter:
    return Counter(campus, tmp_path)


def same(text: str) -> str:
    return text


def given_files(*documents: bytes) -> list[Given]:
    return [Given(f"{place}.json", lambda data=data: [data]) for place, data in enumerate(documents, 1)]  # type: ignore[misc]


def asked(counter: Counter, *documents: tuple[str, bytes], links: str = "") -> Response:
    files = [("files", one) for one in documents]
    return counter.client.post("/verify/many", files=files or None, data={"links": links})


def rows_of(answer: Response) -> list[list[str]]:
    """What a reader sees in the rows."""
    cells = re.findall(r"<td[^>]*>(.*?)</td>", answer.text, re.DOTALL)
    plain = [html.unescape(" ".join(re.sub(r"<[^>]+>", " ", cell).split())) for cell in cells]
    return [plain[start : start + 4] for start in range(0, len(plain), 4)]


def table_of(counter: Counter, answer: Response) -> list[list[str]]:
    sealed = re.search(r'name="answers" value="([^"]+)"', answer.text)
    assert sealed is not None
    got = counter.client.post("/verify/many/table", data={"answers": sealed[1]})
    assert got.headers["content-disposition"] == 'attachment; filename="verdicts.csv"'
    return list(csv.reader(io.StringIO(got.content.decode("utf-8-sig")), delimiter=";"))


def test_every_file_and_link_gets_its_answer_in_order(counter: Counter, ugu: House) -> None:
    good, other = ugu.award(), ugu.award(title="Робототехника")
    forged = changed(good, lambda badge: badge["credentialSubject"]["achievement"].update(name="Другое"))
    counter.links[TOKEN] = [other, good]
    answer = asked(
        counter,
        ("один.json", good),
        ("two.json", forged),
        ("none.txt", b"nothing"),
        ("empty.json", b""),
        links=f"{SITE}/v/{TOKEN}\n\nhttps://elsewhere.example/v/x\n{SITE}/v/{'x' * 22}",
    )
    rows = rows_of(answer)
    assert [row[0] for row in rows] == [
        "1 из 7",
        "2 из 7",
        "3 из 7",
        "4 из 7",
        "5.1 из 7",
        "5.2 из 7",
        "6 из 7",
        "7 из 7",
    ]
    assert [row[2].split()[0] for row in rows] == [
        "Подлинный",
        "Недействителен",
        "Не",
        "Не",
        "Подлинный",
        "Подлинный",
        "Не",
        "Не",
    ]
    assert rows[0][1] == "один.json"
    assert rows[1][3] == "—"
    assert rows[4][1] == "/v/abcdef…"
    assert "Робототехника" in rows[4][3]
    assert "не ссылка на показ" in rows[6][2]
    assert NotFound.sentence in rows[7][2]
    told = table_of(counter, answer)
    assert told[0][:3] == ["№", "Файл или ссылка", "Ответ"]
    assert [row[2] for row in told[1:]].count("Подлинный") == 3
    assert TOKEN not in json.dumps(told)
    assert TOKEN not in answer.text


def test_times_are_those_of_the_municipality_on_the_page_and_in_the_table(counter: Counter, ugu: House) -> None:
    over = ugu.award(awarded_at=counter.campus.now - timedelta(days=5), validUntil="2026-11-21T21:30:00Z")
    answer = asked(counter, ("one.json", over))
    [row] = rows_of(answer)
    assert "22.11.2026, 00:30 (Москва, UTC+3)" in row[2]
    [_, written] = table_of(counter, answer)
    assert "22.11.2026, 00:30 (Москва, UTC+3)" in written[3]
    assert written[6] == "22.11.2026, 12:00 (Москва, UTC+3)"


def test_the_page_grows_as_files_are_checked(counter: Counter, ugu: House) -> None:
    badge, checked = ugu.award(), list[int]()

    def reads(number: int) -> Given:
        def read() -> list[bytes]:
            checked.append(number)
            return [badge]

        return Given(f"{number}.json", read)

    lines = counter.many.check([reads(number) for number in range(3)], counter.campus.now, same, TIMES)
    for number in range(3):
        assert next(lines).verdict == "valid"
        assert checked == list(range(number + 1))


def test_whoever_leaves_makes_room(counter: Counter, ugu: House) -> None:
    files = given_files(ugu.award(), ugu.award())
    running = [counter.many.check(files, counter.campus.now, same, TIMES) for _ in range(AT_ONCE)]
    for one in running:
        next(one)
    with pytest.raises(ManyBusy):
        next(counter.many.check(files, counter.campus.now, same, TIMES))
    busy = asked(counter, ("one.json", ugu.award()))
    assert "Проверка не началась" in busy.text
    running[0].close()  # type: ignore[attr-defined]
    assert "Проверка закончена" in asked(counter, ("one.json", ugu.award())).text


def test_no_more_than_five_hundred_are_checked_however_they_come(
    counter: Counter, ugu: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = asked(counter, links="\n".join(["x"] * 501))
    assert refused.status_code == 400
    assert "не больше 500" in refused.text
    badges, holder = [ugu.award() for _ in range(6)], make_holder("alina")
    shown = present(badges, holder, name="urn:uuid:x", domain=SITE, challenge="c", now=counter.campus.now)
    monkeypatch.setattr(many, "MOST", 10)
    lines = list(counter.many.check(given_files(shown, shown, b"{}"), counter.campus.now, same, TIMES))
    assert [line.number for line in lines] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2", "3"]
    assert [line.word for line in lines[-2:]] == ["Не проверен", "Не прочитан"]


def test_one_address_gets_its_share_and_no_more(counter: Counter, ugu: House) -> None:
    for _ in range(PER_ADDRESS):
        assert asked(counter, links="x").status_code == 200
    assert asked(counter, links="x").json()["code"] == "too-fast"
    counter.campus.now += WINDOW
    assert asked(counter, ("one.json", ugu.award())).status_code == 200


def test_a_file_that_cannot_be_a_badge_is_read_no_further(counter: Counter) -> None:
    [row] = rows_of(asked(counter, ("big.png", bytes(counter.campus.verifier.policy.file_bytes + 1))))
    assert "слишком большой" in row[2]


def test_nothing_given_is_said_beside_the_field(counter: Counter) -> None:
    answer = asked(counter, links=" \n ")
    assert answer.status_code == 400
    assert 'href="#field-files"' in answer.text
    assert counter.client.get("/verify/many").status_code == 200


def test_an_installation_without_wallets_opens_no_link(counter: Counter) -> None:
    counter.client.app.state.open_link = None  # type: ignore[attr-defined]
    [row] = rows_of(asked(counter, links=f"{SITE}/v/{TOKEN}"))
    assert "не ссылка на показ" in row[2]


@given(st.lists(st.text(max_size=30), min_size=6, max_size=6), st.text(max_size=80))
def test_only_our_own_answers_become_a_table(cells: list[str], other: str) -> None:
    held = Many(Campus().verifier, b"secret")
    number, name, word, why, title, organisation = cells
    line = Line(number=number, name=name, verdict="valid", word=word, why=why, title=title, organisation=organisation)
    sealed = held.seal([line], "today")
    storable = [cell.encode("utf-8", "replace").decode() for cell in cells]
    [back] = held.open(sealed)[1]
    assert [back.number, back.name, back.word, back.why, back.title, back.organisation] == storable
    for wrong in (other, f"A{sealed}", sealed[:-1], Many(Campus().verifier, b"other").seal([line], "today")):
        with pytest.raises(NotOurTable):
            held.open(wrong)


def test_no_answer_is_a_formula() -> None:
    line = Line(
        number="1", name="=cmd|' /C calc'!A0", verdict="valid", word="+1", why="@x", title="-2", organisation="\tx"
    )
    written = b"".join(as_csv(table("", [line], same))).decode("utf-8-sig")
    [_, row] = csv.reader(io.StringIO(written), delimiter=";")
    assert row[1].startswith("'=")
    assert row[2:6] == ["'+1", "'@x", "'-2", "'\tx"]


@given(st.text(max_size=300))
def test_a_name_is_short_and_has_no_path(name: str) -> None:
    assert len(short(name)) <= 120
    assert short(name).isprintable()
    alone = without_folders(name)
    assert "/" not in alone
    assert without_folders(f"C:\\Users\\me\\{alone}") == without_folders(f"/home/{alone}") == alone


def test_what_a_file_is_called_never_becomes_markup(counter: Counter, ugu: House) -> None:
    answer = asked(counter, ("<b>&x.json", ugu.award()))
    assert "<b>&x" not in answer.text
    assert many_pages._CUT not in answer.text  # noqa: SLF001 - the mark between the page's two halves
