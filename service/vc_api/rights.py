"""What programs may do, each act by its scope; and who gives a program its token: the organisation's administrator."""

from keys.actor import Bond, Right, Role

RIGHTS: tuple[Right, ...] = (
    *(Right(f"program.{act}", Bond.PROGRAM) for act in ("issue", "verify", "status")),
    Right("token.read", Bond.MEMBER, Role.MANAGER),
    *(Right(f"token.{act}", Bond.MEMBER, Role.MANAGER, decides=True) for act in ("make", "withdraw")),
)
