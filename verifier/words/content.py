"""What is said of the content, of badges of the old kind, and of who shows them."""

from schemas.errors import N_
from verifier.words.said import ASK_ISSUER, KEEP_FILE, NOT_FORGED, TRY_LATER, Words

CONTENT: dict[str, Words] = {
    "schema-ok": Words(N_("Все обязательные сведения о достижении на месте.")),
    "schema-part-ok": Words(N_("Показанные сведения о достижении записаны по правилам.")),
    "schema": Words(
        N_("Сведения о достижении записаны не по правилам цифровых значков."),
        N_("Подпись при этом настоящая: ошиблась сама организация."),
        ASK_ISSUER,
    ),
    "schema-none": Words(N_("Для документов этого вида состав полей здесь не проверяется.")),
    "schema-older": Words(N_("Состав полей у документов прежнего образца здесь не проверяется.")),
    "dates-ok": Words(N_("Значок действует.")),
    "not-yet-valid": Words(N_("Значок начнёт действовать {from_at}."), next=N_("Проверьте его снова после этой даты.")),
    "expired": Words(
        N_("Срок действия значка закончился {until_at}."),
        N_("Подпись при этом настоящая: до этого дня значок действовал."),
        ASK_ISSUER,
    ),
    "dates-reversed": Words(N_("Срок действия значка заканчивается раньше, чем начинается."), next=ASK_ISSUER),
}

LEGACY: dict[str, Words] = {
    "legacy-format": Words(N_("Это значок прежнего стандарта, Open Badges 2.0; все нужные сведения в нём есть.")),
    "legacy-hosted": Words(N_("Страница значка на сайте {host} слово в слово подтверждает этот файл.")),
    "legacy-signed": Words(N_("Подпись верна: ключ опубликован на сайте {host}.")),
    "legacy-current": Words(N_("Страница значка не сообщает, что он отозван.")),
    "legacy-confirmed": Words(
        N_("Open Badges 2.0, подтверждается страницей выдавшей организации: {host}."),
        N_("Сеть за такие значки не отвечает и не знает, кто стоит за этим сайтом."),
        N_("Решите сами, доверяете ли вы этой организации, или спросите её напрямую."),
    ),
    "legacy-unreachable": Words(
        N_("Страница, которая должна подтвердить этот значок, сейчас недоступна."), NOT_FORGED, TRY_LATER
    ),
    "legacy-page": Words(
        N_("Страница, которая должна подтвердить этот значок, получена, но прочитать её нельзя."), NOT_FORGED, TRY_LATER
    ),
    "legacy-address": Words(
        N_("В значке нет адреса страницы, которая могла бы его подтвердить."), NOT_FORGED, ASK_ISSUER
    ),
    "legacy-misplaced": Words(N_("По адресу, указанному в значке, лежит другой документ."), next=ASK_ISSUER),
    "legacy-changed": Words(
        N_("Страница организации говорит не то, что этот файл: его изменили или он устарел."), next=KEEP_FILE
    ),
    "legacy-foreign": Words(
        N_("Значок лежит не на сайте организации, которая в нём указана: его мог составить кто угодно."),
        next=ASK_ISSUER,
    ),
}

POSSESSION: dict[str, Words] = {
    "possession-shown": Words(N_("Тот, кто показывает значки, владеет кошельком: его подпись верна.")),
    "possession-missing": Words(N_("Подписи владельца кошелька нет: показать значки мог и посторонний.")),
    "possession-broken": Words(
        N_("Подпись владельца кошелька неверна: набор значков изменён или показывает посторонний.")
    ),
    "possession-foreign": Words(N_("Набор подписан не тем кошельком, который в нём указан.")),
    "possession-purpose": Words(N_("Подпись владельца сделана для другой цели.")),
    "possession-unknown": Words(N_("Кошелёк подписал набор способом, который здесь не умеют проверять.")),
    "proof-domain": Words(N_("Набор значков подписан для другого получателя.")),
    "proof-challenge": Words(N_("Набор значков подписан в ответ на другой запрос.")),
    "presentation-old": Words(N_("Подпись под набором сделана слишком давно.")),
}
