"""Who may read notices, and who prints those of a school."""

from keys.actor import Bond, Right, Role

RIGHTS: tuple[Right, ...] = (
    Right("notices.read", Bond.SIGNED_IN),
    Right("notices.outbox", Bond.MEMBER, Role.SECRETARY),
)
