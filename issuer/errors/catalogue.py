"""What can be refused about what there is to award: modules, achievements, endorsements, paths."""

from schemas.errors import N_, BadInput, Conflict, Forbidden, NotFound


class BadModule(BadInput):
    """The particulars of a module break a rule; the pointer names the field."""

    code = "module"
    sentence = N_("Исправьте: {field}.")
    words = frozenset({"field"})


class SamePerson(Forbidden):
    """Who drafted an achievement may not review it."""

    code = "same-person"
    sentence = N_("Проверить описание значка должен другой сотрудник, не тот, кто его составил.")


class WrongStep(Conflict):
    """The version's state does not allow this step."""

    code = "achievement-state"
    sentence = N_("С этой версией значка такое действие уже невозможно. Обновите страницу.")


class RemarkMissing(BadInput):
    """Whoever gives a description back says what is wrong with it."""

    code = "remark-missing"
    sentence = N_("Напишите, что исправить.")


class RemarkTooLong(BadInput):
    """The remark is longer than is kept."""

    code = "remark-too-long"
    sentence = N_("Замечание слишком длинное: оставьте не больше {limit} знаков.")


class PictureUnreadable(BadInput):
    """What was uploaded is no picture of a kind that is painted anew."""

    code = "picture-unreadable"
    sentence = N_("Файл не открылся как картинка. Подойдут PNG, JPEG и WebP.")


class PictureTooLarge(BadInput):
    """The picture has more bytes or more pixels than are taken in."""

    code = "picture-too-large"
    sentence = N_("Картинка слишком большая: до {megabytes} МБ и {pixels} точек по каждой стороне.")


class PictureMissing(BadInput):
    """No file was chosen."""

    code = "picture-missing"
    sentence = N_("Выберите файл с картинкой.")


class OutcomeNotPublished(BadInput):
    """The outcome is in no published framework."""

    code = "outcome-not-published"
    sentence = N_("Такого результата нет в опубликованных каталогах. Найдите его ещё раз.")


class EndorsementUnknown(NotFound):
    """Nobody has asked this organisation for such an endorsement."""

    code = "endorsement-unknown"
    sentence = N_("Такой просьбы о поручительстве нет.")


class EndorserWrong(BadInput):
    """The one asked is unknown, the issuer itself, or has been asked before."""

    code = "endorser-wrong"
    sentence = N_("Выберите другую организацию сети: у этой уже просили поручительство, или это вы сами.")


class EndorsementsMany(BadInput):
    """A badge carries a few endorsements, not a crowd of them."""

    code = "endorsements-many"
    sentence = N_("У одной версии значка бывает не больше {limit} поручительств.")


class EndorsementSettled(Conflict):
    """The endorsement is in a state in which this cannot be done."""

    code = "endorsement-settled"
    sentence = N_("С этим поручительством такое действие уже невозможно. Обновите страницу.")


class CommentMissing(BadInput):
    """Whoever vouches says for what."""

    code = "comment-missing"
    sentence = N_("Напишите, за что именно вы ручаетесь: от 1 до {limit} знаков.")


class TermWrong(BadInput):
    """The last day of an endorsement is no day to come."""

    code = "endorsement-term"
    sentence = N_("Последний день — дата в будущем.")


class PathUnknown(NotFound):
    """The organisation has no such path."""

    code = "path-unknown"
    sentence = N_("Такого пути нет.")


class BadPathway(BadInput):
    """The particulars of a path break a rule; the pointer names the field."""

    code = "pathway"
    sentence = N_("Исправьте: {field}.")
    words = frozenset({"field"})


class PathFixed(Conflict):
    """The path is in a state in which this cannot be done."""

    code = "path-fixed"
    sentence = N_("С этим путём такое действие уже невозможно. Обновите страницу.")
