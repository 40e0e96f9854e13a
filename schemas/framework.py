"""A catalogue of learning outcomes in the shape of CASE 1.1 (CFDocument, CFItems), and reading one."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schemas import fields
from schemas.dates import write_timestamp
from schemas.refusals import Unreadable


@dataclass(frozen=True, slots=True)
class FrameworkItem:
    """One outcome. `url` is what alignments point to; `kind` is subject, meta-subject, personal, course or vocational.

    `changed` is when it became what it is, "" for the moment of its edition; `ended` the last day on which it was offered, ""
    while it is (CASE 1.1, lastChangeDateTime and statusEndDate).
    """

    url: str
    code: str
    text: str
    kind: str
    changed: str = ""
    ended: str = ""


class Framework:
    """An object over the catalogue's dict."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        head = document.get("CFDocument")
        if not isinstance(head, dict):
            raise Unreadable(pointer="/CFDocument", field="CFDocument")
        self._head = head
        self.items: list[FrameworkItem] = [_item(row, pointer) for pointer, row in fields.objects(document, "CFItems")]

    @property
    def url(self) -> str:
        """The address of the catalogue."""
        return fields.required(self._head, "uri", "/CFDocument")

    @property
    def title(self) -> str:
        """Its name for people."""
        return fields.required(self._head, "title", "/CFDocument")

    def item(self, code: str) -> FrameworkItem | None:
        """The outcome with this code."""
        return next((item for item in self.items if item.code == code), None)


def compose(
    *,
    url: str,
    title: str,
    creator: str,
    items: Iterable[FrameworkItem],
    changed_at: datetime,
) -> dict[str, Any]:
    """The unsigned catalogue at `url`. Identifiers are derived from addresses, so that they never change."""
    changed = write_timestamp(changed_at)
    head = {
        "identifier": _identifier(url),
        "uri": url,
        "creator": creator,
        "title": title,
        "lastChangeDateTime": changed,
        "CFPackageURI": {"title": title, "identifier": _identifier(url), "uri": url},
    }
    return {
        "CFDocument": head,
        "CFItems": [_row(item, changed) for item in items],
        "CFAssociations": [],
    }


def numbered(url: str, outcomes: Iterable[tuple[str, str, str]]) -> list[FrameworkItem]:
    """Outcomes as (code, text, kind) under addresses of the catalogue at `url`, in the order given."""
    return [FrameworkItem(item_url(url, number), *one) for number, one in enumerate(outcomes, start=1)]


def item_url(url: str, number: int) -> str:
    """The address of an outcome in the catalogue at `url`."""
    return f"{url}/items/{number}"


def item_number(url: str, item: FrameworkItem) -> int:
    """The inverse; 0 for an outcome that has an address of another catalogue."""
    number = item.url.removeprefix(f"{url}/items/")
    return int(number) if number.isascii() and number.isdigit() else 0


def _row(item: FrameworkItem, changed: str) -> dict[str, Any]:
    ended = {"statusEndDate": item.ended} if item.ended else {}
    return {
        "identifier": _identifier(item.url),
        "uri": item.url,
        "humanCodingScheme": item.code,
        "fullStatement": item.text,
        "CFItemType": item.kind,
        **ended,
        "lastChangeDateTime": item.changed or changed,
    }


def _item(row: dict[str, Any], pointer: str) -> FrameworkItem:
    return FrameworkItem(
        url=fields.required(row, "uri", pointer),
        code=fields.required(row, "humanCodingScheme", pointer),
        text=fields.required(row, "fullStatement", pointer),
        kind=fields.optional(row, "CFItemType", pointer) or "",
        changed=fields.optional(row, "lastChangeDateTime", pointer) or "",
        ended=fields.optional(row, "statusEndDate", pointer) or "",
    )


def _identifier(url: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, url))


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One item of somebody's CASE package as it stands there, right or wrong; `section` is the heading that it stands under."""

    number: int
    code: str
    text: str
    kind: str
    url: str
    section: str


def read_case(document: dict[str, Any]) -> tuple[str, str, list[CaseRow]]:
    """Title, address and items of a CASE 1.1 package (CFPackage) of any publisher, in the order of its items.

    An item with items under it (`isChildOf`) and without a code is a heading, no outcome. What an item lacks is "". Raises
    `Unreadable` where there is no CFDocument or no list of items.
    """
    head = document.get("CFDocument")
    if not isinstance(head, dict) or not isinstance(document.get("CFItems"), list):
        raise Unreadable(pointer="/CFDocument", field="CFDocument")
    items = [item for _, item in fields.objects(document, "CFItems")]
    parents = _parents(document)
    names = {_said(item, "identifier"): _said(item, "fullStatement") for item in items}
    above = set(parents.values())
    rows = [
        CaseRow(
            number=number,
            code=_said(item, "humanCodingScheme"),
            text=_said(item, "fullStatement"),
            kind=_said(item, "CFItemType"),
            url=_said(item, "uri"),
            section=names.get(parents.get(_said(item, "identifier"), ""), ""),
        )
        for number, item in enumerate(items, start=1)
        if _said(item, "humanCodingScheme") or _said(item, "identifier") not in above
    ]
    return _said(head, "title"), _said(head, "uri"), rows


def _parents(document: dict[str, Any]) -> dict[str, str]:
    """The identifier of what each item stands under."""
    found: dict[str, str] = {}
    for _, link in fields.objects(document, "CFAssociations"):
        child, parent = link.get("originNodeURI"), link.get("destinationNodeURI")
        if link.get("associationType") == "isChildOf" and isinstance(child, dict) and isinstance(parent, dict):
            found.setdefault(_said(child, "identifier"), _said(parent, "identifier"))
    return found


def _said(document: dict[str, Any], name: str) -> str:
    """The text of a member on one line, "" where there is none."""
    value = document.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""
