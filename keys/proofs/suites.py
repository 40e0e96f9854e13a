"""The cryptosuites by name."""

from collections.abc import Mapping
from typing import Any, Protocol

from keys.errors import SuiteUnknown
from keys.proofs import eddsa_jcs_2022, eddsa_rdfc_2022

RDFC = eddsa_rdfc_2022.NAME
JCS = eddsa_jcs_2022.NAME


class Suite(Protocol):
    """What a cryptosuite decides; a module with these names is one."""

    NAME: str

    def options_for(self, document: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
        """The proof options as they stand in the finished proof."""
        ...

    def digest(self, document: Mapping[str, Any]) -> bytes:
        """The hash of the canonical form of a document without the proof that is made or checked."""
        ...

    def hash_data(self, content: bytes, options: Mapping[str, Any], context: object) -> bytes:
        """The bytes to sign: `content` is the document's `digest`, `context` its `@context` (None where it has none)."""
        ...


_SUITES: dict[str, Suite] = {RDFC: eddsa_rdfc_2022, JCS: eddsa_jcs_2022}


def find_suite(name: object) -> Suite:
    """The suite of that name, or `SuiteUnknown`."""
    if not isinstance(name, str) or name not in _SUITES:
        raise SuiteUnknown(suite=name if isinstance(name, str) else "?")
    return _SUITES[name]
