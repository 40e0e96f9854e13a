"""Documents that were signed once and must be read so for ever: endorsements, records, older badges, pictures."""

import json
from pathlib import Path

import pytest

from tests.campus import Campus, House
from tests.campus_old import OldIssuer
from tests.verifier.answers import codes
from verifier.verification import Verification

FOLDER = Path(__file__).parents[1] / "vectors" / "documents"
CASES = json.loads((FOLDER / "answers.json").read_text("utf-8"))


def told(found: Verification) -> dict[str, object]:
    """What was found of a document and of everything in it, as `answers.json` has it."""
    inner = {"endorsements": found.endorsements, "contents": found.contents}
    return {"title": found.title, "checks": codes(found.report)} | {
        name: [told(one) for one in held] for name, held in inner.items() if held
    }


def test_every_document_has_its_answer() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {"answers.json", *CASES}


@pytest.mark.parametrize("name", sorted(CASES))
def test_what_was_signed_once_is_read_so_for_ever(campus: Campus, ugu: House, name: str) -> None:
    ugu.revoked.add(3)
    campus.changed()
    old = OldIssuer(campus)
    old.open()
    old.award()

    assert told(campus.verify((FOLDER / name).read_bytes())) == CASES[name]
