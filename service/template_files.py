"""The templates of all packages, pages and sheets of paper, read once in a process.

An upgrade replaces the files under an installation that still answers; what it has not drawn yet would no longer fit its code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE_FOLDERS = tuple(
    ROOT / folder
    for folder in (
        "service/look/templates",
        "service/templates",
        "service/identity/templates",
        "service/notices/templates",
        "service/retention/templates",
        "issuer/templates",
        "verifier/templates",
        "verifier/credit/templates",
        "wallet_web/templates",
        "wallet_web/portfolio/templates",
    )
)


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template as it was when it was read."""

    path: Path
    content: bytes


@cache
def read_templates(folders: tuple[Path, ...] = TEMPLATE_FOLDERS) -> Mapping[str, TemplateFile]:
    """Every template by its name, which is its path in its folder."""
    files = [(folder, path) for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): TemplateFile(path, path.read_bytes()) for folder, path in files}


class Templates(BaseLoader):
    """Gives the pages among them to Jinja."""

    def __init__(self, files: Mapping[str, TemplateFile]) -> None:
        self._files = files

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002 - Jinja's own form
        """The text, and the file that a fault in it is told of. Raises `TemplateNotFound`."""
        found = self._files.get(template)
        if found is None:
            raise TemplateNotFound(template)
        return found.content.decode(), str(found.path), None

    def list_templates(self) -> list[str]:
        """The names of all."""
        return sorted(self._files)
