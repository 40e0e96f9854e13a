import json
import re
from pathlib import Path
from typing import Any

import pytest

from schemas.clr import Association, Relation
from tests.campus import LEARNER, Campus, House, changed, make_holder, write
from tests.campus_old import OldIssuer
from tests.campus_papers import endorse, record
from tests.verifier.counter import SITE, Counter

CANARY = "Канарейка-7319"


@pytest.fixture
def counter(campus: Campus, tmp_path: Path) -> Counter:
    return Counter(campus, tmp_path)


def text_of(page: str) -> str:
    """What a reader sees, without marks and with single spaces."""
    unmarked = re.sub(r"</?bdi[^>]*>", "", page)
    return " ".join(re.sub(r"<[^>]+>", " ", unmarked).split())


def test_the_form_asks_for_a_file_a_text_or_a_link(counter: Counter) -> None:
    page = counter.client.get("/verify")

    assert page.status_code == 200
    for name in ('name="file"', 'name="text"', 'name="link"', 'enctype="multipart/form-data"'):
        assert name in page.text
    assert "<script>" not in page.text
    assert "Попробуйте на примерах" not in page.text


SIGNED = {
    "json": "Подпись верна: после подписания в файле ничего не изменили.",
    "jwt": "Подпись верна: значок передан подписанным текстом (vc+jwt, EdDSA), после подписания в нём ничего не изменили.",
}


@pytest.mark.parametrize("form", ["json", "jwt"])
@pytest.mark.parametrize("way", ["file", "text"])
def test_the_answer_about_an_honest_badge(counter: Counter, ugu: House, way: str, form: str) -> None:
    badge = ugu.award() if form == "json" else ugu.award_text()
    given = (
        {"files": {"file": (f"badge.{form}", badge)}} if way == "file" else {"data": {"text": f" {badge.decode()}\n"}}
    )
    page = counter.client.post("/verify", **given)
    seen = text_of(page.text)

    assert page.status_code == 200
    assert "Подлинный" in seen
    assert "Исследовательский проект: от вопроса к защите" in seen
    assert "Северный открытый университет" in seen
    assert "11.2026" in seen
    assert "34 часа" in seen
    assert "ИП.4" in seen
    assert SIGNED[form] in seen


def test_nothing_of_a_forged_badge_is_repeated(counter: Counter, ugu: House) -> None:
    forged = changed(ugu.award(), lambda badge: badge["credentialSubject"].update(narrative=CANARY))
    page = counter.client.post("/verify", files={"file": (f"{CANARY}.json", forged)})
    seen = text_of(page.text)

    assert "Недействителен" in seen
    assert "Содержание изменено после подписания" in seen
    assert CANARY not in page.text
    assert "Исследовательский" not in page.text
    assert "ИП.4" not in page.text


def test_the_place_of_an_undefined_field_is_shown(counter: Counter, ugu: House) -> None:
    forged = changed(ugu.award(), lambda badge: badge["credentialSubject"].update(grade=CANARY))
    page = counter.client.post("/verify", files={"file": ("badge.json", forged)})

    assert "/credentialSubject/grade" in page.text
    assert CANARY not in page.text


def test_a_holder_s_words_inside_a_real_badge_are_not_shown(counter: Counter, ugu: House) -> None:
    draft = ugu.draft()
    draft["credentialSubject"]["narrative"] = CANARY
    page = counter.client.post("/verify", data={"text": json.dumps(ugu.sign(draft))})

    assert "Подлинный" in page.text
    assert CANARY not in page.text


def test_an_issuer_that_nobody_knows_is_shown_as_such(counter: Counter, campus: Campus) -> None:
    stranger = campus.join("far", name="<b>Академия</b>", listed=False)
    page = counter.client.post("/verify", files={"file": ("badge.json", stranger.award())})
    seen = text_of(page.text)

    assert "Проверить не удалось" in seen
    assert "Организации нет в списке сети" in seen
    assert "Так назвал себя тот, кто подписал файл." in seen
    assert "&lt;b&gt;Академия&lt;/b&gt;" in page.text


def test_dates_are_written_in_the_municipality_s_own_time(counter: Counter, campus: Campus, ugu: House) -> None:
    badge = ugu.award(validUntil="2026-12-31T21:30:00Z")
    campus.now = campus.now.replace(year=2027, month=2)
    page = counter.client.post("/verify", files={"file": ("badge.json", badge)})

    assert "01.01.2027" in page.text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"data": {}}, "Выберите файл или вставьте текст значка."),
        ({"data": {"text": '{"type": "Person", "name": "' + CANARY + '"}'}}, "Это не цифровой значок."),
        ({"data": {"text": "{" + CANARY}}, "Файл повреждён"),
        ({"files": {"file": ("x.json", b"{")}}, "Файл повреждён"),
        ({"files": {"file": ("x.jwt", b"eyJhbGciOiJub25lIn0.e30.AAAA")}}, "Это не цифровой значок."),
        ({"data": {"text": "eyJhbGciOiJub25lIn0.e30"}}, "Файл повреждён"),
        ({"data": {"link": "https://evil.example/v/AAAAAAAAAAAAAAAAAAAAAA"}}, "Это не ссылка на показ значков"),
        ({"data": {"link": "//evil.example/v/AAAAAAAAAAAAAAAAAAAAAA"}}, "Это не ссылка на показ значков"),
        ({"data": {"link": SITE + "/wallet"}}, "Это не ссылка на показ значков"),
        ({"data": {"link": "https://[bad"}}, "Это не ссылка на показ значков"),
        ({"data": {"link": f"{SITE}@evil.example/v/AAAAAAAAAAAAAAAAAAAAAA"}}, "Это не ссылка на показ значков"),
    ],
)
def test_what_cannot_be_checked_is_said_beside_the_field(
    counter: Counter, sent: dict[str, dict[str, object]], words: str
) -> None:
    page = counter.client.post("/verify", **sent)  # type: ignore[arg-type]

    assert page.status_code == 400
    assert words in page.text
    assert CANARY not in page.text


def test_a_browser_sends_an_empty_file_field_along(counter: Counter, ugu: House) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    empty = part % (b"file", b'; filename=""\r\nContent-Type: application/octet-stream', b"")
    body = empty + part % (b"text", b"", ugu.award()) + part % (b"link", b"", b"") + b"--x--\r\n"
    headers = {"content-type": "multipart/form-data; boundary=x"}

    assert "Подлинный" in counter.client.post("/verify", content=body, headers=headers).text


def test_a_wrong_link_is_kept_to_be_mended(counter: Counter) -> None:
    page = counter.client.post("/verify", data={"link": f"{SITE}/v/short"})

    assert f'value="{SITE}/v/short"' in page.text
    assert "Введённое сохранено." in page.text


def test_all_but_the_badge_comes_back_with_an_error(counter: Counter) -> None:
    typed = {"text": f"{{{CANARY}", "recipient": "lev@example.org", "want": "pdf"}
    page = counter.client.post("/verify", data=typed)

    assert page.status_code == 400
    assert CANARY not in page.text
    assert "Исправьте и отправьте ещё раз. Файл или текст приложите снова." in page.text
    assert 'value="lev@example.org"' in page.text
    assert re.search(r'value="pdf"[^>]* checked', page.text)


@pytest.mark.parametrize("start", [SITE, "zachetka.example", f"  {SITE}"])
def test_our_own_share_link_leads_to_the_share(counter: Counter, start: str) -> None:
    page = counter.client.post("/verify", data={"link": f"{start}/v/AbCdEfGhIjKlMnOpQrStUv"})

    assert page.status_code == 303
    assert page.headers["location"] == "/v/AbCdEfGhIjKlMnOpQrStUv"


def test_a_set_of_badges_is_answered_one_by_one(counter: Counter, campus: Campus, ugu: House) -> None:
    good, bad = ugu.award(), ugu.award()
    ugu.revoke(bad)
    shown = campus.present([good, bad], make_holder("L1"))
    seen = text_of(counter.client.post("/verify", files={"file": ("set.json", shown)}).text)

    assert "В наборе 2 значка." in seen
    assert "владеет кошельком" in seen
    assert "Подлинный" in seen
    assert "Организация отозвала этот значок." in seen


def test_samples_can_be_tried_and_downloaded(counter: Counter, ugu: House) -> None:
    badge = ugu.award()
    forged = changed(badge, lambda document: document.update(name="Другой"))
    rows = [
        {"name": "valid", "title": "Настоящий значок", "expected": "valid"},
        {"name": "tampered", "title": "Подделка", "expected": "invalid"},
    ]
    counter.put_samples(rows, {"valid": badge, "tampered": forged})

    form = counter.client.get("/verify").text
    assert 'href="/verify/samples/tampered"' in form
    assert "Недействителен" in form
    assert "Подлинный" in counter.client.get("/verify/samples/valid").text
    assert "Недействителен" in counter.client.get("/verify/samples/tampered").text
    assert counter.client.get("/verify/samples/tampered.json").content == forged


@pytest.mark.parametrize("name", ["none", "..%2f..%2fetc%2fpasswd", "index", "index.json"])
def test_other_samples_do_not_exist(counter: Counter, name: str) -> None:
    counter.put_samples([], {})

    assert counter.client.get(f"/verify/samples/{name}").status_code == 404


def test_a_broken_sample_is_told_like_any_other_file(counter: Counter) -> None:
    counter.put_samples([], {"half": b'{"type": '})

    assert counter.client.get("/verify/samples/half").status_code == 400


def test_the_pages_speak_english(counter: Counter, ugu: House) -> None:
    page = counter.client.post("/verify?language=en", files={"file": ("badge.json", ugu.award())})
    seen = text_of(page.text)

    assert "The signature is right" in seen
    assert "34 hours" in seen


# JSON


def test_the_json_door_answers_with_codes_and_sentences(counter: Counter, ugu: House) -> None:
    badge = ugu.award()
    answer = counter.client.post("/api/verify", content=badge, headers={"content-type": "application/json"})
    found = answer.json()["credentials"][0]

    assert answer.status_code == 200
    assert answer.json()["presentation"] is None
    assert found["verdict"] == "valid"
    assert found["shown"]["title"] == "Исследовательский проект: от вопроса к защите"
    assert found["shown"]["month"] == "2026-11"
    assert {"check": "proof", "outcome": "passed", "code": "signature-holds"}.items() <= found["checks"][1].items()
    assert all(check["sentence"] for check in found["checks"])


@pytest.mark.parametrize("media", ["text/plain", "application/jwt", "application/vc+jwt"])
def test_the_json_door_reads_signed_texts(counter: Counter, ugu: House, media: str) -> None:
    answer = counter.client.post("/api/verify", content=ugu.award_text(), headers={"content-type": media})
    found = answer.json()["credentials"][0]

    assert found["verdict"] == "valid"
    assert (found["checks"][1]["code"], found["checks"][1]["params"]) == ("token-holds", {"suite": "vc+jwt, EdDSA"})


def test_the_json_door_judges_what_is_wrong(counter: Counter, ugu: House) -> None:
    forged = changed(ugu.award(), lambda badge: badge.update(name=CANARY))
    answer = counter.client.post("/api/verify", content=forged)

    assert answer.status_code == 200
    assert answer.json()["credentials"][0]["verdict"] == "invalid"
    assert CANARY not in answer.text


@pytest.mark.parametrize(("body", "code"), [(b"", "broken-file"), (b"{", "broken-file"), (b"{}", "not-a-credential")])
def test_the_json_door_refuses_what_it_cannot_read(counter: Counter, body: bytes, code: str) -> None:
    answer = counter.client.post("/api/verify", content=body)

    assert (answer.status_code, answer.json()) == (400, {"code": code})


def test_the_json_door_judges_a_set(counter: Counter, campus: Campus, ugu: House) -> None:
    answer = counter.client.post("/api/verify", content=campus.present([ugu.award()], make_holder("L1"))).json()

    assert answer["presentation"]["verdict"] == "valid"
    assert [one["verdict"] for one in answer["credentials"]] == ["valid"]


# documents that are no single badge ─────────────────────────────────────────────────────────────────────────────


def answered(counter: Counter, document: dict[str, Any], language: str = "ru") -> str:
    page = counter.client.post(f"/verify?language={language}", files={"file": ("x.json", write(document))})
    assert page.status_code == 200
    return text_of(page.text)


def endorsed(campus: Campus, ugu: House) -> dict[str, Any]:
    bare = ugu.draft()
    document = ugu.sign(bare | {"endorsement": [endorse(campus.operator, bare["id"])]})
    ugu.deposit(document)
    return document


@pytest.mark.parametrize(("language", "words"), [("ru", "Рекомендация: Центр"), ("en", "Endorsement: Центр")])
def test_who_vouches_for_a_badge_is_shown_with_its_own_answer(
    counter: Counter, campus: Campus, ugu: House, language: str, words: str
) -> None:
    seen = answered(counter, endorsed(campus, ugu), language)

    assert words in seen
    assert "Оценивают честно." in seen
    assert seen.count("Исследовательский проект: от вопроса к защите") == 3, (
        "the emblem, the badge, and what the endorsement is about"
    )


def test_an_endorsement_names_the_member_it_is_about(counter: Counter, campus: Campus, ugu: House) -> None:
    seen = answered(counter, endorse(campus.operator, ugu.did))

    assert "Это не значок, а рекомендация" in seen
    assert "За что или за кого ручается Северный открытый университет" in seen
    assert "лицензии" not in seen


def test_a_record_shows_every_credential_with_its_own_verdict(counter: Counter, campus: Campus, ugu: House) -> None:
    badges = [ugu.award(title=title) for title in ("Основы", "Проект", "Защита")]
    ugu.revoke(badges[1])
    first, second, third = map(json.loads, badges)
    link = Association(Relation.PRECEDES, first["id"], second["id"])
    seen = answered(counter, record(campus.operator, first, second, third, associations=(link,)))

    assert seen.count("Подлинный") == 3, "the record and two of three badges"
    assert seen.count("Недействителен") == 1
    assert "Организация отозвала этот значок." in seen
    assert "«Основы» предшествует «Проект»" in seen


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "Open Badges 2.0, подтверждается страницей выдавшей организации: old.sever.example."),
        ("en", "Open Badges 2.0, confirmed by the page of the organisation that issued it: old.sever.example."),
    ],
)
def test_an_open_badge_2_is_called_one(counter: Counter, campus: Campus, language: str, words: str) -> None:
    old = OldIssuer(campus)
    old.open()
    seen = answered(counter, old.award(), language)

    assert words in seen
    assert "Подлинный" not in seen
    assert "Genuine" not in seen


def test_the_rest_of_a_badge_is_told_without_naming_anybody(counter: Counter, ugu: House) -> None:
    draft = ugu.draft(evidence=[{"id": "https://ugu.sever.example/works/7", "type": ["Evidence"], "name": CANARY}])
    draft["credentialSubject"]["creditsEarned"] = 1.5
    draft["credentialSubject"]["identifier"].append(
        {"type": "IdentityObject", "identityHash": CANARY, "identityType": "emailAddress", "hashed": False}
    )
    seen = answered(counter, ugu.sign(draft))

    assert CANARY not in seen
    assert "Защитить проект перед комиссией." in seen
    assert "Зачётные единицы 1.5" in seen
    assert "Работ приложено 1" in seen
    assert "сетевой номер, скрыто отпечатком" in seen
    assert "электронная почта, записано открыто" in seen


def test_whose_badge_it_is_is_answered_and_not_repeated(counter: Counter, ugu: House) -> None:
    for asked, words in ((LEARNER, "Значок выдан тому, кого вы назвали."), (CANARY, "в значке нет")):
        page = counter.client.post("/verify", data={"text": ugu.award().decode(), "recipient": asked})
        assert words in text_of(page.text)
        assert asked not in page.text


def test_programs_get_the_same_answers(counter: Counter, campus: Campus, ugu: House) -> None:
    document = record(campus.operator, endorsed(campus, ugu))
    (answer,) = counter.client.post("/api/verify", content=write(document)).json()["credentials"]

    assert (answer["verdict"], answer["paper"]["kind"]) == ("valid", "ClrCredential")
    (badge,) = answer["contents"]
    assert badge["shown"]["title"] == "Исследовательский проект: от вопроса к защите"
    (endorsement,) = badge["endorsements"]
    assert endorsement["paper"]["about_name"] == badge["shown"]["title"]
