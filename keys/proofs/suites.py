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

    def hash_data(self, document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
        """The bytes to sign."""
        ...


_SUITES: dict[str, Suite] = {RDFC: eddsa_rdfc_2022, JCS: eddsa_jcs_2022}


def find_suite(name: object) -> Suite:
    """The suite of that name, or `SuiteUnknown`."""
    if not isinstance(name, str) or name not in _SUITES:
        raise SuiteUnknown(suite=name if isinstance(name, str) else "?")
    return _SUITES[name]
