"""Who may award, see and revoke: the staff of the organisation whose badge it is."""

from keys.actor import Bond, Right, Role

_STAFF = (Role.AWARDER, Role.MANAGER)

RIGHTS: tuple[Right, ...] = (
    *(Right("issuer.desk", Bond.MEMBER, role) for role in _STAFF),
    Right("award.make", Bond.MEMBER, Role.AWARDER),
    *(Right("award.read", Bond.MEMBER, role) for role in _STAFF),
    *(
        Right(f"award.{act}", Bond.MEMBER, role, decides=True)
        for act in ("suspend", "lift", "correct", "revoke")
        for role in _STAFF
    ),
)
