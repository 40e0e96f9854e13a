"""Our acts beside npm `@digitalbazaar/vc`, the field's usual software, on the same badges, round by round in one run."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

from bench import acts
from bench.badge import NOW
from bench.clock import Timed, ratio, windows
from bench.world import BADGES, World
from keys import did, proofs
from keys.ed25519 import Ed25519Signer
from keys.multikey import decode, multibase_encode
from schemas.dates import write_timestamp
from tests.differential.oracles import ROOT, Worker

_FOLDER = ROOT / "tests" / "interop"
_COMMAND = ("node", str(_FOLDER / "field.mjs"))
_SECONDS = 120
_ROUNDS, _SIZE, _THEIRS = 10, 200, 10  # so that a round of ours takes nearly as long as one of theirs
_SEED = bytes(32)
_SECRET_PREFIX = b"\x80\x26"
BESIDE: dict[str, Callable[[World], acts.Act]] = {
    "npm_issue_one": acts.sign_one,
    "npm_issue_batch": acts.sign_batch,
    "npm_verify": acts.verify_one,
}


def is_there() -> bool:
    """Whether Node.js and the packages of `tests/interop` are on this machine."""
    return shutil.which("node") is not None and (_FOLDER / "node_modules").is_dir()


def beside_npm(world: World, names: list[str]) -> Iterator[dict[str, object]]:
    """A line for each of `BESIDE` that is named: badges a second there and here, and how many times as quick we are."""
    key = _key()
    documents = [
        {**document, "issuer": {**document["issuer"], "id": did.controller_of(key.method)}}
        for document in world.documents
    ]
    signed = [proofs.add(document, key, created=NOW) for document in documents]
    with Worker(_COMMAND, _SECONDS) as node:
        for name in names:
            ask = _verifying(signed) if name == "npm_verify" else _issuing(documents, key)
            yield _measured(name, world, node, ask)


Ask = Callable[[range], dict[str, Any]]


def _measured(name: str, world: World, node: Worker, ask: Ask) -> dict[str, object]:
    ours, theirs = Timed(), Timed()
    node.ask(act="time", **ask(range(_SIZE)))  # as we do, with everything loaded and compiled
    for window in windows(_ROUNDS, _SIZE, BADGES):
        act = BESIDE[name](world)
        theirs.rounds.append(node.ask(act="time", **ask(window[:_THEIRS]))["seconds"])
        ours.time(act, window)
    return {
        "act": name,
        "per_second": round(theirs.per_second, 1),
        "ours": BESIDE[name].__name__,
        "ours_per_second": round(ours.per_second, 1),
        "times_npm": round(ratio(theirs, ours), 1),
    }


def _issuing(documents: list[dict[str, Any]], key: Ed25519Signer) -> Ask:
    secret = multibase_encode(_SECRET_PREFIX + _SEED + decode(key.multikey).data)
    pair = {"publicKeyMultibase": key.multikey, "secretKeyMultibase": secret}
    asked = {"suite": proofs.RDFC, "key": pair, "created": write_timestamp(NOW)}
    return lambda window: {"documents": [documents[number] for number in window], **asked}


def _verifying(signed: list[dict[str, Any]]) -> Ask:
    return lambda window: {"documents": [signed[number] for number in window], "now": write_timestamp(NOW)}


def _key() -> Ed25519Signer:
    multikey = Ed25519Signer(_SEED, "").multikey
    return Ed25519Signer(_SEED, did.verification_method(did.did_key(multikey), multikey))
