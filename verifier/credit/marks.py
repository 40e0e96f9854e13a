"""From a result in a partner's scale to a mark by the school's own table, with the original kept beside it (DOMAIN §6)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from schemas.credential import Credential
from schemas.errors import N_
from schemas.outcomes import overall
from verifier.credit.policy import SchoolPolicy

NO_MARK = "pass"
OUT_OF = N_("{value} из {maximum}")
MARKS = ("3", "4", "5")
RANK = {NO_MARK: 0, "3": 3, "4": 4, "5": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The overall result as the partner wrote it; `failed` only where the credential establishes that."""

    value: str = ""
    minimum: str = ""
    maximum: str = ""
    failed: bool = False

    def to_json(self) -> dict[str, Any]:
        """As kept in the database."""
        return asdict(self)

    def text(self, passed: str, pattern: str = OUT_OF) -> str:
        """For people and for the recognition: "87 из 100", "5" where the scale is the school's, or the word for a pass.

        `passed` and `pattern` (`OUT_OF`) come in the reader's language; documents of record are Russian.
        """
        if not self.value:
            return passed
        scaled = self.maximum not in {"", "5"}
        return pattern.format(value=self.value, maximum=self.maximum) if scaled else self.value


def original_of(credential: Credential) -> Original:
    """The overall result of a credential; an empty value means that it was passed without one."""
    whole = overall(credential)
    if whole is None:
        return Original()
    return Original(
        value=whole.value or "",
        minimum=whole.minimum or "",
        maximum=whole.maximum or "",
        failed=whole.required is not None and not whole.passed,
    )


def converted(original: Original, policy: SchoolPolicy) -> str | None:
    """The mark for one result: "3" to "5", `NO_MARK` for a result without a value, None where the school's table has no answer."""
    if not original.value:
        return NO_MARK
    numbers = [_number(text) for text in (original.value, original.minimum, original.maximum)]
    if None in numbers:
        return None
    value, minimum, maximum = (float(number) for number in numbers if number is not None)
    conversion = policy.conversion(minimum, maximum)
    return conversion.mark(value) if conversion else None


def offered(originals: Sequence[Original], policy: SchoolPolicy) -> str | None:
    """The mark that several results together carry: the lowest; None where one of them has no conversion."""
    marks = [converted(original, policy) for original in originals]
    if not marks or None in marks:
        return None
    graded = [mark for mark in marks if mark and mark != NO_MARK]
    return min(graded, key=RANK.__getitem__) if graded else NO_MARK


def is_lower(mark: str, than: str | None) -> bool:
    """Whether a mark gives the learner less than what the table offered; a pass instead of a mark is less too."""
    return than is not None and RANK[mark] < RANK[than]


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
