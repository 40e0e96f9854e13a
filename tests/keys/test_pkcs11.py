"""Keys in a hardware module, tried with SoftHSM; skipped with a reason where there is none."""

import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

from keys import ed25519, pkcs11
from keys.did import did_key, verification_method
from keys.errors.store import KeyExists, KeyMissing, SignerUnknown, TokenFailed
from keys.multikey import decode
from keys.organisations import keys_of, rotate, signer_for
from keys.pkcs11 import Address
from keys.proofs import add, check, proofs_of
from keys.sealed import seal, unseal
from keys.signer import from_uri
from keys.store import KeyStore
from service.database import unit_of_work
from tests.conftest import missing
from tests.keys.test_expiry import NOW
from tests.keys.test_organisations import JOINED, register

LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm.so")
PIN = b"1234"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh token; one for the whole module, because a process loads the library once."""
    library = next((path for path in LIBRARIES if Path(path).exists()), None)
    tool = shutil.which("softhsm2-util")
    if library is None or tool is None:
        missing("softhsm", "SoftHSM is not installed")
    pytest.importorskip("pkcs11", reason="the extra pkcs11 is not installed")
    folder = tmp_path_factory.mktemp("tokens")
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder}\nobjectstore.backend = file\nlog.level = ERROR\n", "utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOFTHSM2_CONF", str(conf))
        made = ("--init-token", "--free", "--label", "школа 1", "--pin", PIN.decode(), "--so-pin", "87654321")
        subprocess.run([tool, *made], check=True, capture_output=True)  # noqa: S603 - the tool that was found
        yield f"pkcs11:token=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0%201?module-path={library}"


def address(token: str, name: str) -> str:
    return Address.read(token).key(name)


def test_a_key_made_inside_signs_what_anybody_can_check(token: str) -> None:
    multikey = pkcs11.make(address(token, "first"), PIN)
    signer = from_uri(address(token, "first"), verification_method(did_key(multikey), multikey), PIN)
    assert signer.multikey == multikey
    signature = signer.sign(b"data")
    ed25519.verify(decode(multikey).data, signature, b"data")
    assert signature == signer.sign(b"data")
    assert "1234" not in repr(signer)
    document = {"type": "Anything", "id": "urn:x"}
    body = seal(document, signer, NOW)
    assert unseal(body, did_key(multikey), [multikey], NOW, limit=4096)["id"] == "urn:x"


def test_a_credential_signed_inside_holds(token: str) -> None:
    multikey = pkcs11.make(address(token, "credential"), PIN)
    signer = from_uri(address(token, "credential"), verification_method(did_key(multikey), multikey), PIN)
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": "did:x:y",
    }
    signed = add({**document, "credentialSubject": {"id": "urn:uuid:1"}}, signer, created=NOW)
    check(signed, proofs_of(signed)[0], decode(multikey))


def test_many_threads_share_a_token(token: str) -> None:
    multikey = pkcs11.make(address(token, "shared"), PIN)
    signer = from_uri(address(token, "shared"), "did:x#y", PIN)
    with ThreadPoolExecutor(8) as pool:
        signatures = list(pool.map(lambda n: signer.sign(b"%d" % n), range(200)))
    for n, signature in enumerate(signatures):
        ed25519.verify(decode(multikey).data, signature, b"%d" % n)


def test_an_organisation_keeps_its_keys_where_the_installation_says(token: str, engine: Engine, tmp_path: Path) -> None:
    files = KeyStore(tmp_path / "keys", b"a secret of the tests")
    inside = KeyStore(tmp_path / "keys", b"a secret of the tests", token=token, pin=PIN)
    with unit_of_work(engine) as session:
        organisation = register(session)
        organisation.host = f"{engine.dialect.name}.sever.example"
        old = rotate(session, files, "s1", JOINED)
        assert signer_for(session, inside, "s1", JOINED).multikey == old.multikey
        fresh = rotate(session, inside, "s1", NOW)
        assert fresh.address.startswith("pkcs11:token=")
        assert signer_for(session, inside, "s1", NOW).multikey == fresh.multikey
        assert next(key.address for key in keys_of(session, "s1")) == ""
    assert not list((tmp_path / "keys").glob(f"*{fresh.id}*"))


def test_what_cannot_be_has_its_own_reason(token: str) -> None:
    pkcs11.make(address(token, "once"), PIN)
    with pytest.raises(KeyExists):
        pkcs11.make(address(token, "once"), PIN)
    with pytest.raises(KeyMissing):
        from_uri(address(token, "never"), "did:x#y", PIN)
    module = Address.read(token).module
    with pytest.raises(TokenFailed):
        from_uri(f"pkcs11:token=none;object=a?module-path={module}", "did:x#y", PIN)
    with pytest.raises(TokenFailed):
        from_uri("pkcs11:token=none;object=a?module-path=/nowhere.so", "did:x#y", PIN)


@pytest.mark.parametrize("uri", ["pkcs11:", "pkcs11:token=a", "pkcs11:object=b?module-path=/x", "pkcs11:token=a?x=y"])
def test_an_address_names_token_and_module(uri: str) -> None:
    with pytest.raises(SignerUnknown):
        from_uri(uri, "did:x#y", PIN)


def test_an_address_is_read_as_it_was_written() -> None:
    written = Address("/lib/x y.so", "школа; 1").key("organisation-s1")
    assert Address.read(written) == Address("/lib/x y.so", "школа; 1", "organisation-s1")
