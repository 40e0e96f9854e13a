"""The words that a school writes into its documents: places, versions, and the pages on which they are edited."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.service.printing.paper import text_of
from tests.verifier.credit.office import Office
from tests.verifier.credit.world import World
from verifier.credit import blanks, letterheads
from verifier.credit.blanks import COMMON, LONGEST, NETWORK_BLANKS, OF_CASE, Blank
from verifier.credit.errors import BlankBackdated, BlankTooLong, PlaceUnknown
from verifier.credit.papers import DocumentKind

KIND = DocumentKind.ORDER
PATH = "/credit/office/s1/order"


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        ("{ученик", "{"),
        ("ученик}", "}"),
        ("{{ученик}}", "{"),
        ("{}", "{}"),
        ("{0}", "{0}"),
        ("{ученик.__class__}", "{ученик.__class__}"),
        ("{ученик!r}", "{ученик!r}"),
        ("{Ученик}", "{Ученик}"),
        ("{пароль}", "{пароль}"),
    ],
)
def test_what_cannot_be_filled_is_named_when_it_is_saved(text: str, stray: str) -> None:
    with pytest.raises(PlaceUnknown) as told:
        blanks.check(Blank(item=f"Слово {text} слово"))
    assert told.value.pointer == "/item"
    assert stray in str(told.value)


def test_places_about_one_learner_stand_only_where_one_learner_is_spoken_of() -> None:
    blanks.check(Blank(item="{ученик} {школа}", opening="{школа}", closing="{директор}"))
    for name, blank in (("opening", Blank(opening="{ученик}")), ("closing", Blank(closing="{ученик}"))):
        with pytest.raises(PlaceUnknown) as told:
            blanks.check(blank)
        assert told.value.pointer == f"/{name}"


def test_an_endless_text_is_refused() -> None:
    with pytest.raises(BlankTooLong):
        blanks.check(Blank(closing="Ы" * (LONGEST + 1)))


@given(
    st.dictionaries(
        st.sampled_from(sorted(OF_CASE)), st.text(max_size=30).filter(lambda text: text.splitlines() in ([], [text]))
    )
)
def test_what_a_value_holds_is_never_read_as_a_place(places: dict[str, str]) -> None:
    for name, value in places.items():
        assert blanks.fill(f"<{{{name}}}>", {**dict.fromkeys(OF_CASE, "ЧУЖОЕ"), **places}) == [f"<{value}>"]


def test_lines_are_paragraphs_and_a_full_stop_is_not_doubled() -> None:
    assert blanks.fill("До {срок}.\n\n  Итог: {решение}.", {"срок": "5 мая 2027 г.", "решение": "нет"}) == [
        "До 5 мая 2027 г.",
        "Итог: нет.",
    ]


def test_the_newest_version_that_has_begun_is_in_force_and_none_is_ever_changed(world: World) -> None:
    day = world.now.date()
    with world.session() as session:
        assert blanks.blank_of(session, "s1", KIND, day) == NETWORK_BLANKS[KIND]
        for text, begins in (("Первый", day), ("Второй", day), ("Третий", day + timedelta(days=10))):
            blanks.adopt(session, "s1", KIND, Blank(item=text, valid_from=begins), by="deputy", now=world.now)
        assert blanks.blank_of(session, "s1", KIND, day).item == "Второй"
        assert blanks.blank_of(session, "s1", KIND, day + timedelta(days=10)).item == "Третий"
        assert blanks.blank_of(session, "s2", KIND, day) == NETWORK_BLANKS[KIND]
        assert [one.version for one in blanks.versions_of(session, "s1", KIND)] == [3, 2, 1]
        with pytest.raises(BlankBackdated):
            blanks.adopt(session, "s1", KIND, Blank(item="Поздно", valid_from=day), by="deputy", now=world.now)


def test_the_office_edits_previews_and_keeps_the_words(world: World) -> None:
    office = Office(world)
    page = office.get("secretary", PATH)
    for place, meaning in {**COMMON, **OF_CASE}.items():
        assert f"{{{place}}}" in page.text
        assert meaning in page.text
    wrong = office.post("secretary", PATH, {"opening": "Начало <b>", "item": "{кто}", "closing": ""})
    assert wrong.status_code == 422
    assert "«{кто}»" in wrong.text
    assert "Начало &lt;b&gt;" in wrong.text
    fields = {"opening": "ПРИКАЗЫВАЮ:", "item": "Зачесть: {ученик} <b>#x", "closing": "Всё."}
    preview = office.post("secretary", f"{PATH}/preview", fields)
    found = text_of(preview.content)
    assert "Примерова Мария Ивановна <b>#x" in found
    assert "ПРОЕКТ" in found
    with world.session() as session:
        assert blanks.versions_of(session, "s1", KIND) == []
    yesterday = (world.now.date() - timedelta(days=1)).isoformat()
    for day in (yesterday, "вчера"):
        assert office.post("deputy", PATH, {**fields, "valid_from": day}).status_code == 422
    assert office.post("deputy", PATH, fields).status_code == 303
    assert "Текст № 1" in office.get("director", PATH).text
    assert ("credit.blank", "deputy", "order") in office.journal


def test_the_letterhead_is_kept_and_what_was_typed_wrong_stays(world: World) -> None:
    office = Office(world)
    assert "Организация s1" in office.get("secretary", "/credit/office/s1").text
    long = office.post("secretary", "/credit/office/s1", {"name": "Ы" * 301, "place": "п. Североозёрск"})
    assert long.status_code == 422
    assert "п. Североозёрск" in long.text
    assert office.post("secretary", "/credit/office/s1", {"name": "Школа", "director": "Г. М."}).status_code == 303
    with world.session() as session:
        assert letterheads.letterhead_of(session, "s1") == letterheads.Letterhead(
            name="Школа", director="Г. М.", position=""
        )


@pytest.mark.parametrize("who", ["guardian", "l1", "tutor", "teacher", "chair", "foreign:secretary"])
def test_the_office_is_closed_to_everybody_else(world: World, who: str) -> None:
    office = Office(world)
    for answer in (
        office.get(who, "/credit/office/s1"),
        office.post(who, "/credit/office/s1", {"name": "Ш"}),
        office.get(who, PATH),
        office.post(who, PATH, {"item": "x"}),
        office.post(who, f"{PATH}/preview", {"item": "x"}),
    ):
        assert answer.status_code in {403, 404}
