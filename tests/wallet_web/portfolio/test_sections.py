"""Badges in their sections, and what the counts say."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from issuer.attestation import attestation_of
from issuer.describe import achievement_document
from issuer.module import FORM_WORDS, Form, ModuleSpec, OutcomeRef, Scale, ScaleKind
from schemas.achievement import Achievement
from schemas.errors import NotFound
from service.database import unit_of_work
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import entry, teenager, themself
from wallet_web.portfolio import shelving
from wallet_web.portfolio.balance import balance
from wallet_web.portfolio.sections import NAMES, Section, section_of
from wallet_web.portfolio.shelving import Shelf
from wallet_web.portfolio.tables import EntrySection
from wallet_web.wallet import find


def achievement(form: Form, *codes: str, kind: str = "MicroCredential", field: str = "") -> Achievement:
    outcomes = tuple(
        OutcomeRef(code=code, name=code, url=f"https://x/{n}", framework="К", assessed=True)
        for n, code in enumerate(codes)
    )
    spec = ModuleSpec(
        organisation="s1",
        code="m",
        name="М",
        description="О",
        criteria="У",
        form=form,
        hours=8,
        level=1,
        scale=Scale(kind=ScaleKind.PASS),
        outcomes=outcomes,
        kind=kind,
    )
    document = achievement_document(spec, id="https://s1.example/m", version=1)
    return Achievement({**document, "fieldOfStudy": field} if field else document)


@pytest.mark.parametrize(
    ("form", "codes", "kind", "field", "section"),
    [
        (Form.NETWORK, ("ИНФ.1",), "MicroCredential", "", Section.STUDY),
        (Form.SUPPLEMENTARY, ("ИНФ.1",), "MicroCredential", "", Section.EXTRACURRICULAR),
        (Form.BLENDED, ("ИП.1", "МП.П2"), "MicroCredential", "", Section.PROJECT),
        (Form.SOCIAL, ("МП.К2",), "MicroCredential", "", Section.SOCIAL),
        (Form.TRIAL, (), "MicroCredential", "", Section.OTHER),
        (Form.RECOGNITION, ("ИП.1",), "ext:CreditRecognition", "", Section.STUDY),
        (Form.SHORT, (), "CommunityService", "", Section.SOCIAL),
        (Form.SUPPLEMENTARY, (), "MicroCredential", "Физкультура и спорт", Section.SPORT),
        (Form.SUPPLEMENTARY, (), "Course", "Музыкальное искусство", Section.CULTURE),
    ],
)
def test_what_the_issuer_says_names_the_section(
    form: Form, codes: tuple[str, ...], kind: str, field: str, section: Section
) -> None:
    assert section_of(achievement(form, *codes, kind=kind, field=field)) is section


def test_every_form_of_activity_has_a_section_of_its_own_or_is_an_attestation() -> None:
    told = {form for form in Form if section_of(achievement(form)) is not Section.OTHER}
    assert told == set(FORM_WORDS) - {Form.TRIAL, Form.ATTESTATION}


def test_an_achievement_without_words_stands_under_other() -> None:
    assert section_of(Achievement({"id": "https://x"})) is Section.OTHER
    assert shelving.place_of(b"no document") is Section.OTHER
    assert (
        section_of(Achievement(achievement_document(attestation_of("s1"), id="https://x", version=1))) is Section.OTHER
    )


def test_badges_are_placed_once_and_stay_where_the_family_put_them(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    with unit_of_work(desk.engine) as session:
        shelving.place_all(session, alina.id)
        (placed,) = session.exec(select(EntrySection)).all()
        assert (placed.section, placed.chosen) == (Section.PROJECT, False)
        shelving.move(session, find(session, alina.id, placed.entry), Section.SPORT)
        shelving.place_all(session, alina.id)
        assert session.exec(select(EntrySection)).one().section is Section.SPORT
        with pytest.raises(NotFound):
            shelving.move(session, find(session, teenager().id, placed.entry), Section.STUDY)


def test_a_section_is_paged_newest_first(desk: Desk) -> None:
    alina = teenager()
    with unit_of_work(desk.engine) as session:
        for number in range(25):
            entry(session, alina, title=f"Значок {number}").received_at += timedelta(seconds=number)
        shelving.place_all(session, alina.id)
        first = shelving.entries_in(session, alina.id, Section.OTHER, number=1, size=20)
        rest = shelving.entries_in(session, alina.id, Section.OTHER, number=2, size=20)
        assert [one.title for one in first][:2] == ["Значок 24", "Значок 23"]
        assert len(rest) == 5


COUNTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=len(Section), max_size=len(Section))


@given(COUNTS)
def test_leaning_means_more_than_half_and_empty_means_nothing(counts: list[tuple[int, int]]) -> None:
    shelves = [Shelf(section, *pair) for section, pair in zip(Section, counts, strict=True)]
    said = balance(shelves)
    assert said.total == sum(map(sum, counts))
    for shelf in shelves:
        assert (shelf.section in said.empty) == (shelf.total == 0)
        assert (shelf.section is said.leaning) == (said.total >= 4 and 2 * shelf.total > said.total)


def test_pages_show_the_sections_and_move_a_badge(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    browser, place = desk.browser(themself(alina)), f"/wallet/{alina.id}/portfolio"
    page = browser.get(place).text
    assert all(name in page for name in NAMES.values())
    assert 'class="chart"' in page
    badge = desk.entries(alina)[0].id
    assert "Исследовательский проект" in browser.get(f"{place}/sections/project").text
    moved = browser.post(f"{place}/badges/{badge}", data={"section": "sport"})
    assert moved.headers["location"] == f"{place}/sections/sport"
    assert "Исследовательский проект" in browser.get(f"{place}/sections/sport").text
    assert "Здесь пока пусто" in browser.get(f"{place}/sections/project").text
    assert browser.get(f"{place}/sections/nowhere").status_code == 404
    assert browser.post(f"{place}/badges/{badge}", data={"section": "nowhere"}).status_code == 400
    assert browser.post(f"{place}/badges/no-badge", data={"section": "sport"}).status_code == 404


def test_progress_counts_what_holds_today(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.plan(alina)
    browser, place = desk.browser(themself(alina)), f"/wallet/{alina.id}/portfolio/progress"
    empty = browser.get(place).text
    assert "Считать пока нечего" in empty
    assert "0/2" in empty
    badge = desk.award(alina)
    page = browser.get(place).text
    assert "Посчитан 1 значок" in page
    assert "2026/27" in page
    assert "2/2" in page
    desk.ugu.revoke(badge)
    assert "Считать пока нечего" in browser.get(place).text
