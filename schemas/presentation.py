"""A verifiable presentation (VCDM 2.0 §4.13), read and composed."""

from collections.abc import Iterable
from typing import Any, Final

from schemas import fields
from schemas.canonical.contexts import BASE
from schemas.credential import Credential
from schemas.refusals import Unreadable

TYPE: Final = "VerifiablePresentation"


class Presentation:
    """An object over the presentation's dict."""

    def __init__(self, document: dict[str, Any]) -> None:
        if TYPE not in fields.strings(document, "type"):
            raise Unreadable(pointer="/type", field="type")
        self.document = document

    @property
    def holder(self) -> str:
        """Who presents: the DID or URL in `holder`, "" where none is named (VCDM 2.0 §4.13 leaves it open)."""
        return fields.reference(self.document, "holder") or ""

    @property
    def credentials(self) -> list[Credential]:
        """The credentials inside, each to be judged by itself."""
        return [Credential(found) for _, found in fields.objects(self.document, "verifiableCredential")]

    @property
    def proofs(self) -> list[dict[str, Any]]:
        """Its Data Integrity proofs, always a list."""
        return [found for _, found in fields.objects(self.document, "proof")]


def compose(*, presentation_id: str, holder: str, credentials: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """An unsigned presentation of signed credentials, which stay as they are."""
    return {
        "@context": [BASE],
        "id": presentation_id,
        "type": [TYPE],
        "holder": holder,
        "verifiableCredential": list(credentials),
    }
