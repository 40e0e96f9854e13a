"""What can be refused about a file that should hold a table."""

from schemas.errors import N_, BadInput, TooLarge


class FileNotChosen(BadInput):
    """The form came without a file."""

    code = "file-not-chosen"
    sentence = N_("Выберите файл со списком.")


class BadTable(BadInput):
    """Base: the file cannot be read as a table."""

    code = "table"
    sentence = N_("Таблицу прочитать не получилось. Сохраните её ещё раз как CSV или XLSX.")


class TableEmpty(BadTable):
    """No heading, or no row under it."""

    code = "table-empty"
    sentence = N_("В файле нет строк. В первой строке должны стоять названия столбцов, под ней — ученики.")


class TableBroken(BadTable):
    """Broken at a row: an open quotation mark, a cell that never ends."""

    code = "table-broken"
    sentence = N_("В строке {line} таблица повреждена: скорее всего, не закрыта кавычка.")


class TableForeign(BadTable):
    """Neither CSV in a known encoding nor XLSX."""

    code = "table-foreign"
    sentence = N_("Это не таблица CSV или XLSX. Старый файл .xls и файл с паролем сохраните заново как .xlsx.")


class TableTooWide(TooLarge):
    """More columns than anybody reads."""

    code = "table-too-wide"
    sentence = N_("Столбцов слишком много: оставьте не больше {limit}.")


class TableTooLong(TooLarge):
    """More rows than one list may have."""

    code = "table-too-long"
    sentence = N_("Строк слишком много: в одном списке может быть не больше {limit}. Разделите список на части.")


class TableTooLarge(TooLarge):
    """More bytes than one list may have, packed or unpacked."""

    code = "table-too-large"
    sentence = N_("Файл слишком большой: список может занимать не больше {mebibytes} МБ. Разделите его на части.")
