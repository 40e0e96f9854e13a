"""The pages of a family and of their teacher: what each sees, what each may do, what is written down of it."""

from dataclasses import replace
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from PIL import Image

from issuer.attestation import attestation_of
from issuer.describe import achievement_document
from keys import organisations
from keys.deps import Learner
from schemas.attestation import Fact
from service.database import unit_of_work
from tests.campus import changed
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import guardian, teacher, teenager, themself
from wallet_web.portfolio import attesting
from wallet_web.portfolio.declared import new_id
from wallet_web.portfolio.tables import Declared

TYPED = {
    "kind": "achievement",
    "section": "study",
    "title": "Олимпиада по физике",
    "organiser": "Дом творчества",
    "held_on": "2026-10-12",
    "scale": "municipal",
    "result": "призёр",
    "story": "Решал задачи\nтри часа.",
}


def enter(desk: Desk, alina: Learner, **changes: str) -> str:
    """The address of a record that the learner has just written down."""
    browser = desk.browser(themself(alina))
    answer = browser.post(f"/wallet/{alina.id}/portfolio/records", data={"id": new_id(), **TYPED, **changes})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def for_teachers(address: str) -> str:
    return f"/portfolio/queue/{address.rpartition('/')[2]}"


def upload(browser: TestClient, address: str, content: bytes, name: str = "диплом.jpg") -> Response:
    answer: Response = browser.post(f"{address}/files", files={"file": (name, content)})
    return answer


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "JPEG")
    return out.getvalue()


def test_a_record_stands_in_pencil_and_nobody_else_sees_it(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    address = enter(desk, alina)
    shelf = desk.family(alina).get(f"/wallet/{alina.id}/portfolio/records").text
    assert 'class="entry entry-pencil"' in shelf
    assert "видите только вы" in shelf
    page = desk.family(alina).get(address).text
    assert "со слов ученика, не подтверждено" in page
    assert "12.10.2026" in page
    assert 'class="stamp"' not in page
    by = desk.browser(teacher(alina))
    assert by.get(for_teachers(address)).status_code == 404
    assert "Олимпиада" not in by.get("/portfolio/queue").text


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    place = f"/wallet/{alina.id}/portfolio/records"
    wrong = {**TYPED, "id": new_id(), "title": " ", "held_on": "2030-01-01", "result": "я" * 201}
    page = desk.family(alina).post(place, data=wrong)
    assert page.status_code == 400
    for said in ("Напишите название", "Укажите день, который уже прошёл", "Слишком длинно", "Дом творчества"):
        assert said in page.text
    for field, value in (("section", "nowhere"), ("scale", "moon"), ("held_on", "вчера")):
        assert desk.family(alina).post(place, data={**TYPED, "id": new_id(), field: value}).status_code == 400
    assert "Пока пусто" in desk.family(alina).get(place).text


def test_the_teacher_confirms_in_words_put_right_and_both_stay_visible(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    address, family = enter(desk, alina), desk.family(alina)
    assert family.post(f"{address}/ask").status_code == 303
    by = desk.browser(teacher(alina))
    assert alina.name in by.get("/portfolio/queue").text
    assert '<h2 class="entry-title">' in by.get("/portfolio/queue").text  # right below the title of the page
    page = by.get(for_teachers(address)).text
    assert "видели и подтверждаем" in page
    typed = {**TYPED, "title": "Муниципальный этап олимпиады", "number": "1", "act": "confirm"}
    assert by.post(for_teachers(address), data=typed).headers["location"] == "/portfolio/queue"
    (order,) = desk.orders
    assert order.organisation == alina.school
    assert order.statements[Fact.WHAT] == "Муниципальный этап олимпиады"
    shown = family.get(address).text
    assert "Муниципальный этап олимпиады" in shown
    assert "Олимпиада по физике" in shown
    assert "Решал задачи" in by.get(for_teachers(address)).text
    assert {person for person, _ in desk.told} == {alina.id, "guardian"}
    events = [(event, learner) for event, learner, _ in desk.journal]
    wanted = ["declared.asked", "declared.viewed", "declared.confirmed", "declared.viewed"]
    assert events == [(event, alina.id) for event in wanted]


def test_the_family_sees_who_has_looked(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    address, family = enter(desk, alina), desk.family(alina)
    family.post(f"{address}/ask")
    assert "Кто в школе смотрел" not in family.get(address).text
    desk.browser(teacher(alina)).get(for_teachers(address))
    assert "Кто в школе смотрел" in family.get(address).text


def test_a_record_is_sent_back_with_a_reason_put_right_and_asked_again(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    address, family, by = enter(desk, alina), desk.family(alina), desk.browser(teacher(alina))
    family.post(f"{address}/ask")
    assert "Напишите, что поправить" in by.post(for_teachers(address), data={"number": "1", "act": "return"}).text
    told = {"number": "1", "act": "return", "reason": "Приложите диплом"}
    assert by.post(for_teachers(address), data=told).status_code == 303
    assert "Приложите диплом" in family.get(address).text
    assert "Олимпиада" not in by.get("/portfolio/queue").text
    assert upload(family, address, photo()).status_code == 303
    assert family.post(f"{address}/ask").status_code == 303
    page = by.get(for_teachers(address)).text
    assert 'class="picture"' in page
    file = page.partition('class="picture" src="')[2].partition('"')[0]
    shown = by.get(file)
    assert shown.headers["content-type"] == "image/jpeg"
    assert "sandbox" in shown.headers["content-security-policy"]
    assert desk.orders == []


def test_what_the_issuer_refuses_is_told_on_the_form(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    address = enter(desk, alina)
    desk.family(alina).post(f"{address}/ask")
    desk.refuses = "Имя обучающегося"
    typed = {**TYPED, "title": "Диплом Алины", "number": "1", "act": "confirm"}
    page = desk.browser(teacher(alina)).post(for_teachers(address), data=typed)
    assert page.status_code == 400
    assert "Имя обучающегося" in page.text
    assert "Диплом Алины" in page.text
    desk.refuses = ""
    typed["title"] = "Диплом"
    assert desk.browser(teacher(alina)).post(for_teachers(address), data=typed).status_code == 303


def test_only_the_familys_own_and_their_teachers_may(desk: Desk) -> None:
    alina, other = desk.enrol(teenager()), desk.enrol(teenager())
    address = enter(desk, alina)
    desk.family(alina).post(f"{address}/ask")
    place = f"/wallet/{alina.id}/portfolio/records"
    for browser, refused in (
        (desk.browser(), 401),
        (desk.family(other), 404),
        (desk.browser(themself(other)), 404),
        (desk.browser(teacher(alina)), 403),
        (desk.browser(teacher(other)), 404),
    ):
        for path in (place, f"{place}/new", address, f"{address}/edit"):
            assert browser.get(path).status_code == refused, path
        for path in (place, address, f"{address}/ask", f"{address}/take-back", f"{address}/remove", f"{address}/files"):
            assert browser.post(path, data=TYPED).status_code == refused, path
    for browser, refused in ((desk.browser(), 401), (desk.family(alina), 403), (desk.browser(teacher(other)), 404)):
        assert browser.get(for_teachers(address)).status_code == refused
        assert browser.post(for_teachers(address), data={"act": "confirm", "number": "1"}).status_code == refused
    assert desk.orders == []


def test_a_file_of_another_record_is_not_found(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    one, two, family = enter(desk, alina), enter(desk, alina), desk.family(alina)
    upload(family, one, photo())
    file = family.get(one).text.partition('class="picture" src="')[2].partition('"')[0]
    assert family.get(file).status_code == 200
    assert family.get(file.replace(one, two)).status_code == 404
    assert desk.browser(teacher(alina)).get(file.replace(one, for_teachers(one))).status_code == 404
    assert family.post(f"{file}/remove").status_code == 303
    assert family.get(file).status_code == 404


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<script>1</script>", b""])
def test_what_could_act_in_our_name_does_not_come_in(desk: Desk, content: bytes) -> None:
    alina = desk.enrol(teenager())
    address = enter(desk, alina)
    answer = upload(desk.family(alina), address, content, "photo.jpg")
    assert answer.status_code == 400
    assert "Такой файл не подходит" in answer.text
    assert "Выберите файл" in desk.family(alina).post(f"{address}/files").text


def test_a_pdf_is_only_ever_saved(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    address, family = enter(desk, alina), desk.family(alina)
    upload(family, address, b"%PDF-1.7 /JavaScript", "Ветрова.pdf")
    page = family.get(address).text
    file = page.partition(f'href="{address}/files/')[2].partition('"')[0]
    answer = family.get(f"{address}/files/{file}")
    assert answer.headers["content-disposition"].startswith('attachment; filename="file-')
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


def test_removing_takes_a_word_of_being_sure(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    address, family = enter(desk, alina), desk.family(alina)
    assert family.post(f"{address}/remove").headers["location"] == address
    assert family.get(address).status_code == 200
    assert family.post(f"{address}/remove", data={"sure": "yes"}).status_code == 303
    assert family.get(address).status_code == 404


def attestation(desk: Desk, alina: Learner, reference: str, did: str) -> bytes:
    """The badge that a school's issuer would make, signed by somebody whose DID is `did`."""
    spec = attestation_of(alina.school)
    achievement = achievement_document(
        spec, id="https://s1.sever.example/orgs/s1/achievements/attestation-1", version=1
    )
    stated = {**dict.fromkeys(Fact, "сведение"), Fact.WHAT: "Олимпиада", Fact.REFERENCE: reference}
    draft = desk.ugu.draft(learner=alina.number)
    draft["issuer"]["id"] = did
    draft["credentialSubject"] |= {
        "achievement": achievement,
        "result": [
            {"type": ["Result"], "resultDescription": f"{achievement['id']}#statement-{fact}", "value": value}
            for fact, value in stated.items()
        ],
    }
    return changed(desk.ugu.award(learner=alina.number), lambda document: document.update(draft))


@pytest.mark.parametrize(
    ("reference", "school", "state", "tied"),
    [
        ("own", "its own", "confirmed", "tied"),
        ("own", "another", "confirmed", ""),
        ("own", "its own", "asked", ""),
        ("other", "its own", "confirmed", ""),
    ],
)
def test_only_the_badge_of_the_school_that_confirmed_is_tied(
    desk: Desk,
    reference: str,
    school: str,
    state: str,
    tied: str,
) -> None:
    alina = desk.enrol(teenager())
    address = enter(desk, alina)
    desk.family(alina).post(f"{address}/ask")
    if state == "confirmed":
        desk.browser(teacher(alina)).post(for_teachers(address), data={**TYPED, "number": "1", "act": "confirm"})
    with unit_of_work(desk.engine) as session:
        record = session.get_one(Declared, address.rpartition("/")[2])
        named = record.reference if reference == "own" else new_id()
        did = organisations.did_of(organisations.find(session, alina.school)) if school == "its own" else desk.ugu.did
    badge = attestation(desk, alina, named, did)
    desk.receive(alina, badge)
    with unit_of_work(desk.engine) as session:
        attesting.link(session, alina.number, badge, find=lambda _, number: desk.roll.learner_by_number(number))
        assert (session.get_one(Declared, record.id).attestation is not None) == bool(tied)


def test_english_pages_are_english(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    address = enter(desk, alina)
    desk.family(alina).post(f"{address}/ask")
    family = desk.browser(guardian(alina), language="en")
    assert "waits for a teacher" in family.get(address).text
    by = desk.browser(teacher(alina), language="en")
    assert "seen and confirmed" in by.get(for_teachers(address)).text


def test_a_learner_of_no_school_is_told_who_would_confirm(desk: Desk) -> None:
    alina = replace(teenager(), school="")
    desk.roll.learners[alina.id] = alina
    address = enter(desk, alina)
    assert desk.browser(themself(alina)).post(f"{address}/ask").status_code == 404
