"""RDFC-1.0 as pyoxigraph does it, line by line. Runs in a process of its own: it knows no limit and holds the interpreter.

Only its labelling and its N-Quads reader are asked for. Its JSON-LD reader drops statements; its N-Quads writer does not escape
as RDF-CANON §5 says and its order is another, so lines are written and sorted here.
"""

import json
import sys

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

_ALGORITHMS = {"sha256": CanonicalizationAlgorithm.RDFC_1_0, "sha384": CanonicalizationAlgorithm.RDFC_1_0_SHA_384}
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    ord(character): f"\\{letter}" for character, letter in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)
}
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def _term(term: NamedNode | BlankNode | Literal | Triple) -> str:
    if isinstance(term, NamedNode):
        return f"<{term.value}>"
    if not isinstance(term, Literal):
        return str(term)
    quoted = f'"{term.value.translate(_ESCAPES)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype.value == _STRING else f"{quoted}^^<{term.datatype.value}>"


def _line(quad: Quad) -> str:
    terms = [_term(quad.subject), _term(quad.predicate), _term(quad.object)]
    if not isinstance(quad.graph_name, DefaultGraph):
        terms.append(_term(quad.graph_name))
    return f"{' '.join(terms)} .\n"


def canonical(text: str, digest: str) -> str:
    """The canonical form of a dataset given in N-Quads."""
    dataset = Dataset(parse(text, format=RdfFormat.N_QUADS, lenient=True))
    dataset.canonicalize(_ALGORITHMS[digest])
    return "".join(sorted(map(_line, dataset)))


def main() -> None:
    """Answer requests until there are no more."""
    for request in sys.stdin:
        asked = json.loads(request)
        try:
            answer = {"text": canonical(asked["text"], asked["digest"])}
        except (ValueError, SyntaxError) as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
