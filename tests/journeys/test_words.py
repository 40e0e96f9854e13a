"""What people read: no word of the code, no broken sentence, no other language than the one they chose."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from service.catalogues import LOCALE_FOLDERS
from service.tongues import mark_russian
from tests.journeys.doors import Door
from tests.journeys.peopled import peopled_town
from tests.journeys.reading import LANGUAGES, Page, all_pages, data_of
from tests.journeys.visible import Piece, unmarked_russian
from verifier.credit.events import Event
from verifier.credit.facts import State
from verifier.verdict import Verdict

pytestmark = pytest.mark.journey

GLOSSARY = frozenset(
    re.findall(
        r"\w+",
        """
    Learner Guardian Issuer HomeSchool ResourceSchool Participant Operator Tutor NetworkTeacher NetworkManager Achievement Award
    MicroCredential Credential Portfolio Wallet Outcome OutcomeKind UudGroup Alignment Criteria Result ResultScale RubricLevel Mark
    Evidence CreditCase PassFailTest CreditUnit Hours OutcomeMatch Assessment Commission Protocol Order Refusal Exemption StudyPlan
    Route PlanComponent NetworkForm NetworkContract EducationDocument TrainingDocument InterimAttestation StateFinal Attestation
    Endorsement SelfDeclared Status TrustList Licence Supplementary Extracurricular Trial Practice CommunityService
    IndividualProject AccessMode Presentation Actor verify validate validFrom validUntil
    """,
    )
)
"""The code column of DOMAIN §5; on an English page only those that are no English words."""
NO_ENGLISH = frozenset({word for word in GLOSSARY if re.search("[a-z][A-Z]", word)} | {"Actor"})
CODES = {*State, *Event, *Verdict}
NO_ENGLISH_CODES = {code for code in CODES if re.search("[_-]", code)}
REPR = re.compile(r"<\w[\w.]* object|\bNone\b|\bTrue\b|\bFalse\b|[\[{(]['\"]\w|datetime\.|Markup\(|Undefined|Traceback")
PLACEHOLDER = re.compile(r"%\(|%[sd]\b|\{\w*\}|\bformat\(")
LATIN = re.compile(r"[A-Za-z][A-Za-z'-]*")
CYRILLIC = re.compile("[А-Яа-яЁё]+")
NO_WORDS = re.compile(
    r"https?://\S+|\bdid:\S+|\burn:\S+|\bsha256:\S+|\b[0-9a-f]{8,}\b"  # addresses and ids
    r"|\b[0-9A-Z]{4}(?:-[0-9A-Z]{3,4}){6}\b|\b[lm]\d+(?:-guardian)?\b"  # network numbers, names for signing in, codes of modules
    r"|\bCC0 1\.0\b|\bCC BY(?:-[A-Z]{2})? 4\.0\b|\bCLR 2\.0\b|\bSHA-256\b|\bUTC\b"  # names of licences and standards
    r"|\b(?:eddsa|ecdsa)-(?:rdfc|jcs|sd)-\d{4}\b|\bEd25519Signature2020\b|\b[\w.-]+\.example(?:\.ru)?\b"  # suites, hosts
    r"|(?:(?<!\w)|\b[a-z]+)\.(?:json|png|svg|zip)\b|(?<!\w)/[\w/~.-]+"  # endings of files, places in them
)
KNOWN_LATIN = frozenset(
    {
        "Open",
        "Badges",
        "CASE",
        "JSON",
        "JWT",
        "PNG",
        "JPEG",
        "WebP",
        "SVG",
        "QR",
        "QR-",
        "PDF",
        "XLSX",
        "CSV",
        "csv",
        "jwt",
        "sig",
        "https",
        "p",
        "s",
    }
)
# What is wrong with a row of a list is told under the heading that its column has in the file.
AS_WRITTEN = frozenset({("russian_on_english_pages", "GET /issuer/{organisation}/batches/{batch_id}")})
FOR_PROGRAMS = frozenset({"GET /docs"})
LIST_OF_CODES = frozenset({"GET /journal"})
OTHER_LANGUAGE = frozenset({"Русский", "English"})


@dataclass(frozen=True, slots=True)
class Read:
    """All pages, and the data that may stand on them in any language."""

    pages: list[Page]
    data: list[str]
    doors: list[Door]
    _own: dict[str, str] = field(default_factory=dict)

    def without_data(self, text: str) -> str:
        """The words that are the house's own; most pieces stand on many pages."""
        if text not in self._own:
            left = NO_WORDS.sub(" ", text)
            for known in self.data:
                left = left.replace(known, " ")
            self._own[text] = left
        return self._own[text]


def read_all(folder: Path) -> Read:
    """Everything there is to read."""
    with peopled_town(folder) as town:
        pages = list(all_pages(town.stage, town.things, town.doors))
        return Read(pages, data_of(town.stage), town.doors)


Rule = Callable[[Read, Page, Piece], Iterator[str]]


def own_words(read: Read, page: Page, piece: Piece) -> str:
    """The house's words in a piece; nothing where a piece is in another language on purpose, or is for programs."""
    foreign = piece.language not in {"", page.language} or piece.tag == "code"
    return "" if foreign or piece.text in OTHER_LANGUAGE else read.without_data(piece.text)


def words_of_the_code(read: Read, page: Page, piece: Piece) -> Iterator[str]:
    forbidden = set(GLOSSARY) if page.language == "ru" else NO_ENGLISH
    if page.what not in FOR_PROGRAMS:
        yield from (word for word in re.findall(r"\w+", own_words(read, page, piece)) if word in forbidden)


def codes_of_states_and_acts(read: Read, page: Page, piece: Piece) -> Iterator[str]:
    forbidden = CODES if page.language == "ru" else NO_ENGLISH_CODES
    if page.what not in FOR_PROGRAMS | LIST_OF_CODES:
        yield from (word for word in re.findall(r"[\w-]+", own_words(read, page, piece)) if word in forbidden)


def traces_of_python(_: Read, page: Page, piece: Piece) -> Iterator[str]:
    if page.what not in FOR_PROGRAMS:
        yield from REPR.findall(piece.text)


def places_left_open(_: Read, page: Page, piece: Piece) -> Iterator[str]:
    if page.what not in FOR_PROGRAMS and piece.tag not in {"code", "textarea"}:  # where a school writes its own places
        yield from PLACEHOLDER.findall(piece.text)


def english_on_russian_pages(read: Read, page: Page, piece: Piece) -> Iterator[str]:
    if page.language == "ru" and page.what not in FOR_PROGRAMS | LIST_OF_CODES:
        words = LATIN.findall(own_words(read, page, piece))
        yield from (word for word in words if word not in KNOWN_LATIN)


def russian_on_english_pages(read: Read, page: Page, piece: Piece) -> Iterator[str]:
    drawn = piece.tag in {"text", "textpath"}  # the letters of an organisation's emblem and stamp
    if page.language == "en" and not drawn:
        yield from CYRILLIC.findall(own_words(read, page, piece))


def untranslated_messages(read: Read, page: Page, piece: Piece) -> Iterator[str]:
    if page.language == "en" and piece.text in TRANSLATED and own_words(read, page, piece).strip():
        yield piece.text


def translated() -> frozenset[str]:
    """Every message that has an English translation of its own."""
    found: set[str] = set()
    for folder in LOCALE_FOLDERS:
        with (folder / "en.po").open("rb") as file:
            for message in read_po(file, locale="en"):
                if isinstance(message.id, str) and message.id and message.string not in {"", message.id}:
                    found.add(re.sub(r"\s+", " ", message.id).strip())
    return frozenset(found)


TRANSLATED = translated()


def a_grown_up_who_acts_for_nobody(_: Read, page: Page, piece: Piece) -> Iterator[str]:
    if "действует за" in piece.text and "guardian" not in page.who:
        yield "действует за"


RULES: tuple[Rule, ...] = (
    words_of_the_code,
    codes_of_states_and_acts,
    traces_of_python,
    places_left_open,
    english_on_russian_pages,
    russian_on_english_pages,
    untranslated_messages,
    a_grown_up_who_acts_for_nobody,
)


def test_pages_say_what_they_mean_in_the_readers_language(tmp_path: Path) -> None:
    read = read_all(tmp_path)
    require_every_page(read)
    misses: dict[tuple[str, str, str], str] = {}
    for page in read.pages:
        for piece in page.pieces:
            for rule in RULES:
                words = " ".join(rule(read, page, piece))
                if words and (rule.__name__, page.what) not in AS_WRITTEN:
                    misses.setdefault((rule.__name__, words, piece.text), f"{page.what}, {page.who}")
        for text in unmarked_russian(page.text) if page.language == "en" else ():
            misses.setdefault(("unmarked_russian", text, text), f"{page.what}, {page.who}")
    told = [f"{rule}: «{words}» in «{text[:120]}» ({where})" for (rule, words, text), where in sorted(misses.items())]
    assert not told, "\n".join(["", *told])


def require_every_page(read: Read) -> None:
    """Every page was read in both languages, and there was something to read."""
    wanted = {door.row for door in read.doors if door.page}
    for language in LANGUAGES:
        known = {page.what.partition("} ")[0] for page in read.pages if page.language == language}
        assert {row for row in wanted if row not in known and row.removesuffix("}") not in known} == set(), language
    assert all(page.pieces for page in read.pages)


@pytest.mark.parametrize("text", ["Школа", "<b>Школа</b> No. 1", '<i lang="ru">Да</i> нет', "<title>Я</title>"])
def test_unmarked_russian_is_found(text: str) -> None:
    assert unmarked_russian(f'<html lang="en"><p>One<br>{text}</p></html>')
    assert not unmarked_russian(mark_russian(f'<html lang="en"><p>One<br>{text}</p></html>'))


@pytest.mark.parametrize(
    ("rule", "language", "text"),
    [
        (words_of_the_code, "ru", "Дело: CreditCase"),
        (words_of_the_code, "en", "The StudyPlan is open"),
        (codes_of_states_and_acts, "ru", "Состояние: closed"),
        (codes_of_states_and_acts, "en", "It is in_commission"),
        (traces_of_python, "ru", "Отметка: None"),
        (traces_of_python, "en", "<keys.deps.Learner object at 0x7f>"),
        (traces_of_python, "ru", "['m08', 'm09']"),
        (places_left_open, "ru", "Осталось %(num)s дней"),
        (places_left_open, "en", "Not more than {limit}"),
        (english_on_russian_pages, "ru", "Your badge is ready"),
        (russian_on_english_pages, "en", "Значок готов"),
        (untranslated_messages, "en", "Войти"),
        (a_grown_up_who_acts_for_nobody, "ru", "Вы вошли как Мхова Е. А. действует за: Ветрова А. И."),
    ],
)
def test_the_rules_find_what_they_are_for(rule: Rule, language: str, text: str) -> None:
    page = Page(language, "somebody", "GET /", "")
    assert list(rule(Read([], [], []), page, Piece(text, "p", language)))
