"""Why an objection is not taken, or not answered."""

from schemas.errors import N_, BadInput, Conflict, Forbidden


class TooYoungToObject(Forbidden):
    """Under 14 the guardian speaks for the learner."""

    code = "too-young-to-object"
    sentence = N_(
        "Возразить можно с 14 лет. До этого скажите законному представителю, классному руководителю или тьютору."
    )


class OwnAct(Conflict):
    """Nobody objects to what they have done themselves."""

    code = "own-act"
    sentence = N_("Это вы сделали сами: возражать не нужно. Отозвать своё можно на той странице, где вы это сделали.")


class OwnWord(Conflict):
    """The consent counts only with the learner's own word, which may be taken back at any time."""

    code = "own-word"
    sentence = N_("Это согласие действует только вместе с вашим. Скажите «не согласен» на странице «Согласия».")


class NoSchoolToAnswer(Conflict):
    """The learner is on no school's roll today, so nobody could answer."""

    code = "no-school-to-answer"
    sentence = N_("Сейчас вы не числитесь ни в одной школе, ответить на возражение некому.")


class ObjectedAlready(Conflict):
    """To one act there is one objection."""

    code = "objected-already"
    sentence = N_("На это вы уже возразили. Ответ школы появится на этой странице.")


class ObjectionSettled(Conflict):
    """The objection was answered or taken back already."""

    code = "objection-settled"
    sentence = N_("На это возражение уже ответили, или ученик его отозвал.")


class WordsMissing(BadInput):
    """An objection and an answer say why, at some length and no more."""

    code = "words-missing"
    sentence = N_("Напишите своими словами, не длиннее {limit} знаков.")


class NoAnswer(BadInput):
    """The school finds the act right, or the learner."""

    code = "no-answer"
    sentence = N_("Выберите, остаётся ли сделанное в силе.")


class OwnFamily(Forbidden):
    """Nobody answers to an objection against themselves, or to one of their own child."""

    code = "own-family"
    sentence = N_("На возражение отвечает тот, кого оно не касается: не сам сделавший и не родственник ученика.")
