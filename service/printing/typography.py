"""Russian typography for what is printed: «ёлочки», „лапки“ within them, dashes, spaces that do not break, nothing unseen."""

import re
import unicodedata

NO_BREAK = "\N{NO-BREAK SPACE}"
BREAK = "\N{ZERO WIDTH SPACE}"
LONGEST_RUN = 24  # letters in a row that no word of a language is longer than
STEP = 6  # letters that find room in the narrowest column
_UNSEEN = frozenset({"Cc", "Cf"})
_KEPT = frozenset("\n\N{SOFT HYPHEN}")

_OPENING = re.compile(r'(?<![^\s(\[«—"“„-])["“„](?=\S)')
_CLOSING = re.compile(r'(?<=\S)["”“](?=$|[\s.,;:!?)\]»”"“—-])')
_NESTED = re.compile(r"""«(?:[^«»„“”"]|„[^«»„“”"]+“)*»""")
_HIDE, _SHOW = str.maketrans("„“", "\x01\x02"), str.maketrans("\x01\x02", "„“")  # two that have gone as unseen
_DASH = re.compile(r"(?<=\S) [-–—] (?=\S)")
_SHORT_WORD = re.compile(r"(?<![^\s(«])([А-Яа-яЁёA-Za-z]{1,2}) (?=\S)")
_SIGN = re.compile(r"([№§]) ?(?=\S)")
_UNIT = re.compile(r"(?<=\d) (?=(?:ч|г|мин|руб|кл|класс|дн|%|[₽°])(?![А-Яа-яЁё]{2}))")
_DATE = re.compile(
    r"(\d{1,2}) (января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря) (\d{4})"
)
_INITIALS = re.compile(r"(?<![А-Яа-яЁё])([А-ЯЁ]\.) ?(?=[А-ЯЁ]\.|[А-ЯЁ][а-яё])")
_AFTER_NAME = re.compile(r"(?<=[а-яё]) (?=[А-ЯЁ]\.[ \u00a0]?[А-ЯЁ]\.)")


def typeset(text: str) -> str:
    """`text` as a good printer sets it. Doing it twice changes nothing more."""
    seen = "".join(sign for sign in unicodedata.normalize("NFC", text) if _is_seen(sign))
    signed = _UNIT.sub(NO_BREAK, _SIGN.sub(rf"\1{NO_BREAK}", seen))
    hidden = _NESTED.sub(lambda found: found[0].translate(_HIDE), signed)
    quoted = _CLOSING.sub("»", _OPENING.sub("«", hidden)).translate(_SHOW)
    dashed = _DASH.sub(f"{NO_BREAK}— ", quoted)
    named = _AFTER_NAME.sub(NO_BREAK, _INITIALS.sub(rf"\1{NO_BREAK}", dashed))
    dated = _DATE.sub(rf"\1{NO_BREAK}\2{NO_BREAK}\3", named)
    bound = _SHORT_WORD.sub(rf"\1{NO_BREAK}", dated)
    return re.sub(rf"[^\s{BREAK}]{{{LONGEST_RUN + 1},}}", _broken, bound)


def _is_seen(sign: str) -> bool:
    return sign in _KEPT or unicodedata.category(sign) not in _UNSEEN


def _broken(found: re.Match[str]) -> str:
    """A run without spaces, with places where it may break; words of people and their addresses are never that long."""
    run = found.group()
    return BREAK.join(run[start : start + STEP] for start in range(0, len(run), STEP))
