"""Private keys: sealed, bound to their names, out of reach of others, silent about themselves."""

import json
import pickle
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from keys.ed25519 import verify
from keys.errors.store import (
    BadKeyName,
    FileExposed,
    FolderExposed,
    KeyDamaged,
    KeyExists,
    KeyMissing,
    KeyStoreError,
    SecretWrong,
    SignerUnknown,
)
from keys.multikey import decode
from keys.signer import from_uri
from keys.store import KeyStore, is_in_checkout, own_secret

SECRET = b"correct horse battery staple"


def folder_of(store: KeyStore, tmp_path: Path) -> Path:
    store.make("probe")
    return tmp_path / "keys"


def test_a_key_signs_and_is_the_same_when_opened_again(store: KeyStore, tmp_path: Path) -> None:
    multikey = store.make("s1")
    again = KeyStore(tmp_path / "keys", SECRET).signer("s1", "did:web:s1.sever.example#a")
    assert again.multikey == multikey
    assert again.method == "did:web:s1.sever.example#a"
    assert again.sign(b"x") == store.signer("s1", "").sign(b"x")
    verify(decode(multikey).data, again.sign(b"x"), b"x")


def test_an_address_opens_the_same_key(store: KeyStore, tmp_path: Path) -> None:
    multikey = store.make("s1")
    assert from_uri(f"file:{tmp_path}/keys#s1", "did:key:a#a", SECRET).multikey == multikey
    with pytest.raises(SignerUnknown):
        from_uri("pkcs11:token=a", "did:key:a#a", SECRET)


def test_a_name_is_never_given_twice(store: KeyStore) -> None:
    multikey = store.make("s1")
    with pytest.raises(KeyExists):
        store.make("s1")
    assert store.signer("s1", "").multikey == multikey


@pytest.mark.parametrize("name", ["", "..", "../a", "a/b", "A", "a.key", "имя", "a" * 200, "-a", "a\0"])
def test_names_that_could_be_paths_are_refused(store: KeyStore, name: str) -> None:
    for use in (store.make, lambda name: store.signer(name, "")):
        with pytest.raises(BadKeyName):
            use(name)


def test_an_unknown_key_is_missing(store: KeyStore) -> None:
    with pytest.raises(KeyMissing):
        store.signer("s1", "")


def test_another_secret_opens_nothing_and_adds_nothing(store: KeyStore, tmp_path: Path) -> None:
    folder = folder_of(store, tmp_path)
    wrong = KeyStore(folder, b"another")
    for use in (lambda: wrong.signer("probe", ""), lambda: wrong.make("new"), lambda: wrong.derive("links")):
        with pytest.raises(SecretWrong):
            use()
    assert not (folder / "new.key").exists()


def test_every_changed_bit_of_a_sealed_key_is_noticed(store: KeyStore, tmp_path: Path) -> None:
    file = folder_of(store, tmp_path) / "probe.key"
    sealed = bytes.fromhex(json.loads(file.read_text())["sealed"])
    for place in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << place % 8
        file.write_text(json.dumps({"format": 1, "sealed": changed.hex()}))
        with pytest.raises(KeyDamaged):
            store.signer("probe", "")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"sealed": 7}', '{"sealed": "xy"}', '{"sealed": ""}'])
def test_a_broken_file_is_damaged(store: KeyStore, tmp_path: Path, content: str) -> None:
    (folder_of(store, tmp_path) / "probe.key").write_text(content)
    with pytest.raises(KeyDamaged):
        store.signer("probe", "")


def test_a_key_moved_under_another_name_is_damaged(store: KeyStore, tmp_path: Path) -> None:
    folder = folder_of(store, tmp_path)
    (folder / "probe.key").rename(folder / "other.key")
    with pytest.raises(KeyDamaged):
        store.signer("other", "")


@pytest.mark.parametrize(
    "content", ["", "{}", '{"scrypt": {}, "salt": "", "check": ""}', '{"scrypt": 1, "salt": 2, "check": 3}']
)
def test_a_broken_header_is_damaged(store: KeyStore, tmp_path: Path, content: str) -> None:
    folder = folder_of(store, tmp_path)
    (folder / "store.json").write_text(content)
    with pytest.raises(KeyDamaged):
        KeyStore(folder, SECRET).make("new")


def test_files_and_folder_belong_to_their_owner_alone(store: KeyStore, tmp_path: Path) -> None:
    folder = folder_of(store, tmp_path)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()} == {
        "probe.key": 0o600,
        "store.json": 0o600,
    }


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_open_to_others_is_refused(store: KeyStore, tmp_path: Path, mode: int) -> None:
    (folder_of(store, tmp_path) / "probe.key").chmod(mode)
    with pytest.raises(FileExposed):
        store.signer("probe", "")


def test_a_folder_open_to_others_is_refused(store: KeyStore, tmp_path: Path) -> None:
    folder = folder_of(store, tmp_path)
    folder.chmod(0o755)
    with pytest.raises(FileExposed):
        KeyStore(folder, SECRET).signer("probe", "")


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyStoreError):
        KeyStore(tmp_path / "file" / "keys", SECRET).make("s1")


def test_a_checkout_is_no_place_for_keys_unless_meant(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    inside = tmp_path / "deep" / "keys"
    with pytest.raises(FolderExposed):
        KeyStore(inside, SECRET)
    KeyStore(inside, SECRET, allow_checkout=True).make("s1")
    link = tmp_path.parent / f"{tmp_path.name}-link"
    link.symlink_to(inside)
    with pytest.raises(FolderExposed):
        KeyStore(link, SECRET)
    assert not is_in_checkout(Path("/"))


def test_secrets_show_nowhere(store: KeyStore, tmp_path: Path) -> None:
    folder = folder_of(store, tmp_path)
    signer = store.signer("probe", "did:key:a#a")
    shown = repr(store) + str(store) + repr(signer) + repr([signer])
    assert SECRET.decode() not in shown
    assert SECRET not in b"".join(file.read_bytes() for file in folder.iterdir())
    with pytest.raises(TypeError):
        pickle.dumps(signer)


def test_derived_secrets_are_stable_and_apart(store: KeyStore, tmp_path: Path) -> None:
    links = store.derive("links")
    assert len(links) == 32
    assert links == KeyStore(tmp_path / "keys", SECRET).derive("links")
    assert links != store.derive("other")


def test_two_that_begin_at_once_make_one_store(tmp_path: Path) -> None:
    stores = [KeyStore(tmp_path / "keys", SECRET) for _ in range(4)]
    threads = [Thread(target=store.make, args=(f"key-{number}",)) for number, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    late = KeyStore(tmp_path / "keys", SECRET)
    assert len({late.signer(f"key-{number}", "").multikey for number in range(4)}) == 4


def test_the_secret_of_its_own_is_made_once_and_kept_private(tmp_path: Path) -> None:
    secret = own_secret(tmp_path / "keys")
    assert len(secret) == 64
    assert own_secret(tmp_path / "keys") == secret
    file = tmp_path / "keys" / "master.secret"
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    with pytest.raises(FileExposed):
        own_secret(tmp_path / "keys")


def test_a_key_is_whole_or_absent_when_the_process_dies(tmp_path: Path) -> None:
    """The draft is written and synced beside the key before the name appears; a dead draft stays a hidden file."""
    code = (
        "import os, sys; from pathlib import Path; from keys import durable\n"
        "durable.sync_folder = lambda folder: os._exit(9)\n"
        "durable.write_new(Path(sys.argv[1]) / 'a.key', b'whole')\n"
    )
    finished = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)  # noqa: S603 - our own interpreter
    assert finished.returncode == 9
    assert (tmp_path / "a.key").read_bytes() == b"whole"
