"""Who may sign in, see their own account, and use what the house itself offers."""

from keys.actor import Bond, Right, Role

RIGHTS: tuple[Right, ...] = (
    Right("public", Bond.ANYONE),
    Right("session.open", Bond.ANYONE),
    Right("session.close", Bond.ANYONE),
    Right("account.see", Bond.SIGNED_IN),
    Right("account.change", Bond.SIGNED_IN),
    *(Right("roll.read", Bond.MEMBER, role) for role in (Role.SECRETARY, Role.DEPUTY, Role.DIRECTOR)),
    Right("roll.change", Bond.MEMBER, Role.SECRETARY),
    *(Right("members.read", Bond.MEMBER, role) for role in (Role.MANAGER, Role.DIRECTOR)),
    Right("members.change", Bond.MEMBER, Role.MANAGER),
    *(Right("members.agree", Bond.MEMBER, role, decides=True) for role in (Role.MANAGER, Role.DIRECTOR)),
    *(
        Right("members.substitutes", Bond.MEMBER, role)
        for role in (Role.MANAGER, Role.DIRECTOR, Role.DEPUTY, Role.SECRETARY)
    ),
    *(Right("members.substitute", Bond.MEMBER, role, decides=True) for role in (Role.MANAGER, Role.DIRECTOR)),
    *(Right("consent.settle", Bond.MEMBER, role, decides=True) for role in (Role.DEPUTY, Role.DIRECTOR)),
    Right("consent.record", Bond.MEMBER, Role.SECRETARY, decides=True),
    Right("retention.read", Bond.SIGNED_IN),
    Right("retention.change", Bond.MEMBER, Role.OPERATOR, decides=True),
    Right("slip.give", Bond.GUARDIAN),
    Right("person.answer", Bond.SELF),
    Right("person.answer", Bond.GUARDIAN),
    Right("journal.read", Bond.MEMBER, Role.OPERATOR),
)
