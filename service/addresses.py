"""Mail addresses, as far as we send to them: one plain address of RFC 5321 in ASCII, nothing that could become a header."""

import re

LONGEST = 254
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


def is_address(text: str) -> bool:
    """Whether mail can be sent to `text`."""
    local = text.partition("@")[0]
    return (
        len(text) <= LONGEST
        and _ADDRESS.fullmatch(text) is not None
        and not local.startswith(".")
        and not local.endswith(".")
        and ".." not in local
    )
