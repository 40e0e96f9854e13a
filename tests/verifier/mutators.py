"""Ways to change a file by chance: bits, bytes, keys, order, proofs, headers. Each tells which region it has touched."""

import copy
import json
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from schemas.baking import CannotBake, bake_png, bake_svg, unbake_png, unbake_svg
from tests.verifier.forms import Form, decoded, encoded
from tests.verifier.test_verify import PNG, SVG

Mutation = tuple[str, bytes]
Place = tuple[str | int, ...]
_ODD: tuple[Any, ...] = (
    "",
    "x",
    "0",
    0,
    1,
    -1,
    True,
    None,
    [],
    {},
    [[]],
    "did:key:z6Mk",
    "urn:uuid:0",
    "2020-01-01T00:00:00Z",
)
_HEADERS = ("alg", "typ", "kid", "jwk", "jku", "x5u", "crit", "b64", "cty", "iss")
_PROOFS = (
    "type",
    "cryptosuite",
    "created",
    "verificationMethod",
    "proofPurpose",
    "proofValue",
    "domain",
    "id",
    "@context",
    "previousProof",
)
_IN_DOCUMENT = ("rename", "add", "reverse", "twice", "order", *("replace", "take", "exchange", "proof") * 2, "proof")


def mutations(form: Form, others: Sequence[bytes], random: Random) -> Iterator[Mutation]:
    """Changed files without end; `others` are genuine files of other badges, to take pieces from."""
    ways = _WAYS[form.kind]
    while True:
        yield random.choice(ways)(form.data, others, random)


# --- bytes ----------------------------------------------------------------------------------------------------------


def bits(data: bytes, _: Sequence[bytes], random: Random) -> Mutation:
    """One to three bits turned."""
    turned = bytearray(data)
    for _turn in range(random.randint(1, 3)):
        turned[random.randrange(len(turned))] ^= 1 << random.randrange(8)
    return "bits", bytes(turned)


def pieces(data: bytes, others: Sequence[bytes], random: Random) -> Mutation:
    """A piece cut out, put in twice, exchanged with another piece or with one of another file; the end cut off."""
    start = random.randrange(len(data))
    end = min(len(data), start + random.randint(1, 64))
    other = random.choice(others)
    foreign = random.randrange(len(other))
    replaced = {
        "cut": b"",
        "twice": data[start:end] * 2,
        "backwards": data[start:end][::-1],
        "foreign": other[foreign : foreign + end - start],
        "chance": random.randbytes(random.randint(1, 8)),
        "letters": bytes(random.choices(b' ,:"{}[]~.Az09-_', k=random.randint(1, 3))),
    }
    how = random.choice([*replaced, "end"])
    return "bytes", data[:start] if how == "end" else data[:start] + replaced[how] + data[end:]


def blanks(data: bytes, _: Sequence[bytes], random: Random) -> Mutation:
    """Blanks put in: harmless between the parts of JSON, fatal within them."""
    at = random.choice([place for place, byte in enumerate(data) if byte in b',:{}["'])
    return "blanks", data[:at] + random.choice([b" ", b"\n", b"\t"]) + data[at:]


# --- documents ------------------------------------------------------------------------------------------------------


def documents(data: bytes, others: Sequence[bytes], random: Random) -> Mutation:
    """One change in the tree of a JSON document."""
    changed = json.loads(data)
    region = _change(changed, [json.loads(other) for other in others if other.startswith(b"{")], random)
    return region, json.dumps(changed, ensure_ascii=False).encode()


def _change(document: Any, others: Sequence[Any], random: Random) -> str:
    how = random.choice(_IN_DOCUMENT)
    if how == "proof" and isinstance(document.get("proof"), (dict, list)):
        _change_proof(document, others, random)
        return "proof"
    places = list(_places(document))
    top = random.choice(list(document))  # members first: each is reached as often, however large the others are
    place = random.choice([place for place in places if place[0] == top])
    holder, key = _at(document, place[:-1]), place[-1]
    _alter(holder, key, how, document, random.choice(places), random)
    return str(place[0])


def _alter(holder: Any, key: Any, how: str, document: Any, other: Place, random: Random) -> None:
    value = holder[key]
    if how == "exchange":
        there, name = _at(document, other[:-1]), other[-1]
        holder[key], there[name] = copy.deepcopy(there[name]), copy.deepcopy(value)
    elif how == "take":
        del holder[key]
    elif how == "rename" and isinstance(holder, dict):
        holder[random.choice([f"{key}x", str(key).swapcase(), "name", "undefined"])] = holder.pop(key)
    elif how == "add":
        target = value if isinstance(value, (dict, list)) else holder
        _add(target, random)
    elif how == "reverse" and isinstance(value, list):
        value.reverse()
    elif how == "twice" and isinstance(value, list) and value:
        value.append(copy.deepcopy(random.choice(value)))
    elif how == "order" and isinstance(value, dict):
        holder[key] = dict(random.sample(list(value.items()), len(value)))
    else:
        holder[key] = random.choice([*_ODD, f"{value}x", [value], {"id": value}])


def _add(target: Any, random: Random) -> None:
    if isinstance(target, list):
        target.append(random.choice(_ODD))
    else:
        target[random.choice(["undefined", "@id", "name", "https://example.org/x", "type", "image"])] = random.choice(
            _ODD
        )


def _change_proof(document: dict[str, Any], others: Sequence[Any], random: Random) -> None:
    proofs = document["proof"] if isinstance(document["proof"], list) else [document["proof"]]
    foreign = [
        proof
        for other in others
        for proof in (other["proof"] if isinstance(other["proof"], list) else [other["proof"]])
    ]
    number = random.randrange(len(proofs))
    how = random.randrange(6)
    if how == 0:
        proofs = random.choice([[], proofs[1:], [copy.deepcopy(random.choice(foreign))], [{}]])
    elif how == 1:
        proofs = [*proofs, copy.deepcopy(random.choice(foreign))]
    elif how == 2:
        value = str(proofs[number].get("proofValue", "z"))
        place = random.randrange(len(value))
        proofs[number]["proofValue"] = value[:place] + random.choice("123456789ABCxyz-_") + value[place + 1 :]
    elif how == 3:
        proofs[number]["proofValue"] = random.choice(foreign).get("proofValue", "z")
    else:
        proofs[number][random.choice(_PROOFS)] = random.choice(
            [*_ODD, "eddsa-jcs-2022", "authentication", "DataIntegrityProof"]
        )
    document["proof"] = proofs


def _places(value: Any, so_far: Place = ()) -> Iterator[Place]:
    """Every place below the top."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*so_far, key)
        yield from _places(item, (*so_far, key))


def _at(document: Any, place: Place) -> Any:
    for key in place:
        document = document[key]
    return document


# --- texts ----------------------------------------------------------------------------------------------------------


def headers(data: bytes, _: Sequence[bytes], random: Random) -> Mutation:
    """The header of a token says something else."""
    head, rest = data.split(b".", 1)
    told = json.loads(decoded(head))
    told[random.choice(_HEADERS)] = random.choice(
        [*_ODD, "none", "HS256", "ES256", "EdDSA", "JWT", "vc+jwt", ["b64"], {"kty": "OKP"}]
    )
    return "header", b".".join([encoded(json.dumps(told).encode()), rest])


def claims(data: bytes, _: Sequence[bytes], random: Random) -> Mutation:
    """One change in the tree of what a token says."""
    head, body, rest = data.split(b".", 2)
    told = json.loads(decoded(body))
    _change(told, (), random)
    return "payload", b".".join([head, encoded(json.dumps(told, ensure_ascii=False).encode()), rest])


def letters(data: bytes, others: Sequence[bytes], random: Random) -> Mutation:
    """One letter of a part changed, or the part exchanged for that of another token."""
    parts = data.split(b".")
    number = random.randrange(3)
    other = random.choice([other for other in others if other.startswith(b"ey")]).split(b"~")[0].split(b".")
    place = random.randrange(len(parts[number]))
    letter = bytes(random.choices(b"ABCabc019-_=+/ ", k=1))
    changed = parts[number][:place] + letter + parts[number][place + 1 :]
    parts[number] = random.choice([changed, changed, other[number]])
    return ("header", "payload", "signature")[number], b".".join(parts)


def disclosures(data: bytes, _: Sequence[bytes], random: Random) -> Mutation:
    """A disclosure left out, doubled, moved, invented or changed."""
    token, *shown = data.split(b"~")
    number = random.randrange(len(shown) - 1)
    piece = json.loads(decoded(shown[number]))
    piece[random.randrange(len(piece))] = random.choice(["x", "name", 1, [], None])
    invented = encoded(json.dumps(["salt", "name", "Другое"]).encode())
    changed = [
        shown[:number] + shown[number + 1 :],
        [shown[number], *shown],
        [*shown[-2::-1], b""],
        [invented, *shown],
        [*shown[:number], encoded(json.dumps(piece).encode()), *shown[number + 1 :]],
    ]
    return "disclosures", b"~".join([token, *random.choice(changed)])


# --- pictures -------------------------------------------------------------------------------------------------------


def chunks(data: bytes, _: Sequence[bytes], random: Random) -> Mutation:
    """A chunk of a PNG changed with its checksum right, left out, doubled or moved."""
    found = list(_chunks(data))
    number = random.randrange(len(found))
    kind, body = found[number]
    turned = bytearray(body or b"\0")
    turned[random.randrange(len(turned))] ^= 1 << random.randrange(8)
    changed = [
        [*found[:number], (kind, bytes(turned)), *found[number + 1 :]],
        [*found[:number], *found[number + 1 :]],
        [*found[:number], found[number], *found[number:]],
        [*found[:number], (random.choice([b"tEXt", b"iTXt", b"zTXt"]), body), *found[number + 1 :]],
        random.sample(found, len(found)),
    ]
    return kind.decode(), data[:8] + b"".join(_chunk(*each) for each in random.choice(changed))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += 12 + length


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def inside(data: bytes, others: Sequence[bytes], random: Random) -> Mutation:
    """What is baked into a picture changed, and baked again."""
    is_png = data.startswith(b"\x89PNG")
    text = (unbake_png if is_png else unbake_svg)(data).encode()
    ways: list[Way] = [documents, bits, pieces] if text.startswith(b"{") else [claims, headers, letters]
    region, changed = random.choice(ways)(text, others, random)
    kept = changed.decode("utf-8", "ignore")
    try:
        return f"inside: {region}", bake_png(PNG, kept) if is_png else bake_svg(SVG, kept)
    except CannotBake:
        return bits(data, others, random)


Way = Callable[[bytes, Sequence[bytes], Random], Mutation]
_WAYS: dict[str, list[Way]] = {
    "json": [documents, documents, documents, bits, pieces, blanks],
    "text": [headers, claims, letters, letters, bits, pieces],
    "disclosures": [headers, claims, letters, disclosures, disclosures, bits, pieces],
    "png": [inside, inside, chunks, bits, pieces],
    "svg": [inside, inside, bits, pieces],
}
