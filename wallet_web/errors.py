"""What can go wrong in a wallet, in words for a family."""

from schemas.errors import N_, BadInput, Conflict, Forbidden, NotFound


class NotTheirs(BadInput):
    """A delivered credential whose hashed identifier is not the number it was delivered to."""

    code = "not-theirs"
    sentence = N_("Значок выписан на другой номер обучающегося. Он не сохранён: сверьте номер и вручите значок заново.")


class NoConsent(Forbidden):
    """A share needs a consent in force, and there is none."""

    code = "no-consent"
    sentence = N_("Чтобы показывать значки по ссылке, нужно согласие. Дайте его на странице «Согласия» и повторите.")


class GuardianGives(Forbidden):
    """The consent of a minor is their guardian's to give and to withdraw."""

    code = "guardian-gives"
    sentence = N_(
        "До 18 лет согласие даёт и отзывает законный представитель. Попросите его войти и открыть эту страницу."
    )


class GuardianSubmits(Forbidden):
    """The application of a minor is their guardian's to hand in."""

    code = "guardian-submits"
    sentence = N_(
        "До 18 лет заявление подаёт законный представитель. Черновик сохранён, он найдёт его на этой странице."
    )


class TextChanged(Conflict):
    """The consent was given to a text that is not the one in force."""

    code = "text-changed"
    sentence = N_("Текст согласия обновился, пока страница была открыта. Прочитайте его ещё раз и подтвердите.")


class NotAgreed(BadInput):
    """The box under the text was not ticked: a consent is an act of its own."""

    code = "not-agreed"
    sentence = N_("Прочитайте текст и поставьте отметку, если согласны.")


class TooYoung(Forbidden):
    """Under 14 the guardian acts."""

    code = "too-young"
    sentence = N_("До 14 лет ссылки создаёт законный представитель. Попросите его войти и открыть эту страницу.")


class NothingChosen(BadInput):
    """A share or an application without a badge."""

    code = "nothing-chosen"
    sentence = N_("Отметьте хотя бы один значок.")


class NoWish(BadInput):
    """An application that does not say what is wished for."""

    code = "no-wish"
    sentence = N_("Выберите, чего вы хотите.")


class NoItem(BadInput):
    """An application that names no part of the plan, or one that cannot be applied for."""

    code = "no-item"
    sentence = N_("Выберите часть учебного плана.")


class TooManyChosen(BadInput):
    """More badges than one link may show."""

    code = "too-many-chosen"
    sentence = N_(
        "По одной ссылке можно показать не больше {limit} значков. Снимите лишние отметки или сделайте вторую ссылку."
    )


class NoAudience(BadInput):
    """A share that does not say for whom, or says it at too great length."""

    code = "no-audience"
    sentence = N_("Напишите, кому вы показываете значки: не длиннее {limit} знаков.")


class NoPurpose(BadInput):
    """A share that does not say what for, or says it at too great length."""

    code = "no-purpose"
    sentence = N_("Напишите, зачем вы показываете значки: не длиннее {limit} знаков.")


class BadTerm(BadInput):
    """A term in days out of range."""

    code = "bad-term"
    sentence = N_("Укажите срок ссылки: целое число дней от 1 до {limit}.")


class ShareGone(NotFound):
    """The link is wrong, has expired or was withdrawn; which of these is nobody's business."""

    code = "share-gone"
    sentence = N_("По этой ссылке ничего нет: в адресе опечатка, срок закончился или владелец отозвал ссылку.")


class BadLink(BadInput):
    """A QR code may hold only the address of a shared page or of a waiting award, in plain ASCII."""

    code = "bad-link"
    sentence = N_("Код можно сделать только из адреса страницы показа или ждущего значка.")
