"""What can be refused about a curriculum or a directory: the file as a whole, one of its rows, a step by hand."""

from schemas.errors import N_, BadInput, Conflict, NotFound


class ColumnMissing(BadInput):
    """A column without which nothing can be written down is not there."""

    code = "plan-column-missing"
    sentence = N_("В первой строке нет столбца «{column}». Возьмите образец и перенесите план в него.")
    words = frozenset({"column"})


class CatalogueUnreadable(BadInput):
    """A JSON file that is no CASE package."""

    code = "plan-case-unreadable"
    sentence = N_("Это не справочник результатов в формате CASE. Нужен файл JSON с разделами CFDocument и CFItems.")


class CatalogueEmpty(BadInput):
    """A CASE package without any item."""

    code = "plan-case-empty"
    sentence = N_("В справочнике нет ни одного результата.")


class NameNeeded(BadInput):
    """A directory has no name."""

    code = "plan-directory-name"
    sentence = N_("Назовите справочник, не длиннее {limit} знаков.")


class FormulaInPlan(BadInput):
    """A cell holds a formula."""

    code = "plan-formula"
    sentence = N_("В ячейке формула. Замените её значением.")


class TitleMissing(BadInput):
    """The row belongs to no component."""

    code = "plan-title-missing"
    sentence = N_("Не сказано, к какому предмету, курсу или модулю относится строка.")


class TextTooLong(BadInput):
    """A cell says more than is kept."""

    code = "plan-text-long"
    sentence = N_("Слишком длинно: можно не больше {limit} знаков.")


class GradeUnclear(BadInput):
    """Not a class or classes."""

    code = "plan-grade"
    sentence = N_("Класс пишется числом: 10 или 10–11; в колледже: 1 курс.")


class GradeIsDay(BadInput):
    """A table program has taken two classes for a day."""

    code = "plan-grade-day"
    sentence = N_(
        "Табличная программа приняла классы за дату. Поставьте ячейке формат «текст» и напишите, например, 7–8."
    )


class HoursUnclear(BadInput):
    """Not a number of academic hours."""

    code = "plan-hours"
    sentence = N_("Часы пишутся целым числом от 1 до {limit}.")


class WordUnclear(BadInput):
    """A cell holds none of the words that it may hold; `known` lists them."""

    code = "plan-word"
    sentence = N_("Здесь может стоять только одно из слов: {known}.")


class AddressUnclear(BadInput):
    """The address of an outcome is no address of the web."""

    code = "plan-address"
    sentence = N_("Адрес начинается с https:// и пишется без пробелов.")


class OutcomeCodeMissing(BadInput):
    """An outcome has no code."""

    code = "plan-outcome-code"
    sentence = N_("У результата нет кода. Впишите его: по нему план сравнивают со значками.")


class OutcomeTextMissing(BadInput):
    """An outcome has no words, and no directory of the school knows its code."""

    code = "plan-outcome-text"
    sentence = N_("Напишите, чему научится ученик: такого кода нет в справочниках школы.")


class EntryTextMissing(BadInput):
    """An outcome of a directory has no words."""

    code = "plan-entry-text"
    sentence = N_("Напишите, чему научится ученик.")


class OutcomeTwice(BadInput):
    """The same outcome stood in an earlier row."""

    code = "plan-outcome-twice"
    sentence = N_("Этот результат уже есть в строке {row}.")


class HeadDiffers(BadInput):
    """Two rows say different things of one component."""

    code = "plan-head-differs"
    sentence = N_("Здесь о той же части плана сказано не то, что в строке {row}.")


class RequiredMissing(BadInput):
    """No outcome of the component is required: nothing could be compared."""

    code = "plan-required-missing"
    sentence = N_("Нужен хотя бы один обязательный результат.")


class SectionsTooLong(BadInput):
    """The sections have more hours together than the component."""

    code = "plan-sections-long"
    sentence = N_("В разделах вместе больше часов, чем во всей части плана.")


class SectionUnknown(BadInput):
    """An outcome is put into a section that the component does not have."""

    code = "plan-section-unknown"
    sentence = N_("Такого раздела в этой части плана нет.")


class SectionCodeMissing(BadInput):
    """A section has no number."""

    code = "plan-section-code"
    sentence = N_("Дайте разделу номер: по нему к разделу относят результаты.")


class OutcomeUnknown(BadInput):
    """A section is given an outcome that the component does not have."""

    code = "plan-outcome-unknown"
    sentence = N_("Одного из отмеченных результатов в этой части плана уже нет. Посмотрите список ещё раз.")


class RowWaits(BadInput):
    """The row is in order; another row of the same component is not."""

    code = "plan-row-waits"
    sentence = N_("Здесь ошибки нет, но часть плана записывается целиком: исправьте другие её строки.")


class CodeTaken(BadInput):
    """Another component, outcome or directory has the code or name."""

    code = "plan-code-taken"
    sentence = N_("«{code}» уже есть. Возьмите другой код или название.")


class PlanFileUnknown(NotFound):
    """There is no such file."""

    code = "plan-file-unknown"
    sentence = N_("Такого файла нет.")


class ComponentUnknown(NotFound):
    """The school has no such component, or it has no such outcome."""

    code = "plan-component-unknown"
    sentence = N_("Такой части в учебных планах школы нет.")


class DirectoryUnknown(NotFound):
    """The school has no such directory, or it has no such outcome."""

    code = "plan-directory-unknown"
    sentence = N_("Такого справочника или результата нет.")


class PlanFileSettled(Conflict):
    """The file was applied already."""

    code = "plan-file-settled"
    sentence = N_("Этот файл уже записан.")


class PlansChanged(Conflict):
    """The curricula are not as they were when the file was looked at."""

    code = "plans-changed"
    sentence = N_("С тех пор, как вы смотрели файл, в планах что-то изменилось. Посмотрите ещё раз и подтвердите.")


class FaultsLeftInPlan(Conflict):
    """A whole file with faults cannot be applied: rows that cannot be read would look as if they were taken out."""

    code = "plan-faults-left"
    sentence = N_(
        "В полном файле есть строки с ошибками: их содержание выглядело бы убранным. Сначала исправьте строки."
    )


class AddressMissing(BadInput):
    """Outcomes have no address, and a badge names them by it."""

    code = "plan-address-missing"
    sentence = N_(
        "У результатов нет адреса в каталоге, значок на них не сошлётся: {codes}. Возьмите их из справочника с адресами."
    )


class DescriptionPending(Conflict):
    """A badge is to be described for an older edition of the plan while another description of it waits for people."""

    code = "plan-description-pending"
    sentence = N_(
        "Другое описание значка «{code}» ещё ждёт проверки или публикации. Опубликуйте его или удалите в каталоге школы, потом"
        " подготовьте это."
    )


class EditionUnknown(NotFound):
    """The component never had that edition."""

    code = "plan-edition-unknown"
    sentence = N_("Такой редакции у этой части плана нет.")


class ComponentRetired(Conflict):
    """A component that was retired is given to nobody any more."""

    code = "plan-component-retired"
    sentence = N_("Эта часть убрана из учебного плана школы. Сначала верните её.")


class LearnersMissing(BadInput):
    """Nobody was chosen to receive the components."""

    code = "plan-learners-missing"
    sentence = N_("Отметьте хотя бы одного ученика.")


class ComponentsMissing(BadInput):
    """Nothing was chosen to be given."""

    code = "plan-components-missing"
    sentence = N_("Отметьте хотя бы одну часть плана.")
