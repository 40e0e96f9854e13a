"""Every code has its sentence, and every sentence keeps to the voice (design/LOOK.md)."""

import ast
import re
from pathlib import Path

import pytest

from keys.errors import proofs as proof_errors
from keys.errors.proofs import ProofInvalid
from keys.jose import errors as token_errors
from schemas import refusals
from schemas.errors import ZachetkaError
from schemas.refusals import Refused
from tests.campus import Campus, House
from tests.drawn import rendering
from tests.verifier.counter import SITE
from verifier.verdict import Check, Outcome, Report, Verdict
from verifier.wording import advice, explain, next_step, remarks, rows, sentence, title
from verifier.words import WORDS
from verifier.words.names import TITLES

ROOT = Path(__file__).resolve().parents[2]
JUDGES = (
    "checks",
    "controllers",
    "legacy",
    "nested",
    "presentation",
    "revocation",
    "signature",
    "status",
    "tokens",
    "trust",
    "verify",
)
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+|revoked|suspended|licensed|unlicensed|expired")
MOMENT = "2026-12-05T10:00:00+00:00"
PARAMS = dict.fromkeys(("until_at", "left_at", "witnessed_at", "since_at", "from_at"), MOMENT) | {
    "organisation": "СОУ",
    "licence": "Л-030",
    "suite": "vc+jwt, EdDSA",
    "held": "1",
    "host": "ugu.sever.example",
    "message": "принят",
    "all": "2",
}


def as_written(message: str) -> str:
    return message


def check_of(code: str, outcome: Outcome = Outcome.FAILED, name: str = "proof") -> Check:
    return Check(name, outcome, code, PARAMS)


def codes_in_source() -> set[str]:
    """Every text in the judging modules that looks like a code."""
    found = set()
    for module in JUDGES:
        tree = ast.parse((ROOT / f"verifier/{module}.py").read_text("utf-8"))
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
        }
    return found


def codes_of(module: object, base: type[ZachetkaError]) -> set[str]:
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, base)]
    return {kind.code for kind in kinds if kind is not base}


def test_every_code_has_words() -> None:
    given = codes_in_source() | codes_of(proof_errors, ProofInvalid) | codes_of(token_errors, ProofInvalid)

    assert given - WORDS.keys() == set()


def test_every_word_has_a_code() -> None:
    given = (
        codes_in_source()
        | codes_of(proof_errors, ProofInvalid)
        | codes_of(token_errors, ProofInvalid)
        | codes_of(refusals, Refused)
    )
    elsewhere = {
        "bad-timestamp",
        "status-malformed",
        "status-list-length",
        "status-range",
    }  # errors beside their parsers

    assert WORDS.keys() - given - elsewhere == set()


def test_a_refusal_without_words_of_its_own_gets_the_general_ones() -> None:
    assert sentence(check_of("nested-array"), as_written).startswith("Файл составлен не по правилам")


@pytest.mark.parametrize("code", sorted(WORDS))
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_sentence_is_whole(code: str, language: str) -> None:
    translate = rendering(SITE).catalogues.translator(language)
    told = sentence(check_of(code), translate)

    assert told.endswith(".")
    assert "{" not in told
    assert "05.12.2026" in told or "_at}" not in WORDS[code].says
    assert (next_step(check_of(code), translate) or ".").endswith(".")


@pytest.mark.parametrize("code", sorted(WORDS))
def test_the_voice(code: str) -> None:
    told = " ".join(WORDS[code]).replace("Open Badges", "")

    assert not re.search(r"[A-Za-z]", re.sub(r"\{\w+\}", "", told)), "no foreign letters on a Russian page"
    assert not re.search(r"кредит|сертификат|квалифицированн|!|ошибка \d", told, re.IGNORECASE)


@pytest.mark.parametrize("code", sorted(code for code, words in WORDS.items() if "доступ" in words.says))
def test_what_is_out_of_reach_is_never_called_forged(code: str) -> None:
    if WORDS[code].next:
        assert WORDS[code].but == "Это не значит, что значок поддельный."


def test_titles() -> None:
    assert [title(verdict, as_written) for verdict in Verdict] == list(TITLES.values())


def test_the_whole_answer(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    report = campus.verify(badge).report
    assert explain(report, as_written) == (
        "Подпись верна, организация имела право выдавать такие значки, значок не отозван."
    )
    assert advice(report, as_written) == ""

    ugu.revoke(badge)
    report = campus.verify(badge).report
    assert explain(report, as_written).startswith("Организация отозвала этот значок.")
    assert advice(report, as_written) == "Спросите организацию, которая указана в значке."

    campus.gone.add(ugu.url("status/revocation"))
    report = campus.verify(badge).report
    assert explain(report, as_written).endswith("Это не значит, что значок поддельный.")
    assert advice(report, as_written) == "Попробуйте позже или спросите организацию."


def test_a_valid_document_of_another_kind_is_not_called_a_badge(campus: Campus, ugu: House) -> None:
    told = explain(campus.verify(ugu.sign(ugu.status_list("revocation"))).report, as_written)

    assert told.endswith("Это не значок, а список отзыва организации.")


def test_a_failure_leads_over_what_could_not_be_told() -> None:
    checks = (check_of("status-unreachable", Outcome.UNKNOWN, "status"), check_of("expired", Outcome.FAILED, "dates"))
    report = Report(checks=checks, at=Campus().now, digest="")

    assert explain(report, as_written).startswith("Срок действия значка закончился 05.12.2026.")


def test_remarks_stand_apart(campus: Campus) -> None:
    report = campus.verify(campus.join("sen").award()).report

    assert [row.sentence for row in rows(report, as_written)][-1] == "Значок действует."
    assert next(row.sentence.partition(".")[0] for row in remarks(report, as_written)) == (
        "Образовательной лицензии у организации на дату выдачи нет"
    )
