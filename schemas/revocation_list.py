"""Revoked credentials named one by one (1EdTech Verifiable Credential Revocation List 1.0).

Read and never issued: such a list shows everybody which credentials were revoked.
"""

from typing import Any

from schemas import fields
from schemas.refusals import Unreadable


class RevocationList:
    """An object over the list's dict."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._rows = fields.objects(document, "revokedCredentials")
        if "revokedCredentials" not in document:
            raise Unreadable(pointer="", field="revokedCredentials")

    @property
    def url(self) -> str:
        """Its own id: where it says it is published."""
        return fields.required(self.document, "id")

    @property
    def issuer_id(self) -> str:
        """Who publishes it."""
        found = fields.reference(self.document, "issuer")
        if not found:
            raise Unreadable(pointer="/issuer", field="issuer")
        return found

    def revokes(self, credential_id: str) -> bool:
        """Whether that credential is in it, unless its row says expressly that it is not revoked."""
        return any(
            fields.required(row, "id", place) == credential_id and row.get("revoked") is not False
            for place, row in self._rows
        )
