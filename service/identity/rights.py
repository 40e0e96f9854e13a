"""Who may sign in, see their own account, and use what the house itself offers."""

from keys.actor import Bond, Right, Role

RIGHTS: tuple[Right, ...] = (
    Right("public", Bond.ANYONE),
    Right("session.open", Bond.ANYONE),
    Right("session.close", Bond.ANYONE),
    Right("account.see", Bond.SIGNED_IN),
    Right("account.change", Bond.SIGNED_IN),
    Right("journal.read", Bond.MEMBER, Role.OPERATOR),
)
