"""The words that documents are mutated with: those of the bundled contexts, of JSON-LD, and what no honest document has."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent.parent.parent / "schemas" / "contexts"


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _keys(item)


def _contexts() -> list[tuple[str, Any]]:
    rows = json.loads((_FOLDER / "manifest.json").read_text("utf-8"))
    return [(row["name"], json.loads((_FOLDER / row["file"]).read_text("utf-8"))["@context"]) for row in rows]


CONTEXTS: Final = tuple(name for name, _ in _contexts())
TERMS: Final = tuple(sorted({key for _, context in _contexts() for key in _keys(context) if key[0] != "@"}))
CLASSES: Final = tuple(term for term in TERMS if term[0].isupper() or term[0].isdigit())
KEYWORDS: Final = (
    "@context", "@id", "@type", "@value", "@language", "@direction", "@list", "@set", "@graph", "@included", "@nest", "@reverse",
    "@none", "@json", "@vocab", "@base", "@version", "@import", "@index", "@container", "@prefix", "@propagate", "@protected",
)  # fmt: skip
NODES: Final = (  # terms under which objects stand
    "issuer", "credentialSubject", "achievement", "alignment", "evidence", "result", "resultDescription", "parentOrg", "related",
    "rubricCriterionLevel", "endorsement", "criteria", "image", "creator", "source", "identifier", "otherIdentifier", "address",
    "geo", "proof", "verifiableCredential", "credentialStatus", "credentialSchema", "termsOfUse", "refreshService", "association",
    "relatedResource", "verificationMethod", "controller", "statusMessage",
)  # fmt: skip
STRANGE: Final = (
    "grade", "", "a b", "_:b0", "https://example.org/p", "ключ", "\ud83d\ude00", "urn:x", "__proto__", "x" * 300,
)  # fmt: skip
TEXTS: Final = (
    "", " ", "x", "Проект", "é", "e\u0301", "😀", "\x00", "\x08\x0c\x1f", "\x7f", "\u2028", "\ufeff", "\uffff", "\u202e", '"\\',
    "a\nb\r\tc", "<b>", "x" * 2_000, "ы" * 500, "_:b0", "_:c14n0", "urn:x", "urn:x y", "urn:x>", "urn:\ud7ff", "relative", "/a",
    "#a", "//a", "did:key:z6Mk", "https://a.example/#1", "HTTP://A.example/%7E", "a:", ":a", "ru", "ru-RU", "русский", "ltr", "up",
    "2026-11-20T09:00:00Z", "2026-02-30", "true", "1.0E0", "http://www.w3.org/2001/XMLSchema#string",
)  # fmt: skip
NUMBERS: Final = (
    0, 1, -1, 0.0, -0.0, 0.1, 1.5, 5e-324, 1e-7, 1e16, 1e20, 1e21, 1e22, 1.7e308, 2**53 - 1, 1 - 2**53, 2**53, 10**17,
)  # fmt: skip
RAW: Final = (  # what a JSON writer would not write
    "1e400", "-1e400", "NaN", "Infinity", "-0", "1E2", "1.0", "9" * 400, "0." + "1" * 400, '"\\ud800"', '"\\udc00\\ud800"',
    '"\\u0000"', '"\\ud83d\\ude00"', '{"id":"urn:a","id":"urn:b"}', '{"\\u0069d":"urn:a","id":"urn:a"}', "[" * 40 + "]" * 40,
    '{"a":' * 40 + "1" + "}" * 40, "[" * 5_000, "01", "'x'", '"\t"', "[1,]", "tru", "\ufeff1",
)  # fmt: skip


def dictionary() -> str:
    """The words as a dictionary of libFuzzer, for mutations of bytes."""
    words = {*TERMS, *KEYWORDS, *CONTEXTS, *STRANGE, *TEXTS}
    tokens = {json.dumps(word) for word in words if len(word) < 40} | {raw for raw in RAW if len(raw) < 40}
    return "".join(f'"{_escaped(token)}"\n' for token in sorted(tokens))


def _escaped(token: str) -> str:
    return "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\x{byte:02x}" for byte in token.encode()
    )
