"""Where the parts of an installation lie, by the names that they have in a copy."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from service.settings import Settings

DATABASE, KEYS, PUBLIC, LEDGER, ERASED = "database", "keys", "public", "public-ledger", "erased"
FOLDERS = (KEYS, PUBLIC, LEDGER, ERASED)


def folders_of(settings: Settings) -> Mapping[str, Path]:
    """The folders that are kept beside the database, in the order in which they are copied."""
    return {KEYS: settings.key_folder} | {name: settings.data / name for name in FOLDERS if name != KEYS}


def files_in(folder: Path) -> Iterator[str]:
    """The names of all files below a folder, relative to it; drafts of files that are being written have none."""
    for here, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if not name.startswith("."):
                yield (Path(here) / name).relative_to(folder).as_posix()
