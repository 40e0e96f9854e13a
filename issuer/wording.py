"""The package's words for what is kept as codes: what an award is worth, what can be done with it, what was done."""

from collections.abc import Mapping
from dataclasses import dataclass

from issuer.lifecycle import Act, Standing
from issuer.tables import AchievementState, EndorsementState, PathState
from schemas.errors import N_

VERSION_WORDS: Mapping[AchievementState, str] = {
    AchievementState.DRAFT: N_("Черновик"),
    AchievementState.REVIEWED: N_("Проверен"),
    AchievementState.PUBLISHED: N_("Опубликован"),
    AchievementState.RETIRED: N_("Снят"),
}
VERSION_TONES: Mapping[AchievementState, str] = {
    AchievementState.DRAFT: "now",
    AchievementState.REVIEWED: "wait",
    AchievementState.PUBLISHED: "good",
    AchievementState.RETIRED: "",
}
PATH_WORDS: Mapping[PathState, str] = {
    PathState.DRAFT: N_("Черновик"),
    PathState.PUBLISHED: N_("Открыт"),
    PathState.RETIRED: N_("Закрыт"),
}
PATH_TONES: Mapping[PathState, str] = {PathState.DRAFT: "now", PathState.PUBLISHED: "good", PathState.RETIRED: ""}
ENDORSEMENT_WORDS: Mapping[EndorsementState, str] = {
    EndorsementState.ASKED: N_("Ждёт ответа"),
    EndorsementState.GIVEN: N_("Поручились"),
    EndorsementState.DECLINED: N_("Отказались"),
    EndorsementState.WITHDRAWN: N_("Поручительство отозвано"),
    EndorsementState.OFFERED: N_("Предложено"),
    EndorsementState.NOT_TAKEN: N_("Не вошло в значок"),
}
ENDORSEMENT_TONES: Mapping[EndorsementState, str] = {
    EndorsementState.ASKED: "now",
    EndorsementState.GIVEN: "good",
    EndorsementState.DECLINED: "",
    EndorsementState.WITHDRAWN: "wait",
    EndorsementState.OFFERED: "now",
    EndorsementState.NOT_TAKEN: "",
}


@dataclass(frozen=True, slots=True)
class StandingShown:
    """How the page of an award says what it is worth: a word, its tone, a headline and what it means."""

    word: str
    tone: str
    title: str
    meaning: str


STANDINGS: Mapping[Standing, StandingShown] = {
    Standing.MAKING: StandingShown(
        N_("Подписывается"),
        "now",
        N_("Подписываем значок"),
        N_("Обычно это занимает несколько секунд. Обновите страницу чуть позже: ничего не потеряно."),
    ),
    Standing.OFFERED: StandingShown(
        N_("Ждёт ученика по коду"),
        "wait",
        N_("Ждёт ученика по коду"),
        N_("У ученика пока нет сетевого номера. Значок подпишется, когда ученик введёт код со своей карточки."),
    ),
    Standing.REFUSED: StandingShown(
        N_("Не подписан"),
        "bad",
        N_("Значок не подписан"),
        N_(
            "Пока значок ждал подписи, условия изменились: организация, описание значка или содержание больше не отвечают"
            " правилам. Оформите вручение заново."
        ),
    ),
    Standing.VALID: StandingShown(
        N_("Действует"), "good", N_("Значок действует"), N_("Он подписан, и при проверке это подтверждается.")
    ),
    Standing.SUSPENDED: StandingShown(
        N_("Приостановлен"),
        "wait",
        N_("Действие значка приостановлено"),
        N_("При любой проверке значок сейчас не действует. Когда всё выяснится, верните его в силу или отзовите."),
    ),
    Standing.EXPIRED: StandingShown(
        N_("Срок истёк"), "wait", N_("Срок значка закончился"), N_("Подпись верна, но значок больше не действует.")
    ),
    Standing.BEING_CORRECTED: StandingShown(
        N_("Исправляется"),
        "now",
        N_("Подписываем исправленный значок"),
        N_("Прежний действует, пока новый не подписан. Обычно это занимает несколько секунд."),
    ),
    Standing.CORRECTED: StandingShown(
        N_("Заменён"),
        "bad",
        N_("Значок заменён исправленным"),
        N_("Эта версия отозвана; в кошельке ученика и по его ссылкам открывается новая."),
    ),
    Standing.REVOKED: StandingShown(
        N_("Отозван"),
        "bad",
        N_("Значок отозван"),
        N_("Отзыв уже опубликован: при любой проверке значок недействителен."),
    ),
}
DONE: Mapping[str, str] = {
    Act.SUSPEND: N_("Действие приостановлено"),
    Act.LIFT: N_("Действие возвращено"),
    Act.CORRECT: N_("Заказано исправление"),
    Act.REVOKE: N_("Отозван навсегда"),
}


@dataclass(frozen=True, slots=True)
class ActWords:
    """How an act is offered: the button, what it does, the question before it, the button that does it."""

    label: str
    about: str
    question: str
    button: str


ACT_WORDS: Mapping[Act, ActWords] = {
    Act.SUSPEND: ActWords(
        N_("Приостановить"),
        N_("Если результат вызывает сомнение и его нужно проверить. Значок можно вернуть в силу."),
        N_("Пока вы не вернёте значок в силу, при проверке он не действует. Приостановить?"),
        N_("Приостановить действие"),
    ),
    Act.LIFT: ActWords(
        N_("Вернуть в силу"),
        N_("Если сомнения не подтвердились."),
        N_("Значок снова станет действительным. Вернуть?"),
        N_("Вернуть значок в силу"),
    ),
    Act.REVOKE: ActWords(
        N_("Отозвать значок"),
        N_("Если значок выдан по ошибке или не тому. Отменить отзыв нельзя."),
        N_("Значок станет недействительным сразу и навсегда. Отозвать?"),
        N_("Отозвать навсегда"),
    ),
}
