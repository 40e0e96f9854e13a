"""The changes that a document is mutated by, each in place."""

from collections.abc import Callable
from typing import Any, Final

from tests.fuzz.draw import Draw, copied, places
from tests.fuzz.words import CLASSES, CONTEXTS, NODES, STRANGE, TEXTS

_DEEPEST: Final = 40
_MOST_PARTS: Final = 1_500  # more would not fit into an input
_KEPT: Final = frozenset({"@context", "type", "id"})


def delete(draw: Draw) -> None:
    """Take a part away."""
    held, key = draw.place()
    del held[key]


def prune(draw: Draw) -> None:
    """Take most branches away: what is small is examined quickly, and in what is large most changes meet nothing new."""
    for held, key in draw.places:
        if isinstance(held, dict) and key not in _KEPT and isinstance(held[key], dict | list):
            if draw.random.randrange(2):
                del held[key]
            elif isinstance(held[key], list):
                del held[key][2:]


def replace(draw: Draw) -> None:
    """Put something new in the place of a part."""
    held, key = draw.place()
    held[key] = draw.value()


def copy_part(draw: Draw) -> None:
    """Write a part over another, from here or from elsewhere."""
    held, key = draw.place()
    held[key] = draw.part()


def move(draw: Draw) -> None:
    """Give a part to another object, under its own name or a new one."""
    held, key = draw.place()
    part = copied(held.pop(key))
    name = key if isinstance(key, str) and draw.random.randrange(2) else draw.key()
    draw.object()[name] = part


def swap(draw: Draw) -> None:
    """Let two parts change places."""
    (held, key), (other, name) = draw.place(), draw.place()
    held[key], other[name] = copied(other[name]), copied(held[key])


def rename(draw: Draw) -> None:
    """Give a field another name, and put it last."""
    held = draw.object()
    if held:
        key = draw.random.choice(list(held))
        held[draw.key()] = held.pop(key)


def add(draw: Draw) -> None:
    """Add a field that may be known."""
    draw.object()[draw.key()] = draw.value()


def add_undefined(draw: Draw) -> None:
    """Add a field that nobody knows."""
    draw.object()[draw.random.choice(STRANGE)] = draw.value()


def retype(draw: Draw) -> None:
    """Make an object one of other classes."""
    names = draw.random.sample(CLASSES, draw.random.choice((1, 1, 1, 2, 3, 5)))
    held = draw.object()
    kept = held.get("type")
    add_to = isinstance(kept, list) and draw.random.randrange(2)
    held["type"] = [*kept, *names] if add_to and isinstance(kept, list) else draw.random.choice((names, names[0]))


def rearrange_contexts(draw: Draw) -> None:
    """Give an object contexts in some order."""
    names = draw.random.sample(CONTEXTS, draw.random.randint(1, 4))
    names.sort(key=CONTEXTS.index)
    names = [CONTEXTS[0], *(name for name in names if name != CONTEXTS[0])]
    if not draw.random.randrange(3):
        draw.random.shuffle(names)
    draw.object()["@context"] = names if draw.random.randrange(4) else draw.random.choice((names[0], draw.value()))


def wrap(draw: Draw) -> None:
    """Put an array around a part, or take it away."""
    held, key = draw.place()
    value = held[key]
    held[key] = draw.random.choice(value) if isinstance(value, list) and value and draw.random.randrange(2) else [value]


def nest(draw: Draw) -> None:
    """Put a part deep inside."""
    held, key = draw.place()
    value = held[key]
    term, kind = draw.random.choice(NODES), draw.random.choice(CLASSES)
    for _ in range(draw.random.choice((1, 2, 5, 12, 28, 31, _DEEPEST))):
        value = {term: value, "type": [kind]} if draw.random.randrange(8) else [value]
    held[key] = value


def twins(draw: Draw) -> None:
    """Nameless objects that nothing tells apart, in each of which the same stand again: what labelling is slow at."""
    held, key = draw.place()
    value: Any = draw.random.choice((draw.node(), draw.part(), held[key]))
    term = draw.random.choice(NODES)
    for _ in range(draw.random.choice((1, 1, 2, 3, 6))):
        value = {**draw.node(), term: _copies(value, draw.random.choice((2, 2, 3, 5, 12)))}
    held[key] = value


def _copies(value: Any, count: int) -> list[Any]:
    size = 1 + (sum(1 for _ in places(value)) if isinstance(value, dict | list) else 0)
    return [copied(value) for _ in range(max(1, min(count, _MOST_PARTS // size)))]


def almost_twins(draw: Draw) -> None:
    """The same again next to a part, but for one text."""
    held, key = draw.place()
    value = held[key]
    if isinstance(value, dict):
        copies = _copies(value, draw.random.randint(2, 40))
        held[key] = [{**item, "name": str(number % 3)} for number, item in enumerate(copies)]


def enlarge(draw: Draw) -> None:
    """A long array of a part or of different texts, or a long text."""
    held, key = draw.place()
    count = draw.random.choice((3, 30, 300, 1_200))
    held[key] = draw.random.choice(
        (
            lambda: _copies(held[key], count),
            lambda: [str(number) for number in range(count)],
            lambda: ["x"] * count,
            lambda: "x" * count * 4,
        )
    )()


def spoil_text(draw: Draw) -> None:
    """Put an odd text into a text."""
    texts = [(held, key) for held, key in (draw.place() for _ in range(6)) if isinstance(held[key], str)]
    if texts:
        held, key = texts[0]
        cut = draw.random.randrange(len(held[key]) + 1)
        held[key] = held[key][:cut] + draw.random.choice(TEXTS)[:40] + held[key][cut + draw.random.randrange(3) :]


def share_name(draw: Draw) -> None:
    """Give two objects the same name."""
    first, second = draw.object(), draw.object()
    second.setdefault("id", "urn:x")
    first["id"] = copied(second["id"])


ACTS: Final[tuple[Callable[[Draw], None], ...]] = (
    delete, prune, replace, copy_part, move, swap, rename, add, add, add_undefined, retype, rearrange_contexts, wrap, nest, twins,
    almost_twins, enlarge, spoil_text, spoil_text, share_name,
)  # fmt: skip
