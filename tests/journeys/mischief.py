"""What people, programs and attackers send by mistake or on purpose: addresses, questions, forms and documents that are wrong."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from service.demo.forms import PageForm

ODD_IDS = (
    *("0", "-1", "9" * 25, "None", "x" * 3000, ".", "..", "a.b"),
    *("%00", "a%00b", "%ff%fe", "%0d%0aX-Odd:1", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "%5c..%5c", "%7Blearner%7D"),
    *(quote("Канарейка"), quote("' or 1=1 --"), quote("🦜"), "%ED%A0%80"),
)
"""In the place of an id, as it stands in an address."""
ODD_QUERIES = (
    *("page=0", "page=-1", "page=x", "page=", f"page={'9' * 25}", "page=1&page=2"),
    *("before=0", "before=x", f"before={'9' * 25}", f"before={2**63}"),
    *("q=%00", "q=%ff", "q=%25", f"q={'x' * 5000}", "q=%ED%A0%80", "language=xx", "language=%00", "next=%00"),
    *(
        "item=%00",
        "badge=%00",
        "case=%00",
        "case=none",
        "achievement=%00",
        "achievement=none",
        "days=x",
        "id=%00",
        "=",
        "%",
    ),
)
ODD_TEXTS = (
    *(
        "",
        "\x00",
        "а\x00б",
        "ы" * 20_000,
        "-1",
        "9" * 30,
        "1e400",
        "31.02.2026",
        "9999-99-99",
        "🦜",
        "\u202e",
        "\x1b[31m",
    ),
    *(
        "<script>alert(1)</script>",
        "data:image/svg+xml,<svg onload=alert(1)>",
        "javascript:alert(1)",
        "{{ 7 * 7 }}",
        "%(num)s",
        "{0}",
        "' or 1=1 --",
        "../../etc/passwd",
    ),
)
ODD_BODIES = (
    *(b"", b" ", b"{", b"nul", b"null", b"5", b'"x"', b"[]", b"\xff\xfe", b"\xef\xbb\xbf{}", b"{}", b'{"a":1,"a":2}'),
    *(b'{"a": NaN}', b'{"a": 1e400}', b'{"a": "\\ud800"}', b"[" * 50_000, b'{"a":' * 50_000, b"9" * 100_000),
)
ODD_KINDS = ("application/json", "application/json; charset=utf-16", "text/plain", "image/png", "x", "")
ODD_VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        5,
        -1,
        10**30,
        1.5,
        "",
        "\x00",
        "а\x00б",
        "ы" * 20_000,
        [],
        {},
        [None],
        ["\x00"],
        {"\x00": "\x00"},
        [[[]]],
    ),
)
METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")


STRICT = frozenset(
    {"%00", "a%00b", "\x00", "а\x00б", "9" * 25, "9" * 30, "%ED%A0%80", "q=%00", "item=%00", "badge=%00", "case=%00"}
)
"""Of the odd ids, questions and texts those that not every database can keep."""


def odd_documents(document: dict[str, Any], values: Sequence[Any] = ODD_VALUES) -> Iterator[dict[str, Any]]:
    """The document with one member wrong, missing or too many."""
    for name in document:
        yield {key: value for key, value in document.items() if key != name}
        yield from ({**document, name: value} for value in values)
    yield {**document, "лишнее": "поле", "\x00": 1}


def odd_answers(form: PageForm, texts: Sequence[str] = ODD_TEXTS) -> Iterator[dict[str, str | list[str]]]:
    """A form of a page filled in well, but for one field."""
    good: dict[str, str | list[str]] = {name: values[0] or "Проба" for name, values in form.fields.items()}
    good |= {name: value for name, value, _ in form.options if name not in good}
    for name in good:
        if name != "csrf":
            yield from ({**good, name: text} for text in texts)
            yield {key: value for key, value in good.items() if key != name}
