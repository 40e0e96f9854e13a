"""Who may ask the verifier, and who may ask a learner.

Anybody may ask whether a credential is real (DOMAIN §1 row 119). Whoever receives portfolios for an organisation, or answers for
it, may ask to be shown badges; who has the link of such a request may read it and answer.
"""

from keys.actor import Bond, Right, Role

RIGHTS: tuple[Right, ...] = (
    Right("credential.verify", Bond.ANYONE),
    Right("request.list", Bond.SIGNED_IN),
    *(Right("request.make", Bond.MEMBER, role) for role in (Role.READER, Role.MANAGER)),
    Right("request.open", Bond.ANYONE),
    Right("request.answer", Bond.ANYONE),
)
