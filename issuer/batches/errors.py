"""What can be refused about a list: the file as a whole, one of its rows, a step of its batch."""

from schemas.errors import N_, BadInput, Conflict, Forbidden, NotFound


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


class OwnAllowance(Forbidden):
    """Who let particulars stand in a list may not approve it."""

    code = "own-allowance"
    sentence = N_("В этом списке вы разрешили личные сведения, поэтому подтвердить его должен другой сотрудник.")


class OwnBatch(Forbidden):
    """Who entered a list may not approve it."""

    code = "own-batch"
    sentence = N_("Подтвердить список должен другой сотрудник, не тот, кто его загрузил.")
