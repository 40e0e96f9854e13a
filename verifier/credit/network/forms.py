"""The forms of contracts: what their fields are called, and how they are read."""

from collections.abc import Mapping
from datetime import date

from schemas.errors import N_
from verifier.credit.errors import FieldMissing, FieldUnclear
from verifier.credit.filled import Filled, Value
from verifier.credit.network.contracts import Programme, Terms
from verifier.credit.network.tables import ContractRole

LABELS: Mapping[str, str] = {
    "title": N_("О чём договор"),
    "valid_from": N_("Действует с"),
    "valid_until": N_("Действует по"),
    "data_clause": N_("Условие о персональных данных"),
    "organisation": N_("Организация"),
    "role": N_("Роль в сетевой форме"),
    "provider": N_("Кто учит"),
    "code": N_("Код программы в значке"),
    "name": N_("Название программы"),
    "hours": N_("Часов по договору"),
    "target": N_("Часть учебного плана"),
    "number": N_("Номер договора"),
    "signed_on": N_("Дата подписания"),
    "ended_on": N_("С какого дня не действует"),
    "reason": N_("Причина"),
    "item": N_("Ученик и часть плана"),
    "badge": N_("Файл значка"),
}
ROLES: Mapping[ContractRole, str] = {
    ContractRole.BASE: N_("базовая организация"),
    ContractRole.PARTICIPANT: N_("организация-участник"),
    ContractRole.RESOURCE: N_("организация, обладающая ресурсами"),
}
MOST_HOURS = 2_000
LONGEST_LINE = 300


def filled(values: Mapping[str, Value]) -> Filled:
    """The form with the names of its fields."""
    return Filled(values, LABELS)


def terms(form: Filled) -> Terms:
    """What a contract says as a whole."""
    return Terms(
        title=line(form, "title"),
        valid_from=day(form, "valid_from"),
        valid_until=day(form, "valid_until"),
        data_clause=form.needed("data_clause"),
    )


def programme(form: Filled) -> Programme:
    """What a party teaches; `target` is "component" or "component:part"."""
    component, _, part = form.needed("target").partition(":")
    hours = form.number("hours")
    if not hours or hours > MOST_HOURS:
        raise _unclear("hours")
    return Programme(
        provider=form.needed("provider"),
        code=line(form, "code"),
        title=line(form, "name"),
        hours=hours,
        component=component,
        part=part,
    )


def role(form: Filled) -> ContractRole:
    """What a party is."""
    try:
        return ContractRole(form.needed("role"))
    except ValueError:
        raise _unclear("role") from None


def line(form: Filled, name: str) -> str:
    """A short text that must be there."""
    text = form.needed(name)
    if len(text) > LONGEST_LINE:
        raise _unclear(name)
    return text


def day(form: Filled, name: str) -> date:
    """A day that must be there."""
    found = form.day(name)
    if found is None:
        raise FieldMissing(pointer=f"/{name}", label=LABELS[name])
    return found


def _unclear(name: str) -> FieldUnclear:
    return FieldUnclear(pointer=f"/{name}", label=LABELS[name])
