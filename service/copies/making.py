"""`zachetka backup`: one sealed file with everything that must be kept, made while the service runs.

The database comes first: rows are never newer than the keys and documents beside them, so no row lacks its key.
"""

import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from keys import durable
from keys.publish import CHECKPOINT
from keys.sealed_stream import SALT_BYTES
from keys.store import SECRET_FILE
from service import migrate
from service.copies.database import Database, database_of
from service.copies.errors import CopyExists, CopyNotWritten, NothingToCopy
from service.copies.packing import About, Moved, Packing
from service.copies.places import DATABASE, KEYS, PUBLIC, files_in, folders_of
from service.database import engine_for
from service.parts import SecretMissing, open_store
from service.settings import Settings
from service.version import program_version

_WORKING: Final = ".copying-"
_LONGEST: Final = timedelta(days=1)  # that a run may take


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that was made: where, how large in bytes, of which moment."""

    file: Path
    size: int
    moment: datetime


def make_copy(settings: Settings, file: Path, now: datetime, moved: Moved, *, force: bool = False) -> Made:
    """Copy the installation into `file`; in a folder, under a name by the moment. `force` replaces a file that is there.

    Raises `SecretMissing`, `SecretWrong`, `NothingToCopy`, `CopyExists`, `CopyNotWritten`, and what `Database.dump` raises.
    """
    secret, database = secret_of(settings), database_of(settings.database)
    target = file / f"zachetka-{now:%Y-%m-%dT%H%M%SZ}.copy" if file.is_dir() else file
    _require_new(target, force=force)
    about = About(version=program_version(), revision=_revision(settings, database), database=database.kind, moment=now)
    open_store(settings).derive("copies")  # a copy under another secret than the keys have could never be used
    try:
        _sweep(settings.data, now)
        with TemporaryDirectory(dir=settings.data, prefix=_WORKING) as folder:
            dump, stated = Path(folder) / DATABASE, Path(folder) / "checkpoint"
            _keep_checkpoint(settings, stated)
            database.dump(dump)
            with durable.drafting(target) as out:
                with Packing(out, secret, secrets.token_bytes(SALT_BYTES), about, moved) as packing:
                    packing.add(DATABASE, DATABASE, dump)
                    _add_folders(packing, settings, stated)
                _require_new(target, force=force)
        return Made(target, target.stat().st_size, now)
    except OSError as error:
        raise CopyNotWritten(file=target, reason=error.strerror or type(error).__name__) from error


def _sweep(data: Path, now: datetime) -> None:
    """A run that was killed has left its half of a copy behind, with personal data in it."""
    for left in data.glob(f"{_WORKING}*"):
        with suppress(FileNotFoundError):  # a run beside this one has just ended
            if left.stat().st_mtime < (now - _LONGEST).timestamp():
                shutil.rmtree(left, ignore_errors=True)


def secret_of(settings: Settings) -> bytes:
    """What copies are sealed under. Raises `SecretMissing`, in a demonstration too: the secret beside its keys is in no copy."""
    if settings.secret is None:
        raise SecretMissing
    return settings.secret.get_secret_value().encode()


def _revision(settings: Settings, database: Database) -> str:
    """The shape of the database; raises `NothingToCopy` where there is none, or where no keys have been made."""
    if database.is_there() and any(files_in(settings.key_folder)):
        with engine_for(settings.database) as engine:
            found = migrate.revision_of(engine)
        if found is not None:
            return found
    raise NothingToCopy(folder=settings.data)


def _require_new(target: Path, *, force: bool) -> None:
    if target.exists() and not force:
        raise CopyExists(file=target)


def _keep_checkpoint(settings: Settings, file: Path) -> None:
    """The journal's latest statement is taken before the database: one that is newer would say that rows were cut off."""
    with suppress(FileNotFoundError):
        shutil.copyfile(folders_of(settings)[PUBLIC] / CHECKPOINT, file)


def _add_folders(packing: Packing, settings: Settings, stated: Path) -> None:
    for part, folder in folders_of(settings).items():
        for name in files_in(folder):
            if (part, name) != (KEYS, SECRET_FILE):
                packing.add(part, name, stated if (part, name) == (PUBLIC, CHECKPOINT) else folder / name)
