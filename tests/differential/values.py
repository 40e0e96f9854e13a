"""Scalars as strangers write them: every script, every escape, every kind of number, every form of IRI."""

from random import Random
from typing import Any, Final

_WORDS: Final = (
    *("badge", "Исследование", "проект", "Ёж", "数学", "שלום", "ὀδυσσεύς", "Größe", "naïve", "e\u0301", "\u00e9"),
    *("5", "87.5", "true", "null", "x" * 70, "a b", "@type", "_:b0", "<urn:x>", "https://ugu.sever.example/a", "-"),
)
_SHARP: Final = ('"', "\\", "'", "\n", "\t", "\r", "\\n", '\\"', "\\u0041", "^^", "@en", " .", "#", "{", "&", "\u200d")
_CONTROLS: Final = tuple(map(chr, (*range(0x20), 0x7F, 0x80, 0x85, 0x9F, 0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFD)))
_NONCHARACTERS: Final = ("\ufffe", "\uffff")
_ASTRAL: Final = ("😀", "𝒳", "🎓", "\U0010ffff", "𐀀", "👩‍🎓")
_ABOVE: Final = (
    "\ue000",
    "ﬁ",
    "￼",
    "豈",
    "｡",
)  # before the astral planes by code point, after their surrogates in UTF-16
_LANGUAGES: Final = (
    "ru",
    "en",
    "EN",
    "en-US",
    "de-Latn-CH",
    "zh-hant",
    "x-klingon",
    "sr-Cyrl",
    "i-navajo",
    "ru-RU-petr1708",
)
_DOUBLES: Final = (
    0.1,
    0.5,
    -1.5,
    1e-7,
    5e-324,
    1e20,
    1e21,
    1e22,
    1.7976931348623157e308,
    -0.0,
    0.30000000000000004,
    3.0,
)
_HOSTS: Final = (
    "ugu.sever.example",
    "cpo.sever.example",
    "школа.example",
    "xn--80aqf2ac.example",
    "[::1]",
    "A.example:443",
)
_PATHS: Final = ("", "/", "/a/../b", "/a%20b", "/%zz", "/ё", "/𝒳", "/?q=1&r=2#f", "/a/./b", "//c", "/a'b(c)", "/ﬁ")
_FIXED: Final = (
    *("did:web:ugu.sever.example", "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2", "mailto:a@b.example"),
    *("tel:+7-000", "urn:isbn:0", "data:image/png;base64,iVBORw0KGgo=", "HTTP://A.EXAMPLE/", "a:", "x:y", "urn:é:ё"),
    *("tag:a.example,2026:x", "did:web:a.example#key-1", "urn:x:\x7f", "name:x", "https:x", "http://"),
)
_SPACES: Final = ("urn:a\u00a0b", "https://a.example/\u3000", "urn:\u2028", "urn:\ufeffx")


class Values:
    """Scalars drawn from one source of chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._ids: list[str] = []

    def often(self, share: float) -> bool:
        """True in about `share` of all cases."""
        return self.chance.random() < share

    def text(self) -> Any:
        """Mostly a string; sometimes with a language, a direction, or no string at all."""
        if self.often(0.07):
            return self.tagged()
        if self.often(0.03):
            return self.number()
        return self.string()

    def string(self) -> str:
        """A string of one to four pieces, plain in most cases."""
        if self.often(0.6):
            return self.chance.choice(_WORDS)
        if self.often(0.002):
            return self.chance.choice(_WORDS) + self.chance.choice(_NONCHARACTERS)
        stocks = (_WORDS, _SHARP, _CONTROLS, _ASTRAL, _ABOVE)
        return "".join(self.chance.choice(self.chance.choice(stocks)) for _ in range(self.chance.randint(1, 4)))

    def tagged(self) -> dict[str, Any]:
        """A text with its language, its direction, or both."""
        found: dict[str, Any] = {"@value": self.string(), "@language": self.chance.choice(_LANGUAGES)}
        if self.often(0.3):
            found["@direction"] = self.chance.choice(("ltr", "rtl"))
            if self.often(0.4):
                del found["@language"]
        return found

    def number(self) -> Any:
        """A number or a truth value: small, big, and where lexical forms are hard to agree upon."""
        chance = self.chance
        if self.often(0.01):
            return chance.randint(10**15, 4 * 10**15) + 0.5  # sixteen digits and a half: a tie when rounded to sixteen
        return chance.choice(
            (
                chance.randint(-3, 120),
                chance.randint(-(2**53) + 1, 2**53 - 1),
                chance.choice(_DOUBLES),
                round(chance.uniform(-100, 100), chance.randint(0, 4)),
                chance.uniform(-1, 1) * 10.0 ** chance.randint(-30, 30),
                chance.choice((True, False)),
            )
        )

    def truth(self) -> Any:
        """What stands in a boolean field."""
        return self.chance.choice((True, False, True, False, "true", "false", 1, "1"))

    def lexical(self) -> Any:
        """What stands in a field with a datatype, well formed or not."""
        if self.often(0.1):
            return self.text()
        return self.chance.choice(("2026-11-20T09:00:00Z", "2026-11-20", "2026-02-30", "34", "uEiB", self.iri()))

    def iri(self) -> str:
        """An absolute IRI; a third of them were used before, so that nodes meet."""
        if self._ids and self.often(0.35):
            return self.chance.choice(self._ids)
        self._ids.append(self._new_iri())
        return self._ids[-1]

    def _new_iri(self) -> str:
        chance = self.chance
        if self.often(0.3):
            return f"urn:uuid:{chance.getrandbits(32):08x}-0000-4000-8000-{chance.getrandbits(48):012x}"
        if self.often(0.3):
            return chance.choice(_SPACES if self.often(0.003) else _FIXED)
        return f"https://{chance.choice(_HOSTS)}{chance.choice(_PATHS)}{chance.choice(('', '', '#1', str(chance.randint(1, 99))))}"
