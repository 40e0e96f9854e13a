"""Contexts that the suites use and no credential of ours: read from the folder of outside test data, never part of the program."""

import os
from pathlib import Path
from typing import Final

from schemas.loader import BUNDLED, Contexts
from service.conformance.errors import ContextsMissing

FILES: Final = {
    "https://www.w3.org/ns/credentials/examples/v2": "credentials-examples-v2.jsonld",
    "https://www.w3.org/ns/credentials/status/v1": "status-v1.jsonld",
    "https://www.w3.org/ns/did/v1": "did-v1.jsonld",
}


def outside_folder() -> Path:
    """Where the outside test data lies: `ZACHETKA_VECTORS`."""
    return Path(os.environ.get("ZACHETKA_VECTORS", "vectors"))


def suite_contexts(folder: Path) -> Contexts:
    """The bundled contexts and those of the suites in `folder`. Raises `ContextsMissing`."""
    files = {url: folder / "contexts" / name for url, name in FILES.items()}
    for file in files.values():
        if not file.is_file():
            raise ContextsMissing(file=file.name)
    wanted = {url: file for url, file in files.items() if url not in BUNDLED}
    return BUNDLED.with_files(wanted).for_suites()
