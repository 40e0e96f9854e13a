"""Every answer of every check in plain words: what it says, what it does not say, what to do next.

Keys are the codes that the verifier gives, those of `keys.errors` for proofs, and those of `schemas.refusals`. Parameters in
braces are names and dates that are safe to show to a stranger; those ending in `_at` are moments.
"""

from typing import NamedTuple

from schemas.errors import N_

KEEP_FILE = N_("Попросите владельца показать исходный файл.")
ASK_ISSUER = N_("Спросите организацию, которая указана в значке.")
TRY_LATER = N_("Попробуйте позже или спросите организацию.")
NOT_FORGED = N_("Это не значит, что значок поддельный.")


class Words(NamedTuple):
    """What one code says; `but` names the wrong conclusion a reader might draw."""

    says: str
    but: str = ""
    next: str = ""


UNREADABLE_RULES = Words(
    N_("Файл составлен не по правилам цифровых значков, поэтому проверить подпись под ним нельзя."),
    next=KEEP_FILE,
)

FORMAT: dict[str, Words] = {
    "format-ok": Words(N_("Файл составлен по правилам, лишних полей в нём нет.")),
    "undefined-term": Words(
        N_("В файле есть поле, которого нет в правилах цифровых значков: его могли дописать после подписания."),
        next=KEEP_FILE,
    ),
    "undefined-type": Words(N_("В файле указан вид, которого нет в правилах цифровых значков."), next=KEEP_FILE),
    "relative-iri": Words(N_("В файле есть неполный адрес: по нему нельзя понять, о чём речь."), next=KEEP_FILE),
    "malformed-iri": Words(N_("В файле есть адрес, записанный с ошибкой."), next=KEEP_FILE),
    "context-unknown": Words(N_("Файл опирается на незнакомый словарь, его полям нельзя доверять."), next=KEEP_FILE),
    "context-inline": Words(N_("Файл приносит собственный словарь и мог дать словам другой смысл."), next=KEEP_FILE),
    "context-order": Words(N_("Словари в файле стоят не в том порядке и могли поменять смысл полей."), next=KEEP_FILE),
    "context-misplaced": Words(
        N_("Внутри файла спрятан ещё один словарь, который мог поменять смысл полей."), next=KEEP_FILE
    ),
    "context-missing": Words(
        N_("Файл не назван цифровым свидетельством: нужный словарь в нём не указан."), next=KEEP_FILE
    ),
    "context-refused": Words(N_("Файл опирается на словарь, который проверка не принимает."), next=KEEP_FILE),
    "redefinition": Words(N_("Файл пытается дать словам правил другой смысл."), next=KEEP_FILE),
    "duplicate-key": Words(N_("Одно поле записано в файле дважды, и его можно понять по-разному."), next=KEEP_FILE),
    "poison-graph": Words(
        N_("Файл устроен так, что его проверка никогда не закончится. Такие файлы делают, чтобы помешать работе."),
        next=N_("Не принимайте этот файл."),
    ),
    "too-deep": Words(N_("Файл устроен слишком сложно для цифрового значка."), next=KEEP_FILE),
    "too-complex": Words(N_("Файл устроен слишком сложно для цифрового значка."), next=KEEP_FILE),
    "unreadable": Words(N_("Нужные сведения в файле не указаны или записаны с ошибкой."), next=KEEP_FILE),
    "bad-timestamp": Words(N_("Дата в файле записана с ошибкой."), next=KEEP_FILE),
}

PROOF: dict[str, Words] = {
    "signature-holds": Words(N_("Подпись верна: после подписания в файле ничего не изменили.")),
    "proof-signature": Words(N_("Содержание изменено после подписания или подпись подставлена."), next=KEEP_FILE),
    "proof-missing": Words(N_("Под файлом нет подписи, его мог составить кто угодно."), next=KEEP_FILE),
    "proof-foreign": Words(N_("Файл подписала не та организация, которая в нём указана."), next=ASK_ISSUER),
    "proof-purpose": Words(N_("Подпись сделана для другой цели и значок не подтверждает."), next=KEEP_FILE),
    "proof-malformed": Words(N_("Подпись записана с ошибкой, прочитать её нельзя."), next=KEEP_FILE),
    "proof-too-many": Words(N_("Подписей под файлом слишком много, чтобы их проверить."), next=KEEP_FILE),
    "proof-expired": Words(N_("Срок действия самой подписи закончился."), next=ASK_ISSUER),
    "proof-created": Words(N_("Подпись помечена временем, которое ещё не наступило."), next=ASK_ISSUER),
    "proof-context": Words(N_("Словари в файле не те, под которыми его подписали."), next=KEEP_FILE),
    "proof-key-weak": Words(N_("Подписано ключом, под которым может подписаться кто угодно."), next=ASK_ISSUER),
    "proof-previous": Words(
        N_("Подпись опирается на другую подпись под файлом, а та не подтвердилась."), next=KEEP_FILE
    ),
    "proof-previous-unread": Words(
        N_("Подпись опирается на другую подпись под файлом, а проверить ту здесь нельзя."), NOT_FORGED, ASK_ISSUER
    ),
    "proof-base": Words(
        N_("Это исходник значка для самого владельца: показывать его целиком нельзя."),
        NOT_FORGED,
        N_("Попросите владельца показать отобранную часть значка."),
    ),
    "proof-suite": Words(
        N_("Подпись сделана способом, который здесь не умеют проверять."),
        NOT_FORGED,
        N_("Проверьте значок там, где его выдали."),
    ),
}

_BY_FORM = N_("Подпись под этим текстом составлена не по правилам, прочитать её нельзя.")
_IN_PARTS = N_("Части значка, которые владелец показал отдельно, не сходятся с тем, что подписала организация.")

TOKENS: dict[str, Words] = {
    "token-holds": Words(
        N_("Подпись верна: значок передан подписанным текстом ({suite}), после подписания в нём ничего не изменили.")
    ),
    "token": Words(_BY_FORM, next=KEEP_FILE),
    "jws-malformed": Words(N_("Текст значка повреждён или скопирован не целиком."), next=KEEP_FILE),
    "jws-too-large": Words(N_("Текст слишком длинный для цифрового значка."), next=KEEP_FILE),
    "jws-header": Words(_BY_FORM, next=KEEP_FILE),
    "jws-alg-none": Words(N_("Под текстом нет подписи, его мог составить кто угодно."), next=KEEP_FILE),
    "jws-alg-symmetric": Words(
        N_("Такую подпись может поставить любой, кто умеет её проверять: она ничего не доказывает."), next=KEEP_FILE
    ),
    "jws-alg-unknown": Words(N_("Подпись сделана способом, который здесь не принимают."), next=ASK_ISSUER),
    "jws-alg-key": Words(N_("Подпись названа не тем способом, для которого сделан ключ организации."), next=KEEP_FILE),
    "jws-crit": Words(
        N_("Подпись требует особых правил проверки, которых здесь нет; без них ей нельзя верить."), next=ASK_ISSUER
    ),
    "jws-b64": Words(N_("Подписано не то содержание, которое видно в файле."), next=KEEP_FILE),
    "jws-key": Words(N_("Файл сам приносит ключ для своей проверки: так подписать может кто угодно."), next=KEEP_FILE),
    "jws-header-member": Words(
        N_("В подписи есть лишнее поле, которого в значках этого вида не бывает."), next=KEEP_FILE
    ),
    "jwt-typ": Words(N_("Это подписанный текст другого вида, за значок его выдать нельзя."), next=KEEP_FILE),
    "jwt-claim": Words(N_("Подпись говорит одно, а сам значок другое."), next=ASK_ISSUER),
    "jwt-claim-missing": Words(
        N_("В подписи нет сведений, которые значки этого вида обязаны содержать."), next=ASK_ISSUER
    ),
    "jwt-vc-claim": Words(
        N_("Значок вложен в подписанный текст по правилам, которые больше не действуют."), next=ASK_ISSUER
    ),
    "envelope": Words(N_("В обёртке нет значка, или к ней добавили то, чего никто не подписывал."), next=KEEP_FILE),
    "envelope-unknown": Words(
        N_("Значок завёрнут способом, который здесь не умеют читать."),
        NOT_FORGED,
        N_("Проверьте значок там, где его выдали."),
    ),
    "sd-malformed": Words(_IN_PARTS, next=KEEP_FILE),
    "sd-twice": Words(_IN_PARTS, next=KEEP_FILE),
    "sd-foreign": Words(N_("К значку добавили сведения, которых организация не подписывала."), next=KEEP_FILE),
    "sd-reserved": Words(_IN_PARTS, next=KEEP_FILE),
    "sd-alg": Words(N_("Скрытые части значка защищены способом, который здесь не принимают."), next=ASK_ISSUER),
    "kb-wrong": Words(N_("Подпись владельца под показанными частями неверна."), next=KEEP_FILE),
    "kb-missing": Words(N_("Подписи владельца нет: показать значок мог и посторонний."), next=KEEP_FILE),
}

KEY: dict[str, Words] = {
    "key-unnamed": Words(
        N_("В подписи не сказано, каким из ключей организации она сделана."),
        NOT_FORGED,
        N_("Проверьте значок там, где его выдали."),
    ),
    "key-of-issuer": Words(N_("Ключ подписи принадлежит этой организации.")),
    "key-retired-later": Words(
        N_("Подписано ключом, который тогда действовал; позже, {until_at}, организация сменила его в обычном порядке.")
    ),
    "key-compromised-later": Words(
        N_("Ключ организации позже попал в чужие руки, но этот значок точно выдан раньше: его дата подтверждена сетью.")
    ),
    "key-not-listed": Words(N_("Организация не называла этот ключ своим ключом для значков."), next=ASK_ISSUER),
    "key-controller": Words(N_("Сведения о ключе противоречат друг другу: чей он, понять нельзя."), next=ASK_ISSUER),
    "key-too-early": Words(N_("Подписано раньше, чем этот ключ начал действовать."), next=ASK_ISSUER),
    "key-outdated": Words(N_("Подписано ключом, который к тому времени уже не действовал."), next=ASK_ISSUER),
    "key-compromised": Words(
        N_("Подписано ключом, который уже был в чужих руках. Организация за такой значок не отвечает."),
        next=ASK_ISSUER,
    ),
    "key-compromise-undated": Words(
        N_("Ключ организации побывал в чужих руках, а независимого подтверждения, что значок выдан раньше, нет."),
        NOT_FORGED,
        N_("Попросите организацию выдать значок заново."),
    ),
    "key-unreachable": Words(
        N_("Ключ организации сейчас недоступен, сверить подпись не с чем."), NOT_FORGED, TRY_LATER
    ),
    "key-unreadable": Words(
        N_("Сведения о ключе организации получены, но прочитать их нельзя."), NOT_FORGED, TRY_LATER
    ),
    "key-history-missing": Words(
        N_("Сейчас организация этим ключом не подписывает, а список прежних ключей сети недоступен."),
        NOT_FORGED,
        TRY_LATER,
    ),
    "key-method-unknown": Words(
        N_("Организация указала свой ключ способом, который здесь не умеют читать."),
        NOT_FORGED,
        N_("Проверьте значок там, где его выдали."),
    ),
}

MEMBERSHIP: dict[str, Words] = {
    "member-trusted": Words(N_("На дату выдачи организация состояла в сети: {organisation}.")),
    "member-left-later": Words(
        N_(
            "На дату выдачи организация состояла в сети: {organisation}. Она вышла {left_at}, но выданное раньше действует."
        )
    ),
    "member-left-before": Words(
        N_("Организация вышла из сети {left_at}, раньше даты выдачи: права выдавать значки сети у неё уже не было."),
        next=ASK_ISSUER,
    ),
    "member-not-yet": Words(
        N_("На дату выдачи организация ещё не состояла в сети, за тот её значок сеть не отвечает."),
        NOT_FORGED,
        N_("Решите сами, доверяете ли вы этой организации."),
    ),
    "member-unknown": Words(
        N_("Организации нет в списке сети, поэтому неизвестно, кто за ней стоит."),
        NOT_FORGED,
        N_("Решите сами, доверяете ли вы этой организации, или спросите её напрямую."),
    ),
    "date-missing": Words(
        N_("В значке не указано, когда его выдали, поэтому не проверить, имела ли организация на это право."),
        NOT_FORGED,
        ASK_ISSUER,
    ),
    "date-unwitnessed": Words(
        N_("Организация вышла из сети {left_at}, а дату выдачи подтверждает только она сама."),
        NOT_FORGED,
        N_("Спросите центр персонализации сети, нет ли у него других подтверждений даты."),
    ),
    "trust-missing": Words(N_("Список организаций сети сейчас недоступен."), NOT_FORGED, TRY_LATER),
    "trust-broken": Words(
        N_("Список организаций сети получен, но его подпись не сходится с ключом сети."), NOT_FORGED, TRY_LATER
    ),
    "trust-stale": Words(N_("Список организаций сети устарел {until_at}, нового пока нет."), NOT_FORGED, TRY_LATER),
    "trust-rolled-back": Words(N_("Вместо нового списка организаций сети получен старый."), NOT_FORGED, TRY_LATER),
}

REMARKS: dict[str, Words] = {
    "licensed": Words(N_("На дату выдачи у организации была образовательная лицензия {licence}.")),
    "unlicensed": Words(
        N_("Образовательной лицензии у организации на дату выдачи нет."),
        N_("Значок подлинный, но зачесть такой результат школа не сможет."),
    ),
    "licence-unknown": Words(N_("Есть ли у организации образовательная лицензия, неизвестно.")),
    "date-deposited": Words(
        N_("Дату выдачи подтверждает сеть: она хранит контрольный отпечаток этого значка с {witnessed_at}.")
    ),
    "date-seen": Words(N_("Дату выдачи подтверждает участник сети: он видел этот значок {witnessed_at}.")),
    "date-own-statement": Words(N_("Дату выдачи подтверждает только сама организация.")),
    "deposits-unreachable": Words(
        N_("Независимого подтверждения даты выдачи сейчас не получить: записи сети недоступны.")
    ),
    "kind-badge": Words(N_("Это цифровой значок о достижении.")),
    "kind-status-list": Words(
        N_("Это не значок, а список отзыва организации."), next=N_("Чтобы проверить значок, выберите его файл.")
    ),
    "kind-endorsement": Words(
        N_("Это не значок, а рекомендация: одна сторона ручается за другую или за её значок."),
        next=N_("Чтобы проверить значок, выберите его файл."),
    ),
    "kind-collection": Words(
        N_(
            "Это собрание документов об обучении: подписано собрание целиком, а каждый документ в нём проверен отдельно."
        )
    ),
    "recipient-same": Words(N_("Значок выдан тому, кого вы назвали.")),
    "recipient-other": Words(
        N_("Указанных вами почты, телефона или номера в значке нет."),
        N_("Это не значит, что значок чужой: его могли выдать на другую почту или номер."),
    ),
    "model-older": Words(
        N_("Файл составлен по прежнему образцу цифровых свидетельств (1.1). Подпись и даты проверены так же строго.")
    ),
    "kind-other": Words(N_("Это подписанный документ, но не цифровой значок о достижении.")),
    "shown-in-part": Words(
        N_("Показана часть значка, остальное владелец оставил при себе."),
        N_("Показанное подписала организация; есть ли у значка срок или другие условия, по этой части не узнать."),
        N_("Если нужен весь значок, попросите владельца показать его целиком."),
    ),
    "proofs-unread": Words(N_("Под файлом есть и другие подписи; здесь они не проверяются и ничего не доказывают.")),
    "contents-closed": Words(N_("Внутри собрания лежит ещё одно собрание; его содержимое не проверялось.")),
}

ENDORSEMENTS: dict[str, Words] = {
    "endorsements-hold": Words(N_("В файл вложены рекомендации других сторон, все действуют: {all}.")),
    "endorsements-partly": Words(
        N_("В файл вложены рекомендации других сторон, из них подтверждено {held} (всего {all})."),
        N_("На самом значке это не сказывается: просто не полагайтесь на остальные рекомендации."),
    ),
    "endorsements-many": Words(N_("Рекомендаций в файле слишком много, проверены только первые.")),
    "endorsement-forged": Words(
        N_("Организация вложила в значок рекомендацию, которую названная в ней сторона не подписывала."),
        next=ASK_ISSUER,
    ),
    "endorsement-target": Words(
        N_("Эта рекомендация дана не тому, к чему её приложили."), next=N_("Не принимайте её во внимание.")
    ),
}

STATUS: dict[str, Words] = {
    "status-clear": Words(N_("Значок не отозван и не приостановлен.")),
    "status-not-shown": Words(
        N_("Показана часть значка без сведений об отзыве, поэтому неизвестно, действует ли он ещё."),
        NOT_FORGED,
        N_("Попросите владельца показать значок вместе со сведениями об отзыве."),
    ),
    "status-none": Words(N_("Организация выдала значок без права отзыва, поэтому отозвать его нельзя.")),
    "status-unlisted": Words(
        N_("Среди отозванных этого значка нет: так отвечает страница организации, указанная в самом значке.")
    ),
    "status-message": Words(N_("Организация сообщает о состоянии значка: «{message}».")),
    "status-refresh": Words(
        N_("Организация выпустила новую версию этого значка; эта остаётся действительной."),
        next=N_("Попросите владельца показать новую версию."),
    ),
    "status-current": Words(N_("Новой версии этого значка организация не выпускала.")),
    "revoked": Words(
        N_("Организация отозвала этот значок."),
        N_("Подпись при этом настоящая: значок был выдан, но больше не действует."),
        ASK_ISSUER,
    ),
    "suspended": Words(
        N_("Организация приостановила этот значок."),
        N_("Это не отзыв: приостановку могут снять."),
        ASK_ISSUER,
    ),
    "status-unreachable": Words(
        N_("Список отзыва организации сейчас недоступен, и неизвестно, действует ли ещё значок."), NOT_FORGED, TRY_LATER
    ),
    "status-unreachable-since": Words(
        N_(
            "Список отзыва организации недоступен, последний раз его видели {since_at}. Действует ли значок сейчас, неизвестно."
        ),
        NOT_FORGED,
        TRY_LATER,
    ),
    "status-stale": Words(N_("Список отзыва организации устарел {since_at}, нового пока нет."), NOT_FORGED, TRY_LATER),
    "status-rolled-back": Words(N_("Вместо нового списка отзыва организации получен старый."), NOT_FORGED, TRY_LATER),
    "status-early": Words(N_("Список отзыва помечен временем, которое ещё не наступило."), NOT_FORGED, TRY_LATER),
    "status-malformed": Words(N_("Список отзыва получен, но прочитать его нельзя."), NOT_FORGED, TRY_LATER),
    "status-unsigned": Words(N_("Список отзыва получен, но его подпись неверна."), NOT_FORGED, TRY_LATER),
    "status-foreign": Words(N_("Список отзыва ведёт не та организация, что выдала значок."), NOT_FORGED, ASK_ISSUER),
    "status-misplaced": Words(N_("По адресу списка отзыва лежит другой список."), NOT_FORGED, TRY_LATER),
    "status-purpose": Words(N_("Список по указанному адресу ведут для другой цели."), NOT_FORGED, ASK_ISSUER),
    "status-list-length": Words(N_("Список отзыва короче, чем требуют правила."), NOT_FORGED, ASK_ISSUER),
    "status-range": Words(N_("Места этого значка в списке отзыва нет."), NOT_FORGED, ASK_ISSUER),
    "status-loop": Words(N_("Список отзыва сам ссылается на другой список отзыва."), NOT_FORGED, ASK_ISSUER),
    "status-entry": Words(N_("Сведения об отзыве записаны в значке с ошибкой."), NOT_FORGED, ASK_ISSUER),
    "status-unsupported": Words(
        N_("Отзыв ведётся способом, который здесь не умеют проверять."), NOT_FORGED, ASK_ISSUER
    ),
}

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

WORDS: dict[str, Words] = {
    **FORMAT,
    **PROOF,
    **TOKENS,
    **KEY,
    **MEMBERSHIP,
    **REMARKS,
    **ENDORSEMENTS,
    **STATUS,
    **CONTENT,
    **LEGACY,
    **POSSESSION,
}
"""Code → words, for every code there is."""

TITLES: dict[str, str] = {
    "valid": N_("Подлинный"),
    "invalid": N_("Недействителен"),
    "cannot_tell": N_("Проверить не удалось"),
}

RELATIONS: dict[str, str] = {
    "exactMatchOf": N_("то же, что"),
    "isChildOf": N_("относится к"),
    "isParentOf": N_("объединяет"),
    "isPartOf": N_("входит в"),
    "isPeerOf": N_("наравне с"),
    "isRelatedTo": N_("связано с"),
    "precedes": N_("предшествует"),
    "replacedBy": N_("заменено на"),
}
"""How one thing in a record stands to another."""

IDENTITIES: dict[str, str] = {
    "ext:networkNumber": N_("сетевой номер"),
    "emailAddress": N_("электронная почта"),
    "name": N_("имя"),
    "nationalIdentityNumber": N_("государственный номер"),
    "phone": N_("телефон"),
    "": N_("другое обозначение"),
}
"""How an owner may be named (OB 3.0 IdentifierTypeEnum); other kinds count as the last one."""
