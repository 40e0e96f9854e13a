"""What each suite has to be told to find us: one configuration as `vc-test-suite-implementations` reads it, good for all."""

from collections.abc import Iterator
from typing import Any, Final

from keys.multikey import ED25519, P256, P384
from keys.proofs import ECDSA_JCS, ECDSA_RDFC, ECDSA_SD, JCS, RDFC
from service.conformance.keyring import Keyring
from service.conformance.tokens import FEATURES

SUITES: Final = {
    "vc-data-model-2.0-test-suite": ("vc2.0",),
    "vc-di-eddsa-test-suite": (RDFC, JCS),
    "vc-di-ecdsa-test-suite": (ECDSA_RDFC, ECDSA_JCS, ECDSA_SD),
    "vc-bitstring-status-list-test-suite": ("BitstringStatusList",),
    "vc-api-issuer-test-suite": ("vc-api",),
    "vc-api-verifier-test-suite": ("vc-api",),
}
"""Suites by the name of their repository, with the tags by which they choose endpoints."""
JOSE_SUITE: Final = "vc-jose-cose-test-suite"
"""The suite that knocks at no door: it calls a command for each test."""
_EDITIONS: Final = {"vc": ["1.1", "2.0"]}
_ISSUERS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    (RDFC, ED25519, (RDFC, "vc2.0", "vc-api")),
    (JCS, ED25519, (JCS,)),
    (ECDSA_RDFC, P256, (ECDSA_RDFC,)),
    (ECDSA_RDFC, P384, (ECDSA_RDFC,)),
    (ECDSA_JCS, P256, (ECDSA_JCS,)),
    (ECDSA_JCS, P384, (ECDSA_JCS,)),
    (ECDSA_SD, P256, (ECDSA_SD,)),
)
_VERIFIED: Final = (RDFC, JCS, ECDSA_RDFC, ECDSA_JCS, ECDSA_SD, "vc2.0", "vc-api", "BitstringStatusList")


def configuration(address: str, keyring: Keyring) -> dict[str, Any]:
    """The content of `localConfig.cjs`; `address` is where we are reached."""
    return {
        "settings": {"enableInteropTests": False, "testAllImplementations": False},
        "implementations": [
            {
                "name": "Zachetka",
                "implementation": "Zachetka",
                "issuers": [*_issuers(address, keyring), _status_issuer(address, keyring)],
                "verifiers": [*_verifiers(address, keyring)],
                "vpVerifiers": [_endpoint(address, keyring, ED25519, "presentations/verify", ("vc2.0",))],
                "vcHolders": [_holder(address, keyring)],
                "jose-cose": {"features": dict.fromkeys(FEATURES, True)},
            }
        ],
    }


def _endpoint(address: str, keyring: Keyring, kind: str, door: str, tags: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": keyring.did(kind),
        "endpoint": f"{address}/vc-api/{door}",
        "supports": _EDITIONS,
        "tags": list(tags),
    }


def _issuers(address: str, keyring: Keyring) -> Iterator[dict[str, Any]]:
    for suite, kind, tags in _ISSUERS:
        door = f"credentials/issue?cryptosuite={suite}&key={kind}"
        keys = {} if kind == ED25519 else {"supportedEcdsaKeyTypes": [kind]}
        yield {**_endpoint(address, keyring, kind, door, tags), **keys}


def _status_issuer(address: str, keyring: Keyring) -> dict[str, Any]:
    return _endpoint(address, keyring, ED25519, "credentials/issue?status=revocation", ("BitstringStatusList",))


def _verifiers(address: str, keyring: Keyring) -> Iterator[dict[str, Any]]:
    found = _endpoint(address, keyring, ED25519, "credentials/verify", _VERIFIED)
    yield {**found, "supportedEcdsaKeyTypes": [P256, P384]}


def _holder(address: str, keyring: Keyring) -> dict[str, Any]:
    found = _endpoint(address, keyring, P256, "credentials/derive", ("vcHolder", ECDSA_SD))
    return {**found, "supportedEcdsaKeyTypes": [P256]}
