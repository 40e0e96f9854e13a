"""Lists as files of table programs: read whatever they write, and written so that no cell is ever a formula."""

from schemas.spreadsheets.workbooks import as_xlsx
from schemas.spreadsheets.writing import Row, as_csv, unescaped

__all__ = ["Row", "as_csv", "as_xlsx", "unescaped"]
