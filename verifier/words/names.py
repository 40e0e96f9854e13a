"""What verdicts, relations and identities are called."""

from schemas.errors import N_

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
