"""Who may do what in a wallet. Private is the rule: the learner and, until 18, their guardians; strangers only through a share."""

from keys.actor import Bond, Right

_FAMILY = (Bond.SELF, Bond.GUARDIAN)
_WHO_DECIDES = (Bond.SELF_ADULT, Bond.GUARDIAN)

RIGHTS: tuple[Right, ...] = (
    Right("wallet.home", Bond.SIGNED_IN),
    *(Right("wallet.read", bond) for bond in _FAMILY),
    *(Right("wallet.apply", bond) for bond in _FAMILY),
    *(Right("wallet.submit", bond, decides=True) for bond in _WHO_DECIDES),
    *(Right("consent.read", bond) for bond in _FAMILY),
    *(Right("consent.give", bond, decides=True) for bond in _WHO_DECIDES),
    *(Right("consent.withdraw", bond, decides=True) for bond in _WHO_DECIDES),
    *(Right("share.read", bond) for bond in _FAMILY),
    *(Right("share.make", bond) for bond in _FAMILY),
    *(Right("share.withdraw", bond) for bond in _FAMILY),
    Right("share.open", Bond.ANYONE),
)
