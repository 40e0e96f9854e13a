"""Who may see and change what this package keeps."""

from keys.actor import Bond, Right, Role

RIGHTS: tuple[Right, ...] = (
    Right("public", Bond.ANYONE),
    Right("organisation.apply", Bond.SIGNED_IN, decides=True),
    Right("organisation.read", Bond.MEMBER, Role.OPERATOR),
    Right("organisation.register", Bond.MEMBER, Role.OPERATOR, decides=True),
    Right("organisation.leave", Bond.MEMBER, Role.OPERATOR, decides=True),
    Right("trust.publish", Bond.MEMBER, Role.OPERATOR),
    Right("framework.publish", Bond.MEMBER, Role.OPERATOR, decides=True),
    *(Right(f"key.{act}", Bond.MEMBER, Role.MANAGER) for act in ("read", "announce", "rotate", "retire")),
    Right("key.compromise", Bond.MEMBER, Role.MANAGER),
    Right("key.compromise", Bond.MEMBER, Role.OPERATOR),
)
