"""One bad example for every rule, and properties of those that look for personal data."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issuer.describe import achievement_document
from issuer.lint import CREDENTIAL_RULES, demand, lint, lint_achievement
from issuer.lint.faults import LintFault
from tests.issuer.test_compose import badge
from tests.issuer.world import NAMES, module

GOOD = badge()


def put(pointer: str, value: object, /) -> Callable[[dict[str, Any]], None]:
    """A change that sets the member at a JSON pointer; the value `...` takes it away."""

    def change(document: dict[str, Any]) -> None:
        *way, last = pointer.removeprefix("/").split("/")
        place: Any = document
        for part in way:
            place = place[int(part)] if isinstance(place, list) else place[part]
        if value is ...:
            del place[last]
        elif isinstance(place, list):
            place[int(last)] = value
        else:
            place[last] = value

    return change


def broken(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    document = deepcopy(GOOD)
    change(document)
    return document


def codes(document: Mapping[str, Any], names: tuple[str, ...] = ()) -> set[str]:
    return {fault.code for fault in lint(document, names)}


RESULT = "/credentialSubject/result"
DESCRIPTIONS = "/credentialSubject/achievement/resultDescription"
BAD = [
    ("lint-contexts", put("/@context", ["https://www.w3.org/ns/credentials/v2"])),
    ("lint-contexts", put("/@context/1", {"@vocab": "https://example.org/"})),
    ("lint-contexts", put("/credentialSubject/achievement/endorsementJwt", ["e30.e30.c2ln"])),
    ("lint-types", put("/type", ["VerifiableCredential", "AchievementCredential"])),
    ("lint-empty", put("/credentialSubject/narrative", "")),
    ("lint-empty", put("/credentialSubject/achievement/tag", [])),
    ("lint-empty", put("/name", None)),
    ("lint-empty", put("/evidence", {})),
    ("lint-control-character", put("/credentialSubject/narrative", "звонок\x07")),
    ("lint-control-character", put("/issuer/name", "Универ\x7fситет")),
    ("lint-control-character", put("/credentialSubject/narrative", "половина \ud83d")),
    ("lint-id", put("/id", "urn:uuid:1")),
    ("lint-id", put("/id", "https://ugu.sever.example/badges/1")),
    ("lint-id", put("/credentialSubject/id", "did:key:z6Mk")),
    ("lint-id", put("/credentialSubject/id", GOOD["id"])),
    ("lint-issuer", put("/issuer", "did:web:ugu.sever.example")),
    ("lint-issuer", put("/issuer/id", "did:key:z6Mkqh9ZkXxHeqBAKJGFysNh4CLumhaLVcodYVcWfRA1f8p3")),
    ("lint-issuer", put("/issuer/url", "https://kol.sever.example")),
    ("lint-issuer", put("/issuer/name", ...)),
    ("lint-status", put("/credentialStatus", ...)),
    ("lint-status", put("/credentialStatus/statusPurpose", "suspension")),
    ("lint-status", put("/credentialStatus/statusListIndex", "131072")),
    ("lint-status", put("/credentialStatus/statusListIndex", "07")),
    ("lint-status", put("/credentialStatus/statusListIndex", "-1")),
    ("lint-status", put("/credentialStatus/statusListCredential", "https://kol.sever.example/status/ugu-1")),
    ("lint-status", put("/credentialStatus/id", "https://ugu.sever.example/status/ugu-1")),
    ("lint-dates", put("/validFrom", "2026-11-20")),
    ("lint-dates", put("/awardedDate", "2026-11-21T00:00:00Z")),
    ("lint-dates", put("/validUntil", "2026-11-20T09:30:00Z")),
    ("lint-address", put("/credentialSubject/achievement/alignment/0/targetUrl", "http://cpo.sever.example/1")),
    ("lint-address", put("/credentialSubject/achievement/id", "urn:uuid:1")),
    ("lint-result", put(f"{RESULT}/0/resultDescription", "https://example.org/other#result-1")),
    ("lint-result", put(f"{RESULT}/2/achievedLevel", GOOD["credentialSubject"]["result"][3]["achievedLevel"])),
    ("lint-result", put(RESULT, GOOD["credentialSubject"]["result"][:3])),
    ("lint-not-passed", put(f"{RESULT}/0/value", "59")),
    ("lint-not-passed", put(f"{RESULT}/0/value", "много")),
    ("lint-not-passed", put(RESULT, GOOD["credentialSubject"]["result"][1:])),
    ("lint-hours", put(f"{RESULT}/1/value", "36")),
    ("lint-hours", put(DESCRIPTIONS, [GOOD["credentialSubject"]["achievement"]["resultDescription"][0]])),
    ("lint-identity", put("/credentialSubject/identifier", ...)),
    ("lint-identity", put("/credentialSubject/identifier/0/hashed", ...)),
    ("lint-identity", put("/credentialSubject/identifier/0/salt", "соль")),
    ("lint-identity", put("/credentialSubject/identifier/0/identityType", "emailAddress")),
    ("lint-identity", put("/credentialSubject/identifier", GOOD["credentialSubject"]["identifier"] * 2)),
    ("lint-personal-field", put("/issuer/email", "a")),
    ("lint-personal-field", put("/credentialSubject/familyName", "а")),
    ("lint-personal-field", put("/credentialSubject/image", {"id": "https://ugu.sever.example/p", "type": "Image"})),
    ("lint-name", put("/credentialSubject/narrative", "Отличная работа Ветровой")),
    ("lint-birth-date", put("/credentialSubject/narrative", "Дата рождения указана")),
    ("lint-snils", put("/credentialSubject/narrative", "№ 112-233-445 95")),
    ("lint-phone", put("/credentialSubject/narrative", "Звонить +7 (921) 123-45-67")),
    ("lint-email", put("/credentialSubject/narrative", "Писать на alina@example.org")),
    ("lint-open-evidence", put("/evidence", [{"id": "https://yadi.sk/d/1", "type": ["Evidence"]}])),
    ("lint-email", put("/credentialSubject/id", "mailto:alina@example.org")),
]


def test_a_composed_badge_breaks_no_rule() -> None:
    assert lint(GOOD, NAMES) == ()


@pytest.mark.parametrize(("code", "change"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_every_rule_finds_its_bad_example(code: str, change: Callable[[dict[str, Any]], None]) -> None:
    assert code in codes(broken(change), NAMES)


def test_every_rule_is_one_function_that_cites_its_clause_and_has_a_bad_example() -> None:
    assert all((rule.__doc__ or "").split(":")[0] for rule in CREDENTIAL_RULES)
    assert len(set(CREDENTIAL_RULES)) == len(CREDENTIAL_RULES)
    assert {fault.code for fault in _subclasses(LintFault)} == {code for code, _ in BAD}


def _subclasses(kind: type[LintFault]) -> list[type[LintFault]]:
    return kind.__subclasses__()


def test_the_first_fault_is_raised() -> None:
    with pytest.raises(LintFault) as refused:
        demand(lint(broken(put("/type", []))))
    assert refused.value.pointer
    demand(())


@pytest.mark.parametrize(
    "text",
    [
        "ВЕТРОВА",
        "Ветровой Алине",
        "Алину хвалим",
        "с Игоревной",
        "Ве\u00adтрова",
        "ветрова",
        "«Ветрова»",
        "Ve: Ａлина Ветрова",
    ],
)
def test_a_name_is_found_in_any_case_and_spelling(text: str) -> None:
    assert codes(broken(put("/credentialSubject/narrative", f"Работа: {text}.")), NAMES) == {"lint-name"}


@pytest.mark.parametrize("text", ["ветер в проветренной комнате", "малина", "игорь", "линейка"])
def test_words_that_only_resemble_a_name_are_left_alone(text: str) -> None:
    assert codes(broken(put("/credentialSubject/narrative", text)), NAMES) == set()


def test_a_name_in_the_achievement_itself_is_everybodys() -> None:
    document = broken(put("/credentialSubject/achievement/name", "Роман в письмах"))
    assert codes(document, ("Таволгин", "Роман", "Сергеевич")) == set()


@settings(deadline=None)
@given(
    st.sampled_from(NAMES), st.text("абвгд ,.-", max_size=20), st.text(" ,.!-", min_size=1, max_size=5), st.booleans()
)
def test_a_name_is_found_wherever_it_stands(name: str, before: str, after: str, loud: bool) -> None:  # noqa: FBT001
    written = name.upper() if loud else name
    text = f"{before} {written}{after} конец"
    assert "lint-name" in codes(broken(put("/credentialSubject/narrative", text)), NAMES)


@settings(deadline=None)
@given(
    st.integers(0, 9_999_999_999),
    st.sampled_from(["+7{}", "8{}", "8 ({}{}{}) {}{}{}-{}{}-{}{}", "+7 {}{}{} {}{}{} {}{} {}{}"]),
)
def test_any_telephone_number_is_found(number: int, form: str) -> None:
    digits = f"{number:010d}"
    written = form.format(digits) if form.count("{}") == 1 else form.format(*digits)
    assert "lint-phone" in codes(broken(put("/credentialSubject/narrative", f"тел. {written}.")))


@settings(deadline=None)
@given(st.integers(1_001_999, 999_999_999), st.sampled_from(["{}{}{}{}", "{}-{}-{} {}", "{} {} {} {}"]))
def test_any_right_snils_is_found(number: int, form: str) -> None:
    digits = f"{number:09d}"
    check = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=True)) % 101 % 100
    written = form.format(digits[:3], digits[3:6], digits[6:], f"{check:02d}")
    assert codes(broken(put("/credentialSubject/narrative", f"СНИЛС {written}"))) & {"lint-snils"}


@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2020, 12, 31)))
def test_any_day_a_learner_may_be_born_on_is_found(day: date) -> None:
    for written in (day.isoformat(), day.strftime("%d.%m.%Y"), day.strftime("%d/%m/%Y")):
        assert "lint-birth-date" in codes(broken(put("/credentialSubject/narrative", f"Алина, {written}")))


@pytest.mark.parametrize(
    "text",
    [
        "приказ от 30.07.2020 № 845/369",
        "закон от 29 декабря 2012 г. № 273-ФЗ",
        "защита прошла 18.11.2026",
        "34 часа, 87 баллов из 100, протокол № 12-у",
        "координаты 68.9585, 33.0827",
        "с 1 марта по 12 мая",
        "ISBN 978-5-17-118366-6",
    ],
)
def test_what_schools_write_every_day_is_left_alone(text: str) -> None:
    assert codes(broken(put("/credentialSubject/narrative", text)), NAMES) == set()


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_a_rule_itself(text: str) -> None:
    assert "lint-contexts" not in codes(broken(put("/credentialSubject/narrative", text)), NAMES)


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
        max_leaves=10,
    ),
    st.sampled_from(["issuer", "credentialSubject", "credentialStatus", "validFrom", "@context", "type", "id"]),
)
def test_any_shape_is_answered_with_faults(value: object, member: str) -> None:
    assert lint({**GOOD, member: value}, NAMES) or value == GOOD[member]


def test_an_achievement_is_looked_through_before_it_is_kept() -> None:
    document = achievement_document(module(criteria="Вопросы: info@example.org"), id="https://a.example/a", version=1)
    assert [fault.code for fault in lint_achievement(document)] == ["lint-email"]
