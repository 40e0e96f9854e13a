"""What can go wrong when somebody says who they are."""

from schemas.errors import N_, BadInput, Conflict, Forbidden, TooOften


class WrongPassword(BadInput):
    """The name or the password is wrong; which one is never told."""

    code = "wrong-password"
    sentence = N_("Имя для входа или пароль не подходят. Проверьте раскладку и попробуйте ещё раз.")


class OwnPasswordWrong(WrongPassword):
    """Somebody who has signed in was asked for their password once more."""

    code = "own-password-wrong"
    sentence = N_("Пароль не подходит. Проверьте раскладку и попробуйте ещё раз.")


class TooManyAttempts(TooOften):
    """Somebody is guessing; `minutes` until the next attempt counts."""

    code = "too-many-attempts"
    sentence = N_("Слишком много неудачных попыток. Подождите {minutes} мин. и попробуйте ещё раз.")


class StaleForm(Forbidden):
    """The form does not belong to this session (CSRF)."""

    code = "stale-form"
    sentence = N_("Страница устарела. Обновите её и отправьте форму ещё раз.")


class ForeignPage(Forbidden):
    """A page of another site sent the form."""

    code = "foreign-page"
    sentence = N_("Этот запрос отправила страница другого сайта. Откройте Зачётку и повторите действие здесь.")


class HandshakeOver(BadInput):
    """What the browser answers was begun elsewhere, too long ago, or is finished already; which one is never told."""

    code = "handshake-over"
    sentence = N_("Прошло больше пяти минут, или вы начали в другом окне. Начните ещё раз.")


class WeakPassword(BadInput):
    """The new password is too short; `length` characters are needed."""

    code = "weak-password"
    sentence = N_("Пароль слишком короткий: нужно не меньше {length} знаков.")


class LoginTaken(Conflict):
    """Another account has that name."""

    code = "login-taken"
    sentence = N_("Такое имя для входа уже занято. Выберите другое.")


class NotAMinor(BadInput):
    """Nobody can act for a learner who has come of age."""

    code = "not-a-minor"
    sentence = N_("Ученику уже исполнилось 18 лет: законный представитель больше не нужен.")


class BadAddress(BadInput):
    """What was entered is no mail address that we can send to."""

    code = "bad-address"
    sentence = N_("Это не похоже на адрес электронной почты. Проверьте его, например: olga@example.ru.")


class LoginMissing(BadInput):
    """No name for signing in, or one that cannot be one."""

    code = "login-missing"
    sentence = N_("Придумайте имя для входа: от одного до {limit} знаков.")


class SlipWorthless(BadInput):
    """The code was never given out, is used up, too old, or a newer one was given out; which one is never told."""

    code = "slip-worthless"
    sentence = N_(
        "Этот код не подходит: он набран с ошибкой, уже использован, устарел или заменён новым. Новый выдаст школа."
    )


class NameNeeded(BadInput):
    """Somebody is to be entered without a name."""

    code = "name-needed"
    sentence = N_("Напишите фамилию, имя и отчество.")


class DocumentMissing(BadInput):
    """The school has to say on which document it relies."""

    code = "document-missing"
    sentence = N_("Напишите, какой документ вы видели, без серии и номера.")


class GuardianUnknown(BadInput):
    """Nobody signs in by that name, or they are called otherwise; which one is never told."""

    code = "guardian-unknown"
    sentence = N_(
        "Человека с таким именем для входа и такой фамилией нет. Если он ещё не входил, оставьте поле пустым."
    )


class GuardianKnown(Conflict):
    """The person acts for the learner already."""

    code = "guardian-known"
    sentence = N_("Этот человек уже записан законным представителем.")


class StaffAccount(Forbidden):
    """The person has a role in an organisation: a code for them would be a way to that role, so only it may give one."""

    code = "staff-account"
    sentence = N_("Этот человек работает в организации сети. Новый код для входа даёт ему его организация.")


class NobodyToPrint(BadInput):
    """Everybody of the class signs in already."""

    code = "nobody-to-print"
    sentence = N_("Печатать нечего: в этом классе все уже входят. Новый код можно выдать на странице ученика.")


class RoleUnknown(BadInput):
    """The organisation has no such role to give."""

    code = "role-unknown"
    sentence = N_("Выберите, кем человек будет в организации.")


class RoleHeld(Conflict):
    """The person holds the role already."""

    code = "role-held"
    sentence = N_("У этого человека уже есть эта роль.")


class LastManager(Conflict):
    """Without the last one who answers for members nobody could let anybody in."""

    code = "last-manager"
    sentence = N_("Это последний, кто отвечает за участие в сети. Сначала дайте эту роль другому сотруднику.")


class OwnInvitation(Forbidden):
    """Who asked for a role, or is to have it, may not agree to it."""

    code = "own-invitation"
    sentence = N_("Согласиться должен другой сотрудник: не тот, кто приглашал, и не тот, кого приглашают.")


class InvitationSettled(Conflict):
    """Somebody agreed or refused before."""

    code = "invitation-settled"
    sentence = N_("По этому приглашению уже решили. Обновите страницу.")


class RoleNotHeld(Conflict):
    """The person does not hold the role, or not any more."""

    code = "role-not-held"
    sentence = N_("Этой роли у человека уже нет.")


class NotOurs(Conflict):
    """Whom an organisation may not let in anew: who has no role there, or one elsewhere too."""

    code = "not-ours"
    sentence = N_("Код этому человеку даёт не эта организация: у него нет здесь роли или есть роль в другой.")


class ColleagueUnknown(BadInput):
    """Somebody named is none of the organisation's people."""

    code = "colleague-unknown"
    sentence = N_("Выберите сотрудников из списка.")


class OwnSubstitution(BadInput):
    """Somebody would stand in for themselves, or takes another's duties by their own entry."""

    code = "substitute-own"
    sentence = N_("Замещать должен другой сотрудник, и не тот, кто вносит запись.")


class SubstitutionTerm(BadInput):
    """The term ends before it begins, or is over."""

    code = "substitute-term"
    sentence = N_("Последний день замещения не может быть раньше первого или уже пройти.")


class BasisNeeded(BadInput):
    """Duties pass on by an order or a power of attorney alone."""

    code = "substitute-basis"
    sentence = N_("Укажите основание: номер и дату приказа или доверенности.")


class SubstitutionOver(Conflict):
    """The term is over already."""

    code = "substitute-over"
    sentence = N_("Это замещение уже закончилось. Обновите страницу.")


class SubstitutionOverlaps(BadInput):
    """In those days somebody stands in already, or who should is away themselves."""

    code = "substitute-overlap"
    sentence = N_(
        "В эти дни кто-то из двоих уже отсутствует или замещает другого. Выберите другие дни или другого сотрудника."
    )
