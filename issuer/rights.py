"""Who may award, see and revoke: the staff of the organisation whose badge it is."""

from keys.actor import Bond, Right, Role

_STAFF = (Role.AWARDER, Role.MANAGER)

RIGHTS: tuple[Right, ...] = (
    *(Right("issuer.desk", Bond.MEMBER, role) for role in _STAFF),
    Right("award.make", Bond.MEMBER, Role.AWARDER),
    *(Right("award.read", Bond.MEMBER, role) for role in _STAFF),
    Right("batch.make", Bond.MEMBER, Role.AWARDER),
    *(Right("batch.read", Bond.MEMBER, role) for role in _STAFF),
    *(Right("batch.steer", Bond.MEMBER, role) for role in _STAFF),
    *(Right("batch.approve", Bond.MEMBER, role, decides=True) for role in _STAFF),
    Right("batch.settle", Bond.MEMBER, Role.MANAGER, decides=True),
    Right("offer.see", Bond.ANYONE),
    *(Right("offer.claim", bond) for bond in (Bond.SELF, Bond.GUARDIAN)),
    *(
        Right(f"award.{act}", Bond.MEMBER, role, decides=True)
        for act in ("suspend", "lift", "correct", "revoke")
        for role in _STAFF
    ),
)
