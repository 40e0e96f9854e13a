"""The published contexts and schemas that come with the package, checked by digest. Nothing is ever fetched."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from schemas.errors import N_, NotFound, ZachetkaError
from schemas.refusals import ContextUnknown

_CONTEXTS: Final = Path(__file__).parent / "contexts"
_SCHEMAS: Final = Path(__file__).parent / "json"
OUTSIDE_RANK: Final = 90


class DigestMismatch(ZachetkaError):
    """A bundled file is not the published one, byte for byte. Params: `file`."""

    code = "digest-mismatch"
    sentence = N_("Файл «{file}» изменён или повреждён. Переустановите программу.")


class NoSuchSchema(NotFound):
    """No schema of that name is bundled."""

    code = "no-such-schema"
    sentence = N_("Описание такого формата в программу не входит.")


@dataclass(frozen=True, slots=True)
class Source:
    """One row of a manifest: which published document a file is. `rank` is a context's place in `@context`, low first.

    `extends` names the schema whose definitions this one uses.
    """

    name: str
    file: Path
    sha256: str
    rank: int = 0
    extends: str = ""

    def content(self) -> bytes:
        """The bytes as they were published; `DigestMismatch` for any others."""
        data = self.file.read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise DigestMismatch(file=self.file.name)
        return data

    def read(self) -> dict[str, Any]:
        """The document; `DigestMismatch` unless the bytes are the published ones."""
        document: dict[str, Any] = json.loads(self.content())
        return document


class Contexts:
    """A closed set of JSON-LD contexts: what is not in it is refused.

    `free` is for the suites of the standards bodies: after the first, contexts may stand in any order, and inline.
    """

    def __init__(self, sources: Mapping[str, Source], *, free: bool = False) -> None:
        self.free = free
        self._sources = dict(sources)
        self._documents: dict[str, dict[str, Any]] = {}

    def __contains__(self, url: object) -> bool:
        return url in self._sources

    def document(self, url: str) -> dict[str, Any]:
        """The context document published at `url`, or `ContextUnknown`. Shared: never change it."""
        if url not in self._documents:
            if url not in self._sources:
                raise ContextUnknown(url=url[:200])
            self._documents[url] = self._sources[url].read()
        return self._documents[url]

    def published(self, url: str) -> bytes:
        """The bytes of the context published at `url`, or `ContextUnknown`."""
        if url not in self._sources:
            raise ContextUnknown(url=url[:200])
        return self._sources[url].content()

    def rank(self, url: str) -> int:
        """The place of `url` in `@context`: ranks must rise."""
        if url not in self._sources:
            raise ContextUnknown(url=url[:200])
        return self._sources[url].rank

    def with_files(self, files: Mapping[str, Path]) -> Self:
        """A larger set for suites and tests: `files` by their URL, taken as they are, standing last in `@context` in this order."""
        extra = {
            url: Source(url, file, hashlib.sha256(file.read_bytes()).hexdigest(), OUTSIDE_RANK + place)
            for place, (url, file) in enumerate(files.items())
        }
        return type(self)({**self._sources, **extra}, free=self.free)

    def for_suites(self) -> Self:
        """The same documents in any order and with contexts inline: never for what strangers send."""
        return type(self)(self._sources, free=True)


def _rows(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return rows


def _manifest(folder: Path, edition: str = "") -> dict[str, Source]:
    """What is published under each name today, or was in an earlier edition."""
    return {row["name"]: _source(folder, row) for row in _rows(folder) if row.get("edition", "") == edition}


def _source(folder: Path, row: Mapping[str, Any]) -> Source:
    return Source(row["name"], folder / row["file"], row["sha256"], row.get("rank", 0), row.get("extends", ""))


BUNDLED: Final = Contexts(_manifest(_CONTEXTS))
EARLIER: Final = Contexts(_manifest(_CONTEXTS) | _manifest(_CONTEXTS, "earlier"))
"""The same set as readers have it who keep an earlier edition of a context that was changed in place."""


def context(url: str) -> dict[str, Any]:
    """The bundled context document published at `url`, or `ContextUnknown`."""
    return BUNDLED.document(url)


@cache
def newer_terms(url: str) -> frozenset[str]:
    """What the context at `url` defines today and did not in its earlier edition: no word for whoever keeps that one."""
    return frozenset(context(url)["@context"].keys() - EARLIER.document(url)["@context"].keys())


@cache
def schema(name: str) -> dict[str, Any]:
    """The bundled JSON Schema of that name ("achievementcredential", "profile" …), or `NoSuchSchema`."""
    sources = _manifest(_SCHEMAS)
    if name not in sources:
        raise NoSuchSchema
    document = sources[name].read()
    if not sources[name].extends:
        return document
    shared = schema(sources[name].extends)["$defs"]
    return {**document, "$defs": {**shared, **document.get("$defs", {})}}


def check_digests() -> None:
    """Read every bundled file once; `DigestMismatch` names the first that is not the published one."""
    for folder in (_CONTEXTS, _SCHEMAS):
        for row in _rows(folder):
            _source(folder, row).read()
