"""What can be refused about a list of learners: the file as a whole, one of its rows, a step."""

from schemas.errors import N_, BadInput, Conflict, NotFound


class ColumnMissing(BadInput):
    """A column without which no learner can be written down is not there."""

    code = "roll-column-missing"
    sentence = N_("В первой строке нет столбца «{column}». Возьмите образец и перенесите учеников в него.")


class DayOutside(BadInput):
    """The list is to count from a day that is too far away."""

    code = "roll-day"
    sentence = N_("Укажите день не раньше, чем год назад, и не позже, чем через год.")


class NameMissing(BadInput):
    """No family name or no given name."""

    code = "roll-name-missing"
    sentence = N_("Нужны фамилия и имя.")


class NameWrong(BadInput):
    """A name with signs that names do not have."""

    code = "roll-name-wrong"
    sentence = N_("В имени могут быть только буквы, дефис, апостроф и пробел, не больше {limit} знаков.")


class DayWrong(BadInput):
    """Not a day."""

    code = "roll-date-wrong"
    sentence = N_("Дата не читается. Напишите её как 31.08.2015.")


class AgeUnlikely(BadInput):
    """A day of birth that no learner has."""

    code = "roll-age"
    sentence = N_("Проверьте дату рождения: возраст получается {age}.")


class GradeWrong(BadInput):
    """Not a class."""

    code = "roll-grade-wrong"
    sentence = N_("Класс пишется числом от 1 до 11, затем буквой, если она есть: 10 или 10А.")


class FormulaInList(BadInput):
    """A cell holds a formula."""

    code = "roll-formula"
    sentence = N_("В ячейке формула. Замените её значением.")


class NumberUnknown(BadInput):
    """Nobody has the network number."""

    code = "roll-number-unknown"
    sentence = N_("Ученика с таким сетевым номером нет. Если он новый, оставьте ячейку пустой: номер появится сам.")


class NumberOfAnother(BadInput):
    """The number belongs to somebody who was never in this school and has another name or day of birth."""

    code = "roll-number-of-another"
    sentence = N_("Сетевой номер не сходится с именем и датой рождения. Сверьте его с карточкой ученика.")


class EnrolledElsewhere(BadInput):
    """The learner is on another school's roll."""

    code = "roll-elsewhere"
    sentence = N_("Ученик числится в другой школе сети. Пусть его сначала отчислят там.")


class Namesakes(BadInput):
    """Several learners of the school have this name and this day of birth."""

    code = "roll-namesakes"
    sentence = N_("В школе несколько учеников с таким именем и датой рождения. Укажите сетевой номер.")


class LearnerTwice(BadInput):
    """The same learner stood in an earlier row."""

    code = "roll-twice"
    sentence = N_("Этот ученик уже есть в строке {row}.")


class DayTooEarly(BadInput):
    """The learner's present place in the roll begins after the day of the list."""

    code = "roll-day-too-early"
    sentence = N_("В списках школы у этого ученика уже стоит более поздняя запись, с {since}. Проверьте день.")


class NotOnTheRoll(BadInput):
    """Somebody is to leave who is not there."""

    code = "roll-not-there"
    sentence = N_("Такого ученика сейчас нет в школе, отчислить его нельзя.")


class RollListUnknown(NotFound):
    """There is no such list."""

    code = "roll-list-unknown"
    sentence = N_("Такого списка нет.")


class RollListSettled(Conflict):
    """The list was applied already."""

    code = "roll-list-settled"
    sentence = N_("Этот список уже записан.")


class RollChanged(Conflict):
    """The roll is not as it was when the list was looked at."""

    code = "roll-changed"
    sentence = N_("С тех пор, как вы смотрели список, в школе что-то изменилось. Посмотрите ещё раз и подтвердите.")


class FaultsLeft(Conflict):
    """A whole list with faults cannot be applied: rows that cannot be read would look like learners who left."""

    code = "roll-faults-left"
    sentence = N_(
        "В полном списке есть строки с ошибками: их ученики выглядели бы выбывшими. Сначала исправьте строки."
    )
