"""Who may award, see and revoke: the staff of the organisation whose badge it is."""

from keys.actor import Bond, Right, Role

_STAFF = (Role.AWARDER, Role.MANAGER)

RIGHTS: tuple[Right, ...] = (
    *(Right("issuer.desk", Bond.MEMBER, role) for role in _STAFF),
    *(Right("catalogue.read", Bond.MEMBER, role) for role in _STAFF),
    *(Right("catalogue.write", Bond.MEMBER, role) for role in _STAFF),
    *(Right("catalogue.review", Bond.MEMBER, role, decides=True) for role in _STAFF),
    *(Right(f"catalogue.{act}", Bond.MEMBER, Role.MANAGER, decides=True) for act in ("publish", "retire", "settle")),
    *(Right(f"path.{act}", Bond.MEMBER, role) for act in ("read", "write") for role in _STAFF),
    Right("path.publish", Bond.MEMBER, Role.MANAGER, decides=True),
    *(
        Right(f"endorsement.{act}", Bond.MEMBER, role, decides=act == "settle")
        for act in ("read", "settle")
        for role in (Role.MANAGER, Role.AUTHORITY, Role.NETWORK_MANAGER)
    ),
    Right("award.make", Bond.MEMBER, Role.AWARDER),
    *(Right("award.read", Bond.MEMBER, role) for role in _STAFF),
    Right("batch.make", Bond.MEMBER, Role.AWARDER),
    *(Right("batch.read", Bond.MEMBER, role) for role in _STAFF),
    *(Right("batch.steer", Bond.MEMBER, role) for role in _STAFF),
    *(Right("batch.approve", Bond.MEMBER, role, decides=True) for role in _STAFF),
    Right("batch.settle", Bond.MEMBER, Role.MANAGER, decides=True),
    *(Right("award.asked", Bond.MEMBER, role, decides=True) for role in _STAFF),
    *(Right("award.offer", Bond.MEMBER, role) for role in _STAFF),
    Right("offer.see", Bond.ANYONE),
    *(Right("offer.claim", bond) for bond in (Bond.SELF, Bond.GUARDIAN)),
    *(
        Right(f"award.{act}", Bond.MEMBER, role, decides=True)
        for act in ("suspend", "lift", "correct", "revoke")
        for role in _STAFF
    ),
)
