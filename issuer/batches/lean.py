"""The rules of `issuer.lint` and the schema over many badges of one achievement, its own words looked at once.

A rule looks at one text or member at a time, at the award's date with it, or at how results answer their descriptions. So once a
badge with the whole achievement has been looked at, of the next one of the same piece of a list (same achievement, same date) the
achievement's members are not walked again, and only how results answer it is; nothing of what differs between the two is left out.
The schema knows no difference between two texts, so it is asked once, and of a sample of the signed badges (`issuer.signing`).
"""

from collections.abc import Sequence
from typing import Any

from issuer.lint import lint
from schemas.errors import BadInput
from schemas.validate import validate

_WHOLE = "/credentialSubject/achievement"


class LeanLint:
    """Looks badges of one achievement over."""

    def __init__(self, roll: frozenset[str] = frozenset()) -> None:
        self._roll = roll
        self._looked_at = False

    def lint(self, document: dict[str, Any], names: Sequence[str]) -> Sequence[BadInput]:
        """Every rule that an unsigned badge breaks; the first one is looked at whole, and all are where the achievement is bad."""
        if self._looked_at:
            return lint(document, names, self._roll, achievement_seen=True)
        validate(document)
        found = lint(document, names, self._roll)
        self._looked_at = not any(fault.pointer.startswith(_WHOLE) for fault in found)
        return found
