"""Who may do what in a wallet. Private is the rule: the learner and, until 18, their guardians; strangers only through a share."""

from keys.actor import Bond, Right, Role

_FAMILY = (Bond.SELF, Bond.GUARDIAN)
_WHO_DECIDES = (Bond.SELF_ADULT, Bond.GUARDIAN)
_OFFICE = (Role.SECRETARY, Role.DEPUTY, Role.DIRECTOR)

RIGHTS: tuple[Right, ...] = (
    Right("wallet.home", Bond.SIGNED_IN),
    *(Right("wallet.read", bond) for bond in _FAMILY),
    *(Right("wallet.collect", bond) for bond in _FAMILY),
    *(Right("wallet.remove", bond) for bond in _FAMILY),
    *(Right("wallet.export", bond) for bond in _FAMILY),
    *(Right("wallet.import", bond) for bond in _FAMILY),
    *(Right("wallet.apply", bond) for bond in _FAMILY),
    *(Right("wallet.submit", bond, decides=True) for bond in _WHO_DECIDES),
    *(Right("wallet.present", bond, decides=True) for bond in _WHO_DECIDES),
    *(Right("consent.read", bond) for bond in _FAMILY),
    *(Right("consent.give", bond, decides=True) for bond in _WHO_DECIDES),
    *(Right("consent.withdraw", bond, decides=True) for bond in _WHO_DECIDES),
    *(Right("wallet.ask", bond, decides=True) for bond in _FAMILY),
    Right("consent.agree", Bond.SELF, decides=True),
    *(Right("wallet.leave", bond, decides=True) for bond in _WHO_DECIDES),
    Right("wallet.leave.answer", Bond.SELF, decides=True),
    Right("objection.file", Bond.SELF, decides=True),
    *(Right("objection.answer", Bond.MEMBER, role, decides=True) for role in _OFFICE),
    *(Right("share.read", bond) for bond in _FAMILY),
    *(Right("share.make", bond) for bond in _FAMILY),
    *(Right("share.withdraw", bond) for bond in _FAMILY),
    Right("share.open", Bond.ANYONE),
    *(Right("request.reply", bond, decides=True) for bond in _FAMILY),
)
