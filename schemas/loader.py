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
    """One row of a manifest: which published document a file is. `rank` is a context's place in `@context`, low first."""

    name: str
    file: Path
    sha256: str
    rank: int = 0

    def read(self) -> dict[str, Any]:
        """The document; `DigestMismatch` unless the bytes are the published ones."""
        data = self.file.read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise DigestMismatch(file=self.file.name)
        document: dict[str, Any] = json.loads(data)
        return document


class Contexts:
    """A closed set of JSON-LD contexts: what is not in it is refused."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
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
        return type(self)({**self._sources, **extra})


def _manifest(folder: Path) -> dict[str, Source]:
    rows = json.loads((folder / "manifest.json").read_text("utf-8"))
    return {row["name"]: Source(row["name"], folder / row["file"], row["sha256"], row.get("rank", 0)) for row in rows}


BUNDLED: Final = Contexts(_manifest(_CONTEXTS))


def context(url: str) -> dict[str, Any]:
    """The bundled context document published at `url`, or `ContextUnknown`."""
    return BUNDLED.document(url)


@cache
def schema(name: str) -> dict[str, Any]:
    """The bundled JSON Schema of that name ("achievementcredential", "profile"), or `NoSuchSchema`."""
    sources = _manifest(_SCHEMAS)
    if name not in sources:
        raise NoSuchSchema
    return sources[name].read()


def check_digests() -> None:
    """Read every bundled file once; `DigestMismatch` names the first that is not the published one."""
    for source in (*_manifest(_CONTEXTS).values(), *_manifest(_SCHEMAS).values()):
        source.read()
