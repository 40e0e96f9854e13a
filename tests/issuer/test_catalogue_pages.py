"""The catalogue as its staff meet it: writing, reviewing, publishing, the next version, finding one among thousands."""

import io
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from sqlmodel import select

from issuer import catalogue
from issuer.catalogue_pages import PER_PAGE
from issuer.module import Scale, ScaleKind, TextLicence
from issuer.tables import AchievementState, AchievementVersion
from keys.publish import publish_framework
from keys.tables import Organisation, OrganisationKind
from schemas.attestation import CODE, KIND
from schemas.framework import FrameworkItem, compose, numbered
from tests.issuer.office import Office
from tests.issuer.world import AWARDER, FRAMEWORK, NOW, World, module, order

HOME = "/issuer/ugu/catalogue"
FORM = {
    "code": "m20",
    "name": "Робот за выходные",
    "description": "Собрать робота и объяснить, как он работает.",
    "criteria": "Робот проходит полосу, автор отвечает на вопросы.",
    "hours": "20",
    "form": "medium",
    "level": "2",
    "scale_kind": "points",
    "scale_min": "0",
    "scale_pass": "50",
    "scale_max": "100",
    "creditable": "yes",
    "credits": "0,5",
    "term_months": "36",
    "licence": "cc-by",
    "responsible": "staff",
    "statement_0": "Номер робота",
}


@pytest.fixture
def office(world: World) -> Office:
    outcomes = [("ТЕХ.1", "Собирает механизм по схеме", "subject"), ("ТЕХ.2", "Программирует датчики", "subject")]
    gone = FrameworkItem(f"{FRAMEWORK}/items/9", "ТЕХ.9", "Собирает на перфокартах", "subject", ended="2026-01-01")
    items = [*numbered(FRAMEWORK, outcomes), gone]
    document = compose(url=FRAMEWORK, title="Каталог района", creator="ЦПО", items=items, changed_at=NOW)
    with world.transaction() as session:
        publish_framework(session, world.shelf, world.store, "cpo", "sever-outcomes", document, world.joined)
    return Office(world)


def newest(world: World, code: str = "m20") -> AchievementVersion:
    with world.transaction() as session:
        found = select(AchievementVersion).where(AchievementVersion.code == code)
        return max(session.exec(found).all(), key=lambda version: version.version)


def drafted(client: TestClient, **changes: str) -> str:
    answer = client.post(f"{HOME}/new", data={**FORM, **changes})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def published(office: Office, here: str) -> None:
    manager = office.client("manager")
    for step in ("review", "publish"):
        assert manager.post(f"{here}/{step}").status_code == 303


def test_a_badge_is_written_reviewed_by_another_and_published(office: Office) -> None:
    author, manager = office.client(), office.client("manager")
    here = drafted(author)
    page = author.get(here).text
    assert all(part in page for part in ("Робот за выходные", "Черновик", "CC BY 4.0", "20 академ. ч", "Номер робота"))
    assert "Описание проверит другой сотрудник" in page
    assert author.post(f"{here}/review").status_code == 403
    assert manager.post(f"{here}/review").status_code == 303
    assert author.post(f"{here}/publish").status_code == 403
    assert manager.post(f"{here}/publish").status_code == 303
    version = newest(office.world)
    assert (version.state, version.authors, version.reviewed_by) == (
        AchievementState.PUBLISHED,
        ["awarder"],
        "methodist",
    )
    spec = catalogue.module_of(version)
    assert (spec.credits, spec.term_months, spec.licence, spec.responsible) == (0.5, 36, TextLicence.CC_BY, "staff")
    assert spec.scale == Scale(kind=ScaleKind.POINTS, minimum=0, required=50, maximum=100)
    assert "m20" in office.client().get("/issuer/ugu/award").text


def test_whoever_wrote_in_a_draft_does_not_review_it_unless_that_is_settled(office: Office) -> None:
    author, manager = office.client(), office.client("manager")
    here = drafted(author)
    assert manager.post(f"{here}/edit", data={**FORM, "hours": "24"}).status_code == 303
    assert [one.post(f"{here}/review").status_code for one in (author, manager)] == [403, 403]
    assert author.post(f"{HOME}/rules", data={}).status_code == 403
    assert manager.post(f"{HOME}/rules", data={}).status_code == 303
    assert "может проверить и тот" in author.get(HOME).text
    assert author.post(f"{here}/review").status_code == 303


def test_a_reviewer_gives_it_back_and_the_author_reads_why(office: Office) -> None:
    author, manager = office.client(), office.client("manager")
    here = drafted(author)
    manager.post(f"{here}/review")
    empty = manager.post(f"{here}/return", data={"remark": " "})
    assert empty.status_code == 422
    assert re.search(r'id="field-remark-error">.*?Напишите, что исправить', empty.text, re.DOTALL)
    assert manager.post(f"{here}/return", data={"remark": "Добавьте безопасность."}).status_code == 303
    page = author.get(here).text
    assert "Добавьте безопасность." in page
    assert "Черновик" in page


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("code", "м 20", "Исправьте: код — латинские"),
        ("name", " ", "Исправьте: название — до 200"),
        ("hours", "пять", "Исправьте: объём — целое"),
        ("hours", "40", ""),
        ("scale_kind", "mark", ""),
        ("credits", "0,7", "Исправьте: зачётные единицы"),
        ("term_months", "999", "Исправьте: срок — от 1"),
        ("description", "Звоните +7 921 123 45 67", "номер телефона"),
    ],
)
def test_an_error_stands_beside_its_field_and_what_was_typed_is_kept(
    office: Office, field: str, typed: str, told: str
) -> None:
    changes = {field: typed, **({"scale_min": ""} if typed == "mark" else {})}
    answer = office.client().post(f"{HOME}/new", data={**FORM, **changes})
    assert answer.status_code == 422
    place = "form" if typed == "40" else field
    beside = re.search(rf'id="field-{place}-error">(.*?)</p>', answer.text, re.DOTALL)
    assert beside
    assert told in beside[1]
    assert "Собрать робота" in answer.text or field == "description"
    with office.world.transaction() as session:
        assert not session.exec(select(AchievementVersion).where(AchievementVersion.code == "m20")).all()


def test_outcomes_are_chosen_from_published_frameworks(office: Office) -> None:
    client = office.client()
    here = drafted(client)
    found = client.get(f"{here}/outcomes", params={"q": "датчики"}).text
    assert "ТЕХ.2" in found
    assert "ТЕХ.1" not in found
    assert "Ничего не нашлось" in client.get(f"{here}/outcomes", params={"q": "рыба"}).text
    added = client.post(f"{here}/outcomes", data={"add": f"{FRAMEWORK}/items/2", "q": "датчики"})
    assert "добавлен" in added.text
    foreign = client.post(f"{here}/outcomes", data={"add": "https://evil.example/1"})
    assert foreign.status_code == 422
    said = {"assessed_0": "yes", "level_0": "3", "seen_0_1": "по образцу", "seen_0_2": "сам", "seen_0_3": "учит других"}
    assert client.post(f"{here}/outcomes", data=said).status_code == 303
    [outcome] = catalogue.module_of(newest(office.world)).outcomes
    assert (outcome.code, outcome.level, outcome.seen) == ("ТЕХ.2", 3, ("по образцу", "сам", "учит других"))
    assert outcome.framework == "Каталог района"
    client.post(f"{here}/outcomes", data={"remove_0": "yes"})
    assert catalogue.module_of(newest(office.world)).outcomes == ()


def test_a_new_version_shows_what_it_changes_and_old_badges_keep_theirs(office: Office) -> None:
    client, manager = office.client(), office.client("manager")
    here = drafted(client)
    published(office, here)
    issuer = office.world.issuer()
    first = issuer.place(order(achievement="m20", levels={}, statements={"fact-1": "7"}), AWARDER, NOW)
    page = client.get(f"{here}/edit").text
    assert "Новая версия значка" in page
    said = {**FORM, "hours": "30", "statement_0": "", "scale_kind": "pass", "responsible": "stranger"}
    nxt = client.post(f"{here}/edit", data=said).headers["location"]
    shown = client.get(nxt).text
    assert re.search(r"Объём, академических часов.*?20.*?30", shown, re.DOTALL)
    assert re.search(r"Номер робота.*?да.*?—", shown, re.DOTALL)
    assert "зачтено" in shown
    for step in ("review", "publish"):
        assert manager.post(f"{nxt}/{step}").status_code == 303
    issuer.finish(first, NOW)
    award, version = issuer.held("ugu", first)
    assert (version.version, version.state, award.stored is not None) == (1, AchievementState.RETIRED, True)
    newer = newest(office.world)
    assert (newer.version, newer.responsible) == (2, None)
    assert "m20" in {row.code for row in _published(office.world)}


def _published(world: World) -> list[AchievementVersion]:
    with world.transaction() as session:
        return catalogue.all_published(session, "ugu")


def picture(mode: str = "RGB", size: tuple[int, int] = (300, 200), kind: str = "JPEG") -> bytes:
    drawn = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Canary-7319"
    Image.new(mode, size, "red").save(drawn, kind, exif=exif)
    return drawn.getvalue()


def sent(client: TestClient, here: str, body: bytes, **fields: str) -> Any:
    return client.post(f"{here}/picture", data=fields, files={"picture": ("p.jpg", body)})


def test_a_picture_is_painted_anew_and_goes_with_the_achievement(office: Office) -> None:
    client = office.client()
    here = drafted(client)
    body = picture()
    assert b"Canary-7319" in body
    assert sent(client, here, body).status_code == 303
    shown = client.get(f"{here}/picture.png")
    assert shown.headers["content-type"] == "image/png"
    assert b"Canary-7319" not in shown.content
    assert Image.open(io.BytesIO(shown.content)).size == (512, 512)
    assert f'src="{here}/picture.png"' in client.get(here).text
    published(office, here)
    assert office.world.shelf.get("orgs/ugu/achievements/m20-1.png") == shown.content
    assert newest(office.world).document["image"]["id"].endswith("/m20-1.png")
    assert 'src="/orgs/ugu/achievements/m20-1.png"' in client.get("/issuer/ugu").text
    nxt = client.post(f"{here}/edit", data={**FORM, "hours": "21"}).headers["location"]
    assert client.get(f"{nxt}/picture.png").content == shown.content
    assert client.post(f"{nxt}/picture", data={"act": "remove"}).status_code == 303
    assert newest(office.world).document["image"]["id"].endswith("/m20-2.svg")


def test_a_drawing_can_be_had_as_svg_and_png(office: Office) -> None:
    client = office.client()
    here = drafted(client)
    assert client.get(f"{here}/picture.svg").content.startswith(b"<svg ")
    assert client.get(f"{here}/picture.png").content.startswith(b"\x89PNG")
    assert client.get(f"{here}/picture.gif").status_code == 404


@pytest.mark.parametrize(
    "body",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture()[:200], b"\x89PNG\r\n\x1a\n" + bytes(64)],
    ids=["nothing", "svg", "half", "header"],
)
def test_what_is_no_picture_is_refused_in_words(office: Office, body: bytes) -> None:
    client = office.client()
    answer = sent(client, drafted(client), body)
    assert answer.status_code == 422
    assert "не открылся как картинка" in answer.text


def test_a_picture_too_large_is_refused_before_it_is_decoded(office: Office) -> None:
    client = office.client()
    here = drafted(client)
    wide = sent(client, here, picture("1", (4001, 8), "PNG"))
    heavy = sent(client, here, bytes(2 * 1024 * 1024 + 1))
    missing = client.post(f"{here}/picture", data={"act": "set"})
    assert [one.status_code for one in (wide, heavy, missing)] == [422, 422, 422]
    assert "слишком большая" in wide.text
    assert "слишком большая" in heavy.text
    assert "Выберите файл" in missing.text


def test_a_draft_can_be_thrown_away_and_nothing_else(office: Office) -> None:
    client = office.client()
    here = drafted(client)
    sent(client, here, picture())
    assert client.post(f"{here}/discard").status_code == 303
    assert client.get(here).status_code == 404
    again = drafted(client)
    published(office, again)
    assert client.post(f"{again}/discard").status_code == 409
    assert client.post(f"{again}/picture", data={"act": "remove"}).status_code == 409
    assert client.get(f"{again}/outcomes").status_code == 409


def test_retiring_ends_new_awards(office: Office) -> None:
    client = office.client()
    here = drafted(client)
    published(office, here)
    assert client.post(f"{here}/retire").status_code == 403
    assert office.client("manager").post(f"{here}/retire").status_code == 303
    assert "m20" not in client.get("/issuer/ugu/award").text
    assert "остаются в силе" in client.get(here).text


def test_another_organisations_versions_are_not_found(office: Office) -> None:
    here = drafted(office.client())
    other = here.replace("/ugu/", "/kol/")
    assert office.client("stranger").get(here).status_code == 404
    assert office.client("stranger").get(other).status_code == 404


def test_one_is_found_among_two_thousand(office: Office) -> None:
    world, client = office.world, office.client()
    with world.transaction() as session:
        one = catalogue.draft(session, module(code="base"), AWARDER, NOW)
        rows = [
            {
                **one.model_dump(),
                "id": f"{number:032}",
                "code": f"c{number}",
                "search": f"c{number} модуль {number}",
                "state": AchievementState.PUBLISHED,
            }
            for number in range(2000)
        ]
        session.execute(AchievementVersion.__table__.insert(), rows)  # type: ignore[attr-defined]
    listed = client.get(HOME).text
    assert listed.count(f'href="{HOME}/') == PER_PAGE + 1
    assert "всего: 2003" in listed
    assert client.get(HOME, params={"q": "Модуль 1999"}).text.count(f'href="{HOME}/') == 2
    assert "всего: 2002" in client.get(HOME, params={"state": "published"}).text
    assert "Ничего не нашлось" in client.get(HOME, params={"q": "100%_"}).text
    desk = client.get("/issuer/ugu").text
    assert desk.count("award?achievement=") == 12
    assert "ещё 1990" in desk
    assert client.get("/issuer/ugu/award", params={"q": "модуль 777"}).text.count("award?achievement=") == 2


def test_an_empty_catalogue_says_how_to_begin(world: World) -> None:
    assert "Каталог пуст" in Office(world).client("stranger").get("/issuer/kol/catalogue").text


def test_a_school_takes_its_badge_of_confirmation_once_and_publishes_it_as_any_other(
    world: World, office: Office
) -> None:
    writer, reviewer = office.client("awarder"), office.client("manager")
    assert writer.post(f"{HOME}/attestation").status_code == 400
    assert "Взять значок подтверждения" not in writer.get(HOME).text
    with world.transaction() as session:
        session.get_one(Organisation, "ugu").kind = OrganisationKind.SCHOOL
    assert "Взять значок подтверждения" in writer.get(HOME).text
    page = writer.post(f"{HOME}/attestation").headers["location"]
    assert reviewer.post(f"{HOME}/attestation").headers["location"] == page
    assert "Взять значок подтверждения" not in writer.get(HOME).text
    assert writer.get(page).status_code == 200
    for step in ("review", "publish"):
        assert reviewer.post(f"{page}/{step}").status_code == 303
    with world.transaction() as session:
        assert catalogue.published(session, "ugu", CODE).document["achievementType"] == KIND
