"""The demonstration as `make demo` leaves it, played once in a process and copied by whoever needs it."""

import atexit
import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from service.demo.run import main as demonstrate

DATA, REAL = "zachetka-data", "real.sqlite"


@cache
def played() -> Path:
    """A visitor's folder with the data folder `DATA`; their shell names the database `REAL`, which is not the demonstration's."""
    kept = TemporaryDirectory(prefix="zachetka-visitor-")
    atexit.register(kept.cleanup)
    folder = Path(kept.name)
    with pytest.MonkeyPatch.context() as surroundings:
        for name in [name for name in os.environ if name.startswith("ZACHETKA_")]:
            surroundings.delenv(name)
        surroundings.setenv("ZACHETKA_DATABASE_URL", f"sqlite:///{folder / REAL}")
        surroundings.chdir(folder)
        assert demonstrate(data=Path(DATA), host=None, port=None, breaks=(), serve=False) == 0
    return folder
