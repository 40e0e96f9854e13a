"""What can go wrong in a wallet, in words for a family."""

from schemas.errors import N_, BadInput, Conflict, Forbidden, NotFound, TooOften, Unavailable


class NotTheirs(BadInput):
    """A delivered credential whose hashed identifier is not the number it was delivered to."""

    code = "not-theirs"
    sentence = N_("Значок выписан на другой номер обучающегося. Он не сохранён: сверьте номер и вручите значок заново.")


class ReceiverMissing(BadInput):
    """A presentation is made for one receiver and one question."""

    code = "receiver-missing"
    sentence = N_("Впишите получателя и код запроса так, как их показывает страница школы.")


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


class BadRecipient(BadInput):
    """The name that the reader sees is too long."""

    code = "bad-recipient"
    sentence = N_("Напишите, для кого ссылка, короче: не длиннее {limit} знаков.")


class BadPin(BadInput):
    """A PIN that is none, or that would be the first guess."""

    code = "bad-pin"
    sentence = N_(
        "ПИН-код — от {shortest} до {longest} цифр, и не подряд идущие или одинаковые. Придумайте другой или оставьте поле пустым."
    )


class PinNeeded(Forbidden):
    """The link opens only in a browser, after its PIN."""

    code = "pin-needed"
    sentence = N_("Эта ссылка открывается по ПИН-коду. Откройте её в браузере и введите код.")


class WrongPin(BadInput):
    """The PIN is another one."""

    code = "wrong-pin"
    sentence = N_("ПИН-код не подходит. Проверьте его у того, кто прислал ссылку.")


class PinWaits(TooOften):
    """So many wrong PINs that none is listened to for a while."""

    code = "pin-waits"
    sentence = N_("Слишком много неверных ПИН-кодов. Подождите {minutes} мин. и попробуйте ещё раз.")


class NameNeedsPin(BadInput):
    """A link that shows the name opens with a PIN alone."""

    code = "name-needs-pin"
    sentence = N_("Ссылка с именем открывается только по ПИН-коду. Придумайте код из 6–12 цифр.")


class NoNameConsent(Forbidden):
    """Showing the name needs a consent of its own, and there is none."""

    code = "no-name-consent"
    sentence = N_("Чтобы показать имя, нужно отдельное согласие. Дайте его на странице «Согласия» и повторите.")


class NothingToVouch(BadInput):
    """None of the badges was awarded to the learner's own number, so the school cannot say whose they are."""

    code = "nothing-to-vouch"
    sentence = N_(
        "Школа может подтвердить имя только для значков, вручённых по сетевому номеру обучающегося. Среди выбранных таких нет."
    )


class NoAnswerConsent(Forbidden):
    """An answer to a request needs a consent in force, and there is none."""

    code = "no-answer-consent"
    sentence = N_(
        "Чтобы отвечать на запросы организаций, нужно согласие. Дайте его на странице «Согласия» и повторите."
    )


class ShareGone(NotFound):
    """The link is wrong, has expired or was withdrawn; which of these is nobody's business."""

    code = "share-gone"
    sentence = N_("По этой ссылке ничего нет: в адресе опечатка, срок закончился или владелец отозвал ссылку.")


class BadLink(BadInput):
    """A QR code may hold only the address of a shared page or of a waiting award, in plain ASCII."""

    code = "bad-link"
    sentence = N_("Код можно сделать только из адреса страницы показа или ждущего значка.")


class PhotoUnreadable(BadInput):
    """A photo that is no picture, or too large a one."""

    code = "photo-unreadable"
    sentence = N_("Снимок не открылся. Сделайте его ещё раз в формате JPEG или вставьте ссылку текстом.")


class NoCode(BadInput):
    """No QR code in a photo, or several."""

    code = "no-code"
    sentence = N_("На снимке не нашлось одного QR-кода. Снимите его крупнее и целиком или вставьте ссылку текстом.")


class NothingBrought(BadInput):
    """The form for a badge of one's own came back empty."""

    code = "nothing-brought"
    sentence = N_("Выберите файл, вставьте текст или ссылку, снимите QR-код.")


class LinkRefused(BadInput):
    """An address that is not fetched: not https, with a question in it, or of a private network."""

    code = "link-refused"
    sentence = N_("По такому адресу значок не получить. Нужна ссылка https на сам файл значка, без знака вопроса.")


class LinkSilent(Unavailable):
    """A page that cannot be had now."""

    code = "link-silent"
    sentence = N_("Страница по ссылке не ответила. Попробуйте позже или скачайте файл значка и выберите его здесь.")


class TooManyLooked(BadInput):
    """More badges looked at in a day than anybody needs."""

    code = "too-many-looked"
    sentence = N_("За сутки можно рассмотреть не больше {limit} значков. Сохраните нужные и продолжите завтра.")


class WalletFull(BadInput):
    """More badges of one's own than a wallet holds."""

    code = "wallet-full"
    sentence = N_("Своих значков в книжке уже очень много. Удалите ненужные и попробуйте снова.")


class NotSure(BadInput):
    """What cannot be undone is asked about once more."""

    code = "not-sure"
    sentence = N_("Это нельзя отменить. Вернитесь на страницу и подтвердите там ещё раз.")


class StillShown(Conflict):
    """A badge that stands elsewhere in the wallet cannot be taken out of it."""

    code = "still-shown"
    sentence = N_("Значок стоит на странице или в подборке. Уберите его оттуда, потом удалите из книжки.")


class CannotPresent(BadInput):
    """What is no verifiable credential (Open Badges 2.0), or has no envelope, cannot go into a signed application."""

    code = "cannot-present"
    sentence = N_("Значок такого образца к электронному заявлению не приложить. Покажите его школе на бумаге.")


class PaperMissing(BadInput):
    """A consent on paper that nobody could find again."""

    code = "paper-missing"
    sentence = N_("Напишите, где лежит подписанное согласие: дата и номер в деле.")


class NotAsked(Conflict):
    """The consent counts without the learner's word."""

    code = "not-asked"
    sentence = N_("Это согласие даёт один законный представитель: ваш ответ для него не нужен.")
