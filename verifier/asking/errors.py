"""What can be refused about requests."""

from schemas.errors import N_, BadInput, Conflict


class NoWanted(BadInput):
    """A request that does not say what is to be shown, or says it at too great length."""

    code = "no-wanted"
    sentence = N_("Напишите, что показать: не длиннее {limit} знаков.")


class NoReason(BadInput):
    """A request that does not say what for, or says it at too great length."""

    code = "no-reason"
    sentence = N_("Напишите, для чего это нужно: не длиннее {limit} знаков.")


class BadDays(BadInput):
    """A term out of range."""

    code = "bad-days"
    sentence = N_("Укажите срок: целое число дней от 1 до {limit}.")


class NoAsker(BadInput):
    """No organisation of the visitor's in whose name to ask."""

    code = "no-asker"
    sentence = N_("Выберите организацию, от имени которой вы спрашиваете.")


class RequestClosed(Conflict):
    """The request was answered, refused, withdrawn, or its term is over: a challenge serves once."""

    code = "request-closed"
    sentence = N_("На этот запрос больше нельзя ответить: ответ уже есть, его отозвали или срок закончился.")


class NotAnAnswer(BadInput):
    """A presentation that is not signed by its holder for this request, just now; `why` says what is wrong."""

    code = "not-an-answer"
    sentence = N_("Это не ответ на запрос: {why}")
