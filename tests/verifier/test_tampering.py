"""Twenty thousand random changes of genuine credentials in every form: none is accepted unless it provably says the same.

The seed stands in every failure; `TAMPER_MUTATIONS` sets the number, `make tamper` takes two million and a seed of its own.
"""

import base64
import json
import os
from collections import Counter
from itertools import islice

import pytest

from tests.campus import TODAY, Campus
from tests.seed import SEED, draws
from tests.verifier.forms import Form, accepted, make_forms, same
from tests.verifier.mutators import mutations

MUTATIONS = int(os.environ.get("TAMPER_MUTATIONS", "20000"))
CAMPUS = Campus(TODAY)
FORMS = make_forms(CAMPUS)
SHARE = -(-MUTATIONS // len(FORMS))
REGIONS = {
    "json": {"bits", "bytes", "blanks"},
    "text": {"bits", "bytes", "header", "payload", "signature"},
    "disclosures": {"bits", "bytes", "header", "payload", "signature", "disclosures"},
    "png": {"bits", "bytes", "IHDR", "IDAT", "IEND", "iTXt"},
    "svg": {"bits", "bytes"},
}
FEWEST = min(5, SHARE // 250)  # how often each region is changed at least; a short run may miss some
each_form = pytest.mark.parametrize("name", FORMS)


@each_form
def test_the_genuine_one_is_accepted(name: str) -> None:
    assert accepted(CAMPUS, FORMS[name].data)
    assert same(FORMS[name], FORMS[name].data)


@each_form
def test_no_random_change_is_accepted(name: str) -> None:
    form, random = FORMS[name], draws(f"tampering: {name}")
    print(f"seed {SEED}, {SHARE} changes of {name}")  # noqa: T201 - shown with a failure
    regions: Counter[str] = Counter()
    forged: list[str] = []
    equal = 0
    changed = (found for found in mutations(form, others(name), random) if found[1] != form.data)
    for region, data in islice(changed, SHARE):
        regions[region] += 1
        if not accepted(CAMPUS, data):
            continue
        equal += same(form, data)
        if not same(form, data):
            forged.append(f"{region}: {base64.b64encode(data).decode()}")

    assert forged == [], f"seed {SEED}, {len(forged)} of {SHARE}"
    assert regions.total() == SHARE
    assert form.kind != "json" or equal >= FEWEST, "blanks between the parts of JSON are no change"
    assert {region for region in wanted(form) if regions[region] < FEWEST} == set(), regions


def others(name: str) -> list[bytes]:
    """Genuine files of other badges."""
    return [form.data for other, form in FORMS.items() if other != name]


def wanted(form: Form) -> set[str]:
    """The regions that a form has, each of which must be changed: of a document every member."""
    return REGIONS[form.kind] | (set(json.loads(form.data)) if form.kind == "json" else set())


def test_the_numbers_add_up() -> None:
    assert SHARE * len(FORMS) >= MUTATIONS


@each_form
def test_the_oracle_tells_a_change_of_one_letter(name: str) -> None:
    """The comparison itself is no yes-man: a wrong result, a cut signature, a foreign file are something else."""
    form = FORMS[name]
    middle = len(form.data) // 2
    assert not same(form, form.data[:middle])
    assert not any(same(form, other) for other in others(name) if other != form.data)
