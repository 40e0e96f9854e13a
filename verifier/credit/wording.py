"""A case in plain words: where it is, what happens next, who does it, what each answer means. Message ids for pages."""

from collections.abc import Mapping

from schemas.errors import N_
from verifier.credit.desk import Due
from verifier.credit.events import Event
from verifier.credit.facts import Extent, Party, State
from verifier.credit.marks import NO_MARK
from verifier.credit.tables import ItemState, Wish

NOW: Mapping[State, str] = {
    State.DRAFT: N_("Черновик: заявление ещё не подано."),
    State.SUBMITTED: N_("Заявление подано в школу."),
    State.REGISTERED: N_("Заявление зарегистрировано."),
    State.AWAITING_DOCUMENTS: N_("Школа ждёт документы от семьи."),
    State.CHECKING: N_("Школа проверяет подлинность значков."),
    State.MATCHING: N_("Школа сопоставляет результаты с учебным планом."),
    State.ASSESSING: N_("Назначено оценивание в школе."),
    State.IN_COMMISSION: N_("Заявление рассматривает комиссия."),
    State.PROPOSED: N_("Комиссия предложила решение."),
    State.ORDERED: N_("Приказ о зачёте подписан."),
    State.REFUSED: N_("Отказ подписан."),
    State.NOTIFIED: N_("Семья уведомлена о решении."),
    State.PLAN_UPDATED: N_("Учебный план изменён."),
    State.CLOSED: N_("Дело закрыто."),
    State.WITHDRAWN: N_("Заявление отозвано семьёй."),
    State.APPEALED: N_("Рассматривается возражение семьи."),
    State.UNDER_REVIEW: N_("Решение пересматривают."),
    State.ANNULLED: N_("Приказ отменён."),
}
SHORT: Mapping[State, str] = {
    State.DRAFT: N_("черновик"),
    State.SUBMITTED: N_("подано"),
    State.REGISTERED: N_("зарегистрировано"),
    State.AWAITING_DOCUMENTS: N_("ждёт документов"),
    State.CHECKING: N_("проверка подлинности"),
    State.MATCHING: N_("сопоставление"),
    State.ASSESSING: N_("оценивание"),
    State.IN_COMMISSION: N_("на комиссии"),
    State.PROPOSED: N_("решение предложено"),
    State.ORDERED: N_("приказ издан"),
    State.REFUSED: N_("отказано"),
    State.NOTIFIED: N_("уведомлено"),
    State.PLAN_UPDATED: N_("план изменён"),
    State.CLOSED: N_("закрыто"),
    State.WITHDRAWN: N_("отозвано"),
    State.APPEALED: N_("обжалуется"),
    State.UNDER_REVIEW: N_("пересмотр"),
    State.ANNULLED: N_("отменено"),
}
NEXT: Mapping[State, str] = {
    State.DRAFT: N_("Проверьте черновик и подайте заявление."),
    State.SUBMITTED: N_("Секретарь школы присвоит заявлению номер."),
    State.REGISTERED: N_("Школа проверит подлинность значков."),
    State.AWAITING_DOCUMENTS: N_("Семья передаёт то, о чём попросила школа. Срок рассмотрения пока не идёт."),
    State.CHECKING: N_("Заместитель директора примет проверку, и результаты сопоставят с планом."),
    State.MATCHING: N_("Учитель проверит каждую строку, затем заявление пойдёт на комиссию."),
    State.ASSESSING: N_("Ученик показывает недостающие результаты, затем решает комиссия."),
    State.IN_COMMISSION: N_("Члены комиссии проголосуют, председатель подпишет протокол."),
    State.PROPOSED: N_("Решение подписывает директор."),
    State.ORDERED: N_("Школа сообщит семье о решении."),
    State.REFUSED: N_("Школа сообщит семье о решении."),
    State.NOTIFIED: N_("Школа изменит учебный план ученика."),
    State.PLAN_UPDATED: N_("Школа внесёт результат в журнал и личное дело и выдаст свой значок."),
    State.CLOSED: N_("Больше ничего делать не нужно."),
    State.WITHDRAWN: N_("Значки остались у ученика. Можно подать новое заявление."),
    State.APPEALED: N_("Ответит комиссия по урегулированию споров. До ответа решение действует."),
    State.UNDER_REVIEW: N_("Решит директор. До его решения приказ действует."),
    State.ANNULLED: N_("Эта часть плана снова открыта. Можно подать новое заявление."),
}
REFUSED_NEXT = N_("Семья может подать возражение. Если не подаст, дело закроется само.")
AGREEMENT_NEXT = N_("Нужно согласие семьи: комиссия предлагает меньше, чем вы просили.")
SUSPENDED = N_("Директор приостановил решение до ответа на возражение.")
LAPSED = N_("Дело закрыто без рассмотрения: документы не поступили в срок.")

DUES: Mapping[Due, str] = {
    Due.OVERDUE: N_("Просрочено"),
    Due.TODAY: N_("Сегодня"),
    Due.WEEK: N_("На этой неделе"),
    Due.LATER: N_("Позже"),
}
EXTENTS: Mapping[Extent, str] = {
    Extent.FULL: N_("Зачесть полностью"),
    Extent.PARTIAL: N_("Зачесть частично"),
    Extent.REFUSE: N_("Отказать в зачёте"),
}
DECIDED: Mapping[Extent, str] = {
    Extent.FULL: N_("Зачтено полностью"),
    Extent.PARTIAL: N_("Зачтено частично"),
    Extent.REFUSE: N_("Отказано в зачёте"),
}
WISHES: Mapping[Wish, str] = {
    Wish.FULL: N_("Зачесть всю часть плана"),
    Wish.PARTIAL: N_("Зачесть сколько получится"),
}
WISH_HELP: Mapping[Wish, str] = {
    Wish.FULL: N_("Если всё зачесть нельзя, школа сначала спросит вас."),
    Wish.PARTIAL: N_("Школа может зачесть отдельный раздел, остальное ученик изучит в классе."),
}
ITEMS: Mapping[ItemState, str] = {
    ItemState.OPEN: N_("изучается в школе"),
    ItemState.PART: N_("зачтено частично"),
    ItemState.CREDITED: N_("зачтено школой"),
}
MARKS: Mapping[str, str] = {
    NO_MARK: N_("зачтено, без отметки"),
    "3": N_("3 (удовлетворительно)"),
    "4": N_("4 (хорошо)"),
    "5": N_("5 (отлично)"),
}
PARTIES: Mapping[Party, str] = {
    Party.LEARNER: N_("ученик"),
    Party.ADULT_LEARNER: N_("ученик"),
    Party.GUARDIAN: N_("законный представитель"),
    Party.TUTOR: N_("тьютор или классный руководитель"),
    Party.SECRETARY: N_("делопроизводитель"),
    Party.DEPUTY: N_("заместитель директора"),
    Party.TEACHER: N_("учитель"),
    Party.COMMISSION: N_("член комиссии"),
    Party.CHAIR: N_("председатель комиссии"),
    Party.DIRECTOR: N_("директор"),
    Party.DISPUTES: N_("комиссия по урегулированию споров"),
    Party.SYSTEM: N_("программа"),
}
HAPPENED: Mapping[Event, str] = {
    Event.DRAFT: N_("Составлен черновик"),
    Event.REVISE: N_("Черновик изменён"),
    Event.CONFIRM: N_("Ученик согласился с заявлением"),
    Event.SUBMIT: N_("Заявление подано"),
    Event.REGISTER: N_("Заявление зарегистрировано"),
    Event.ASK_DOCUMENTS: N_("Школа попросила документы"),
    Event.SUPPLY: N_("Документы переданы школе"),
    Event.LAPSE: N_("Закрыто без рассмотрения"),
    Event.START_CHECK: N_("Значки проверены"),
    Event.RECHECK: N_("Значки проверены ещё раз"),
    Event.RECORD_PROOF: N_("Записано подтверждение"),
    Event.ACCEPT_CHECK: N_("Проверка принята"),
    Event.REJECT_CHECK: N_("По итогам проверки предложен отказ"),
    Event.AGREE_ASSESSMENT: N_("Семья согласилась на оценивание"),
    Event.SIGN_MATRIX: N_("Учитель подписал сопоставление"),
    Event.SEND_TO_COMMISSION: N_("Заявление направлено на комиссию"),
    Event.START_ASSESSMENT: N_("Назначено оценивание"),
    Event.FINISH_ASSESSMENT: N_("Записаны итоги оценивания"),
    Event.SEND_BACK: N_("Возвращено на сопоставление"),
    Event.VOTE: N_("Голос члена комиссии"),
    Event.CONCLUDE: N_("Комиссия подписала протокол"),
    Event.AGREE_PROPOSAL: N_("Семья согласилась с предложением"),
    Event.RETURN_PROPOSAL: N_("Директор вернул дело на повторную проверку"),
    Event.ORDER: N_("Подписан приказ о зачёте"),
    Event.REFUSE: N_("Подписан мотивированный отказ"),
    Event.NOTIFY: N_("Семья уведомлена"),
    Event.AMEND_PLAN: N_("Изменён учебный план"),
    Event.CLOSE: N_("Дело закрыто, школа выдаёт значок о зачёте"),
    Event.CLOSE_REFUSED: N_("Дело закрыто"),
    Event.WITHDRAW: N_("Семья отозвала заявление"),
    Event.OPINION: N_("Тьютор или классный руководитель написал мнение"),
    Event.APPEAL: N_("Подано возражение"),
    Event.SUSPEND: N_("Решение приостановлено"),
    Event.UPHOLD: N_("Возражение удовлетворено"),
    Event.REJECT_APPEAL: N_("Возражение отклонено"),
    Event.REVIEW: N_("Начат пересмотр"),
    Event.KEEP: N_("Приказ оставлен в силе"),
    Event.ANNUL: N_("Приказ отменён"),
}
CHANNELS: Mapping[str, str] = {
    "account": N_("В личном кабинете"),
    "hand": N_("Под подпись"),
    "mail": N_("Электронным письмом"),
    "post": N_("Заказным письмом"),
}
CAME: Mapping[str, str] = {
    "yes": N_("Ученик прошёл оценивание"),
    "absent": N_("Ученик не пришёл"),
    "declined": N_("Ученик отказался"),
}
NOT_SHOWN = "none"
LEVEL_CHOICES: Mapping[str, str] = {
    NOT_SHOWN: N_("не показан"),
    "1": N_("стартовый"),
    "2": N_("базовый"),
    "3": N_("продвинутый"),
}
QUESTIONS: Mapping[str, str] = {
    "G1": N_("Подпись верна?"),
    "G2": N_("Организация была в сети и с лицензией в день выдачи?"),
    "G3": N_("Не отозван и не приостановлен?"),
    "G4": N_("Выдан этому ученику?"),
    "G5": N_("Такой результат можно засчитывать?"),
    "G6": N_("По этой части плана ещё не засчитан?"),
    "G7": N_("Дата выдачи уже наступила?"),
}
CODES: Mapping[str, str] = {
    "": N_("Да."),
    "not-reached": N_("Не установлено: до этого вопроса проверка не дошла."),
    "paper": N_("Бумажный документ программа проверить не может: его проверяет человек."),
    "learner-other": N_("Нет: значок выдан на другой сетевой номер."),
    "state-final": N_("Нет: это государственная итоговая аттестация."),
    "not-for-credit": N_("Нет: организация выдала этот значок не для зачёта результатов."),
    "credited-before": N_("Нет: по этой части плана он уже зачтён."),
    "award-undated": N_("Не установлено: дата выдачи в значке не указана."),
    "award-later": N_("Нет: дата выдачи ещё не наступила."),
}
"""Answers of the school's own conditions; the codes of the verifier have their words in `verifier.words`."""
WAY_SUBMIT = N_("Заявление подано")
WAY_REGISTER = N_("Заявление зарегистрировано")
WAY_CHECK = N_("Подлинность проверена")
WAY_COMPARE = N_("Результаты сопоставлены с планом")
WAY_COMMISSION = N_("Комиссия предложила решение")
WAY_DECISION = N_("Директор подписал решение")
WAY_NOTICE = N_("Семья уведомлена")
WAY_PLAN = N_("Учебный план изменён")
WAY_CLOSE = N_("Школа выдала значок о зачёте")
NEEDED = N_("нужен уровень «{level}»")
SHOWN = N_("уровень «{level}»")
UNREADABLE = N_("Значок, подпись под которым не подтверждена")
NOT_CHECKED = N_("Ещё не проверен.")
COUNTS = N_("Принимается к сопоставлению.")
COUNTS_NOT = N_("К сопоставлению не принят.")
