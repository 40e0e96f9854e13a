"""What roles are called."""

from collections.abc import Callable, Iterable

from keys.actor import Role
from schemas.errors import N_
from service.identity.tables import Basis

BASES: dict[Basis, str] = {
    Basis.PARENT: N_("родитель или усыновитель"),
    Basis.GUARDIAN: N_("опекун"),
    Basis.TRUSTEE: N_("попечитель"),
}

ROLES: dict[Role, str] = {
    Role.AWARDER: N_("вручает значки"),
    Role.MANAGER: N_("отвечает за участие в сети"),
    Role.SECRETARY: N_("делопроизводитель"),
    Role.DEPUTY: N_("заместитель директора"),
    Role.DIRECTOR: N_("директор"),
    Role.TEACHER: N_("учитель"),
    Role.CLASS_TEACHER: N_("классный руководитель"),
    Role.TUTOR: N_("тьютор"),
    Role.COMMISSION: N_("член комиссии по зачёту результатов"),
    Role.CHAIR: N_("председатель комиссии по зачёту результатов"),
    Role.DISPUTES: N_("член комиссии по урегулированию споров"),
    Role.OPERATOR: N_("ведёт реестр доверия сети"),
    Role.NETWORK_MANAGER: N_("сетевой менеджер"),
    Role.AUTHORITY: N_("специалист управления образования"),
    Role.READER: N_("принимает портфолио"),
}


def listed(roles: Iterable[Role], translate: Callable[[str], str]) -> str:
    """Several roles in one line, always in the same order."""
    return ", ".join(translate(ROLES[role]) for role in sorted(roles))
