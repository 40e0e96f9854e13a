"""What is said of the form of a file, its signature and the key."""

from schemas.errors import N_
from verifier.words.said import ASK_ISSUER, KEEP_FILE, NOT_FORGED, TRY_LATER, Words

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
