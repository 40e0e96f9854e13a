"""A sentence kept with its values, so that it can be stored now and read in any language afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """`sentence` is a message id with places in braces; values that are message ids themselves (levels) are translated too."""

    sentence: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def words(self, translate: Callable[[str], str]) -> str:
        """The sentence in the reader's language."""
        known = {
            name: translate(value) if value and isinstance(value, str) else value for name, value in self.params.items()
        }
        return translate(self.sentence).format(**known) if self.sentence else ""

    def to_json(self) -> dict[str, Any]:
        """As kept in the database."""
        return {"sentence": self.sentence, "params": dict(self.params)}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Said":
        """Read what `to_json` wrote."""
        return cls(document["sentence"], document["params"])


NOTHING_SAID = Said("")
