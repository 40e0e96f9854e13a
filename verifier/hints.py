"""What a token may call the key it was signed with: a name that picks one of its issuer's keys and proves nothing."""

from dataclasses import dataclass

from keys.jwk import thumbprint
from keys.multikey import PublicKey


@dataclass(frozen=True, slots=True)
class Named:
    """A key that its owner lists, and what it may be called: its address, and a name of its own."""

    method: str
    public: PublicKey
    kid: str = ""

    @property
    def names(self) -> frozenset[str]:
        """Everything a `kid` may say of it."""
        fragment = self.method.partition("#")[2]
        return frozenset({self.method, f"#{fragment}", fragment, self.kid, thumbprint(self.public)}) - {"", "#"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What a token says about its key: a name ("" for none), and the key itself (None for none). It proves nothing."""

    kid: str = ""
    public: PublicKey | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not self.kid and self.public is None

    def fits(self, key: Named) -> bool:
        """Whether it can mean this key: all that it says must fit."""
        return (not self.kid or self.kid in key.names) and self.public in {None, key.public}
