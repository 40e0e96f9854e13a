"""Reading what was printed: an independent reader for text, letters and marks, and pictures for the eye."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.conftest import missing

PLAIN: dict[str, Any] = {
    "title": "Приказ",
    "draft": "",
    "letterhead": {"above": [], "name": "Школа", "short": "", "lines": []},
    "addressee": [],
    "kind": "Приказ",
    "date": "27 ноября 2026 г.",
    "number": "17-у",
    "place": "п. Североозёрск",
    "subject": "О зачёте",
    "opening": [],
    "numbered": False,
    "sections": [],
    "closing": [],
    "basis": [],
    "signatures": [],
    "acquainted": [],
    "small": [],
}


def section(**given: Any) -> dict[str, Any]:
    return {"item": [], "facts": [], "columns": [], "rows": [], "widths": [], "text": [], **given}


def text_of(pdf: bytes) -> str:
    """What somebody who searches or listens finds, with every kind of space as one space."""
    read = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(read.replace("\N{ZERO WIDTH SPACE}", "").replace("\N{SOFT HYPHEN}", "").split())


def letters_of(pdf: bytes) -> dict[str, bool]:
    """Every typeface in the file, and whether its letters lie inside."""
    found: dict[str, bool] = {}
    pages: Any = PdfReader(io.BytesIO(pdf)).pages
    for page in pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            held = inner["/FontDescriptor"].get_object()
            found[str(inner["/BaseFont"])] = any(name in held for name in ("/FontFile2", "/FontFile3"))
    return found


def marks_of(pdf: bytes) -> str:
    """The XMP metadata, in which a PDF/A says what it is (ISO 19005-2 §6.6)."""
    root: Any = PdfReader(io.BytesIO(pdf)).root_object
    metadata = root["/Metadata"].get_object()
    return bytes(metadata.get_data()).decode()


def pictures_of(pdf: bytes, folder: Path) -> list[Path]:
    """Every page as a picture by poppler; where the machine has none the test is skipped with the reason."""
    tool = shutil.which("pdftoppm")
    if tool is None:
        missing("poppler", "pdftoppm is not installed")
    (folder / "paper.pdf").write_bytes(pdf)
    command = [str(tool), "-r", "50", "-gray", "-png", str(folder / "paper.pdf"), str(folder / "page")]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a fixed command of our own
    return sorted(folder.glob("page*.png"))
