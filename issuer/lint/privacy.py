"""Rules that keep personal data out of what can become public (152-ФЗ art. 5; DOMAIN §4)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from issuer.lint.faults import (
    BirthDate,
    Email,
    LintFault,
    OpenEvidence,
    OpenIdentity,
    PersonalField,
    PersonalName,
    Phone,
    Snils,
)
from issuer.lint.matter import Matter, Text

_PERSON_FIELDS = frozenset(
    {
        "familyName",
        "givenName",
        "additionalName",
        "patronymicName",
        "honorificPrefix",
        "honorificSuffix",
        "familyNamePrefix",
        "dateOfBirth",
        "email",
        "phone",
        "address",
    }
)
_HASH = re.compile(r"sha256\$[0-9a-f]{64}")
_SALT_LENGTH = 22  # characters that hold 128 bits in base64
_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"(?:[ыио]й|ая|яя|[аеиоуыэюяйь])$")
_LONGEST_ENDING = 3
_SHORTEST_STEM = 3
_SNILS = re.compile(r"(?<![\w-])(\d{3})([- ]?)(\d{3})([- ]?)(\d{3})([- ]?)(\d{2})(?![\w-])")
_SNILS_CHECKED = 1001998  # smaller numbers carry no check digits
_PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+7|8|7)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}|\+\d[\d\s()-]{7,}\d|\d{3}-\d{2}-\d{2})(?![\w-])"
)
_EMAIL = re.compile(r"[^\s@]@[^\s@]+\.[^\s@.]{2,}")
_BIRTH_WORDS = re.compile(
    r"дат[аеуы]\w*\s+рождени|год\w*\s+рождени|родил(?:ся|ась|ось)|рожд[её]н|(?<!\w)г\.\s?р\.", re.IGNORECASE
)
_MONTHS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
_DAY = re.compile(
    r"(?P<act>(?<!\w)от\s+)?(?<![\d.])(?:(?P<y1>\d{4})-(?P<m1>\d{2})-(?P<d1>\d{2})"
    r"|(?P<d2>\d{1,2})[./-](?P<m2>\d{1,2})[./-](?P<y2>\d{4})"
    rf"|(?P<d3>\d{{1,2}})\s+(?P<m3>{'|'.join(_MONTHS)})[а-яё]*\s+(?P<y3>\d{{4}}))(?!\d)",
    re.IGNORECASE,
)
_PLAIN_ADDRESS = re.compile(
    r"https://(?P<host>[A-Za-z0-9.-]+\.[A-Za-z]{2,})(?::\d{1,5})?(?:/[\w.~!$&'()*+,;=:@%/-]*)?", re.ASCII
)
OPEN_HOSTS = frozenset(
    {
        "cloud.mail.ru",
        "disk.yandex.ru",
        "docs.google.com",
        "drive.google.com",
        "dropbox.com",
        "dzen.ru",
        "instagram.com",
        "ok.ru",
        "rutube.ru",
        "t.me",
        "tiktok.com",
        "vk.com",
        "vk.ru",
        "yadi.sk",
        "youtu.be",
        "youtube.com",
    }
)
"""Where a link is all that one needs to look."""
YOUNGEST = 5  # years; nobody younger gets a badge, so a younger date is not a learner's birthday


def identity(matter: Matter) -> Iterator[LintFault]:
    """OB 3.0 §9.3 and DOMAIN §4: one IdentityObject, the network number hashed under a salt of 128 bits; nothing guessable."""
    found = matter.subject.get("identifier")
    entries = found if isinstance(found, list) else []
    if len(entries) != 1 or not isinstance(entries[0], Mapping) or not _is_hidden(entries[0]):
        yield OpenIdentity(pointer="/credentialSubject/identifier")


def person_fields(matter: Matter) -> Iterator[LintFault]:
    """DOMAIN §4: no field that exists for a person's particulars, and no picture of a person."""
    for pointer, key, _ in matter.members:
        if key in _PERSON_FIELDS or pointer == "/credentialSubject/image":
            yield PersonalField(pointer=pointer)


def learner_name(matter: Matter) -> Iterator[LintFault]:
    """DOMAIN §4: no part of the learner's name, in any case ending, in what was written for them."""
    stems = stems_of(matter.names)
    for text in matter.texts_of_the_award():
        if stems and any(_is_form_of(word, stems) for word in _words(text.plain)):
            yield PersonalName(pointer=text.pointer)


def roll_names(matter: Matter) -> Iterator[LintFault]:
    """DOMAIN §4: nor the family name of anybody else on the list; only capitalised words, many names are words as well."""
    for text in matter.texts_of_the_award() if matter.roll else ():
        named = (word.casefold().replace("ё", "е") for word in _WORD.findall(text.plain) if word[0].isupper())
        if any(_is_form_of(word, matter.roll) for word in named):
            yield PersonalName(pointer=text.pointer)


def evidence_address(matter: Matter) -> Iterator[LintFault]:
    """THREATS W9 and 152-ФЗ: evidence lies at a plain https address, and not where anybody who has the link can read it."""
    found = matter.document.get("evidence")
    for place, one in enumerate(found if isinstance(found, list) else []):
        address = one.get("id") if isinstance(one, Mapping) else None
        if address is not None and not _is_guarded(str(address)):
            yield OpenEvidence(pointer=f"/evidence/{place}/id")


def stems_of(names: Iterable[str]) -> frozenset[str]:
    """What is left of the words of names without their case endings."""
    return frozenset(_stem(part) for name in names for part in _words(name))


def stems_within(text: str) -> frozenset[str]:
    """Every stem of which a word of a text is a form: `learner_name` finds somebody in it if theirs is among them."""
    return frozenset(stem for word in _words(text) for stem in _readings(word))


def birth_date(matter: Matter) -> Iterator[LintFault]:
    """DOMAIN §4: no date of birth, in words or as a date a learner may be born on; dates of acts («от 30.07.2020») are none."""
    awarded = str(matter.document.get("validFrom", ""))[:4]
    latest = int(awarded) - YOUNGEST if awarded.isdecimal() else None
    for text in matter.texts_for_people():
        if _BIRTH_WORDS.search(text.plain) or (latest is not None and _has_day_before(text, latest)):
            yield BirthDate(pointer=text.pointer)


def snils(matter: Matter) -> Iterator[LintFault]:
    """DOMAIN §4: no СНИЛС, written with its dashes or with right check digits."""
    for text in matter.texts_for_people():
        if any(map(_is_snils, _SNILS.finditer(text.plain))):
            yield Snils(pointer=text.pointer)


def phone(matter: Matter) -> Iterator[LintFault]:
    """DOMAIN §4: no telephone number."""
    for text in matter.texts_for_people():
        if _PHONE.search(text.plain):
            yield Phone(pointer=text.pointer)


def email(matter: Matter) -> Iterator[LintFault]:
    """DOMAIN §4: no e-mail address, not even inside an identifier."""
    for text in matter.texts():
        if "@" in text.plain and _EMAIL.search(text.plain):
            yield Email(pointer=text.pointer)


def _is_hidden(entry: Mapping[str, object]) -> bool:
    return (
        entry.get("hashed") is True
        and entry.get("identityType") == "ext:networkNumber"
        and _HASH.fullmatch(str(entry.get("identityHash"))) is not None
        and len(str(entry.get("salt", ""))) >= _SALT_LENGTH
    )


def _words(text: str) -> list[str]:
    return [word.casefold().replace("ё", "е") for word in _WORD.findall(text)]


def _stem(word: str) -> str:
    bare = _ENDING.sub("", word)
    return bare if len(bare) >= _SHORTEST_STEM else word


def _is_form_of(word: str, stems: frozenset[str]) -> bool:
    return not stems.isdisjoint(_readings(word))


def _readings(word: str) -> list[str]:
    """The stems that a word may be a form of."""
    return [word[: len(word) - ending] for ending in range(min(_LONGEST_ENDING, len(word) - 1) + 1)]


def _is_guarded(address: str) -> bool:
    """Whether it may ask for a sign-in: a plain https address that brings no key along and is no open share."""
    parts = _PLAIN_ADDRESS.fullmatch(address)
    if parts is None:
        return False
    host = parts["host"].lower()
    return not any(host == open_host or host.endswith(f".{open_host}") for open_host in OPEN_HOSTS)


def _has_day_before(text: Text, latest: int) -> bool:
    for found in _DAY.finditer(text.plain):
        day = None if found["act"] else _day(found)
        if day is not None and latest - 100 <= day.year <= latest:
            return True
    return False


def _day(found: re.Match[str]) -> date | None:
    year, month, day = (found[f"{part}1"] or found[f"{part}2"] or found[f"{part}3"] for part in "ymd")
    try:
        return date(int(year), int(month) if month.isdecimal() else _month(month), int(day))
    except ValueError:
        return None


def _month(word: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, start=1) if word.casefold() == name)


def _is_snils(found: re.Match[str]) -> bool:
    digits = found[1] + found[3] + found[5]
    if "-" in found[2] and "-" in found[4]:
        return True
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=True))
    return int(digits) > _SNILS_CHECKED and weighted % 101 % 100 == int(found[7])
