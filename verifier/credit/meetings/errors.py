"""What can be refused about meetings of the commission."""

from schemas.errors import N_, BadInput, Conflict


class MeetingPast(BadInput):
    """A meeting is planned for a moment that has passed."""

    code = "meeting-past"
    sentence = N_("Это время уже прошло. Выберите более поздние день и час.")


class MeetingDayOff(BadInput):
    """A meeting is planned for a day on which the school does not work."""

    code = "meeting-day-off"
    sentence = N_("В этот день школа не работает. Выберите рабочий день.")


class NothingOnAgenda(BadInput):
    """A meeting without a case."""

    code = "agenda-empty"
    sentence = N_("Отметьте хотя бы одно заявление для повестки.")


class NotBeforeCommission(BadInput):
    """A case is not before the commission, or on the agenda of another meeting."""

    code = "agenda-unfit"
    sentence = N_(
        "Одно из заявлений уже не ждёт комиссии или стоит в повестке другого заседания. Посмотрите список снова."
    )


class TooFewMembers(BadInput):
    """Fewer members than the quorum needs are invited, or came."""

    code = "meeting-quorum"
    sentence = N_("Для кворума нужно больше половины членов комиссии: {quorum}. Отмечено: {count}.")
    words = frozenset({"quorum", "count"})


class TermMissed(BadInput):
    """A case would miss its term by waiting for the meeting; who plans it must say that they know."""

    code = "meeting-late"
    sentence = N_(
        "Срок пройдёт раньше заседания: {cases}. Выберите более ранний день или подтвердите, что знаете об этом."
    )
    words = frozenset({"cases"})


class VoterLeftOut(BadInput):
    """Somebody is said not to have been there who has voted since."""

    code = "meeting-voter"
    sentence = N_("Среди неотмеченных есть те, кто уже проголосовал на этом заседании. Отметьте их.")


class MeetingSettled(Conflict):
    """The meeting was held or cancelled."""

    code = "meeting-settled"
    sentence = N_("Заседание уже прошло или отменено, менять его нельзя.")


class MeetingChanged(Conflict):
    """The form was filled in for an earlier version of the meeting."""

    code = "meeting-changed"
    sentence = N_("Пока вы заполняли форму, заседание изменили. Посмотрите, что нового, и повторите.")


class MeetingAhead(Conflict):
    """The meeting has not begun."""

    code = "meeting-ahead"
    sentence = N_("Заседание ещё не началось. Отметьте, кто пришёл, когда оно начнётся.")
