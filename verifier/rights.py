"""Who may ask whether a credential is real: anybody, signed in or not (DOMAIN §1 row 119)."""

from keys.actor import Bond, Right

RIGHTS: tuple[Right, ...] = (Right("credential.verify", Bond.ANYONE),)
