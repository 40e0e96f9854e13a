"""What can be refused about a list: the file as a whole, one of its rows, a step of its batch."""

from schemas.errors import N_, BadInput, Conflict, Forbidden, NotFound, TooLarge


class BadTable(BadInput):
    """Base: the file cannot be read as a table."""

    code = "table"
    sentence = N_("Таблицу прочитать не получилось. Сохраните её ещё раз как CSV или XLSX.")


class FileNotChosen(BadInput):
    """The form came without a file."""

    code = "file-not-chosen"
    sentence = N_("Выберите файл со списком.")


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


class NumberColumnMissing(BadInput):
    """No column is said to hold the learners' network numbers."""

    code = "number-column"
    sentence = N_("Укажите столбец с сетевым номером ученика.")


class ColumnTwice(BadInput):
    """Two columns are said to hold the same thing."""

    code = "column-twice"
    sentence = N_("Одно и то же выбрано для двух столбцов. Оставьте одно.")


class ColumnUnknown(BadInput):
    """A column is said to hold what this achievement does not have."""

    code = "column-unknown"
    sentence = N_("У этого значка такого поля нет. Выберите другое.")


class FormulaCell(BadInput):
    """A cell holds a formula: what it comes to cannot be told from the file."""

    code = "formula-cell"
    sentence = N_("В ячейке формула. Замените её значением: скопируйте и вставьте «только значения».")


class CellTooLong(BadInput):
    """A cell is longer than any field takes."""

    code = "cell-too-long"
    sentence = N_("В ячейке слишком много текста: оставьте не больше {limit} знаков.")


class RowTooLong(BadInput):
    """A row has more cells than the table has headings."""

    code = "row-too-long"
    sentence = N_("В строке больше ячеек, чем названий столбцов. Скорее всего, в тексте есть лишний разделитель.")


class RowTwice(BadInput):
    """The same learner stood in an earlier row of the list."""

    code = "row-twice"
    sentence = N_("Этот ученик с тем же основанием уже есть в строке {row}. Второй раз значок не выдаётся.")


class AwardedBefore(BadInput):
    """The learner has this badge on this basis from another list or form."""

    code = "awarded-before"
    sentence = N_("Этому ученику такой значок по этому основанию уже выдан. Второй раз он не выдаётся.")


class BatchCancelled(BadInput):
    """The row was not reached before its batch was cancelled."""

    code = "batch-cancelled"
    sentence = N_("До этой строки не дошли: выдачу отменили.")


class BatchUnknown(NotFound):
    """There is no such batch."""

    code = "batch-unknown"
    sentence = N_("Такого списка нет.")


class BatchStep(Conflict):
    """The batch's state does not allow this step."""

    code = "batch-state"
    sentence = N_("Сейчас с этим списком так поступить нельзя: он уже в другом состоянии. Обновите страницу.")


class OwnBatch(Forbidden):
    """Who entered a list may not approve it."""

    code = "own-batch"
    sentence = N_("Подтвердить список должен другой сотрудник, не тот, кто его загрузил.")
