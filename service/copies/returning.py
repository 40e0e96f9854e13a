"""`zachetka restore`: an installation again from its copy, once the whole of that has proved genuine.

read it all ─▶ is the place empty? ─▶ unpack beside ─▶ database ─▶ folders ─▶ migrate ─▶ erase what was erased since
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from service import migrate
from service.copies.database import Database, database_of, require_empty
from service.copies.errors import CopyNotRead, CopyNotWritten, NotEmpty, OtherDatabase
from service.copies.making import secret_of
from service.copies.newer import keep_newer, require_same_keys
from service.copies.packing import About, Moved, Packed, Unpacking
from service.copies.places import DATABASE, ERASED, KEYS, folders_of
from service.database import engine_for
from service.serving import require_folder
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Checked:
    """A copy that is whole: of what it was made, how many files and bytes are in it."""

    about: About
    files: int
    size: int


def check_copy(settings: Settings, file: Path, moved: Moved) -> Checked:
    """Open everything in a copy and hold it to its manifest; nothing is written.

    Raises `SecretMissing`, `CopyNotRead`, `CopyForeign`, `CopyNewer`, `CopySecretWrong`, `CopyDamaged`, `DatabaseAhead`.
    """
    secret = secret_of(settings)
    try:
        with _opened(file) as body:
            unpacking = Unpacking(body, secret, moved)
            for packed in unpacking.files():
                packed.body.drain()
    except OSError as error:
        raise _unread(file, error) from error
    migrate.require_known(unpacking.about.revision)
    sums = unpacking.sums.values()
    return Checked(unpacking.about, sum(one.files for one in sums), sum(one.size for one in sums))


def return_copy(settings: Settings, file: Path, moved: Moved, *, keep_published: bool = False) -> Checked:
    """Bring an installation back and its database to this version's shape.

    With `keep_published` keys, public documents and their ledger may be there already, and of each the newer edition stays. The
    list of erased wallets always stays. Raises what `check_copy` raises, `OtherDatabase`, `NotEmpty`, `KeysOfAnother`,
    `FolderReadOnly`, `CopyNotWritten`, and what `Database.load` raises.
    """
    checked = check_copy(settings, file, moved)
    database, folders = database_of(settings.database), folders_of(settings)
    if checked.about.database != database.kind:
        raise OtherDatabase(kind=checked.about.database)
    _require_room(database, {} if keep_published else folders)
    require_folder(settings)
    try:
        with _drafts(settings, database, folders) as drafts:
            _unpack(settings, file, drafts, moved)
            _put(drafts, database, folders)
    except OSError as error:
        raise CopyNotWritten(file=settings.data, reason=error.strerror or type(error).__name__) from error
    with engine_for(settings.database) as engine:
        migrate.upgrade(engine)
    return checked


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise _unread(file, error) from error


def _unread(file: Path, error: OSError) -> CopyNotRead:
    return CopyNotRead(file=file, reason=error.strerror or type(error).__name__)


def _require_room(database: Database, folders: Mapping[str, Path]) -> None:
    require_empty(database)
    for part, folder in folders.items():
        if part != ERASED and folder.is_dir() and any(folder.iterdir()):
            raise NotEmpty(place=folder)


@contextmanager
def _drafts(settings: Settings, database: Database, folders: Mapping[str, Path]) -> Iterator[Mapping[str, Path]]:
    """Where the parts are unpacked: each beside its place, on the same disk. What an earlier try has left is put away."""
    places = {**folders, DATABASE: database.place or settings.data / DATABASE}
    drafts = {part: place.with_name(f".{place.name}.returning") for part, place in places.items()}
    _clear(drafts)
    try:
        yield drafts
    finally:
        _clear(drafts)


def _clear(drafts: Mapping[str, Path]) -> None:
    for draft in drafts.values():
        shutil.rmtree(draft, ignore_errors=True)


def _unpack(settings: Settings, file: Path, drafts: Mapping[str, Path], moved: Moved) -> None:
    with _opened(file) as body:
        for packed in Unpacking(body, secret_of(settings), moved).files():
            _write(packed, drafts[packed.part] / packed.name)


def _write(packed: Packed, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = 0o600 if packed.part == DATABASE else packed.mode
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
        while piece := packed.body.read():
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


def _put(drafts: Mapping[str, Path], database: Database, folders: Mapping[str, Path]) -> None:
    """The database first: it alone may still refuse, and the folders can be brought again."""
    require_same_keys(drafts[KEYS], folders[KEYS])
    database.load(drafts[DATABASE] / DATABASE)
    for part, place in folders.items():
        if drafts[part].is_dir():
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            keep_newer(part, drafts[part], place)
