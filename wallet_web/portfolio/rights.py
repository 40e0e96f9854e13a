"""Who may do what in a portfolio: the family everything, the learner's teachers what the family has put before them."""

from keys.actor import Bond, Right

_FAMILY = (Bond.SELF, Bond.GUARDIAN)

RIGHTS: tuple[Right, ...] = (
    *(Right("portfolio.read", bond) for bond in _FAMILY),
    *(Right("portfolio.write", bond) for bond in _FAMILY),
    Right("portfolio.queue", Bond.SIGNED_IN),
    Right("portfolio.look", Bond.TUTEE),
    Right("portfolio.confirm", Bond.TUTEE, decides=True),
    Right("portfolio.goals", Bond.TUTEE),
    Right("portfolio.advise", Bond.TUTEE, decides=True),
)
