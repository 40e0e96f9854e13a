"""Where in a document something is wrong, said without repeating what a stranger wrote there (DOMAIN §4)."""

import re

_NAME = re.compile(r"@?[A-Za-z][A-Za-z-]{0,39}[0-9]{0,3}", re.ASCII)
_INDEX = re.compile(r"\d{1,5}", re.ASCII)
HIDDEN = "…"


def safe_pointer(pointer: str) -> str:
    """A JSON pointer whose steps are plain field names and positions; any other step is hidden.

    >>> safe_pointer("/credentialSubject/achievement/grade")
    '/credentialSubject/achievement/grade'
    >>> safe_pointer("/credentialSubject/Ветрова Алина/0")
    '/credentialSubject/…/0'
    """
    return "/".join(_step(step) for step in pointer.split("/"))


def _step(step: str) -> str:
    return step if not step or _NAME.fullmatch(step) or _INDEX.fullmatch(step) else HIDDEN
