"""What callers send: one JSON object, read as strictly as a credential, because a credential stands in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemas.errors import N_, BadInput
from schemas.reading import MAX_DEPTH, read_json

ROOM = 3  # how deep a credential stands inside of a request
_TEXT_LIMIT = 2_000


class RequestUnreadable(BadInput):
    """The request lacks a member or has it in another shape than VC-API says. Params: `member`."""

    code = "vc-api-request"
    sentence = N_("В запросе нет поля «{member}», или оно записано не по правилам VC-API.")


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """The body of a request, member by member."""

    members: Mapping[str, Any]

    @classmethod
    def read(cls, body: bytes, limit: int) -> "ApiRequest":
        """The request in `body`, at most `limit` bytes. Raises what reading JSON raises."""
        return cls(read_json(body, limit=limit, max_depth=MAX_DEPTH + ROOM))

    def document(self, member: str) -> dict[str, Any]:
        """The object that the request is about."""
        found = self.members.get(member)
        if not isinstance(found, dict):
            raise RequestUnreadable(pointer=f"/{member}", member=member)
        return found

    def entry(self, member: str) -> dict[str, Any]:
        """One object that stands alone or in an array of one."""
        found = self.members.get(member)
        alone = found[0] if isinstance(found, list) and len(found) == 1 else found
        if not isinstance(alone, dict):
            raise RequestUnreadable(pointer=f"/{member}", member=member)
        return alone

    def member(self, name: str) -> str:
        """One text that must be there."""
        found = self.members.get(name)
        if not isinstance(found, str) or not 0 < len(found) <= _TEXT_LIMIT:
            raise RequestUnreadable(pointer=f"/{name}", member=name)
        return found

    def document_bytes(self, member: str) -> bytes:
        """The same as a document by itself, for those who judge bytes: equal in every value, since each has one reading only."""
        return json.dumps(self.document(member), ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def options(self) -> Mapping[str, Any]:
        """`options`, empty where there are none."""
        found = self.members.get("options", {})
        if not isinstance(found, dict):
            raise RequestUnreadable(pointer="/options", member="options")
        return found

    def text(self, name: str) -> str | None:
        """One text among the options."""
        found = self.options.get(name)
        if found is None or (isinstance(found, str) and len(found) <= _TEXT_LIMIT):
            return found
        raise RequestUnreadable(pointer=f"/options/{name}", member=name)

    def texts(self, name: str) -> list[str]:
        """A list of texts among the options, empty where it is missing."""
        found = self.options.get(name, [])
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise RequestUnreadable(pointer=f"/options/{name}", member=name)
        return found
