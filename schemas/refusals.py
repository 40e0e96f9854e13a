"""Why a document is refused: one class and one stable code per reason, each with a JSON pointer (RFC 6901) where there is a place.

Refused                 the document cannot be read, signed or accepted as it is
├── reading the JSON    NotJson, DuplicateKey, NumberRefused, TooDeep
├── shape               what JSON-LD would drop or two readers would understand differently
├── contexts            not bundled, inline, misplaced, out of order, redefining
├── terms and IRIs      undefined, relative, malformed
└── canonical form      PoisonGraph, TooComplex
"""

from schemas.errors import N_, BadInput, TooLarge


class Refused(BadInput):
    """The document breaks a rule that keeps what is signed equal to what is read."""

    code = "refused"
    sentence = N_("Файл нарушает правила цифровых свидетельств. Попросите организацию выдать его заново.")


class DocumentTooLarge(TooLarge, Refused):
    """More bytes than a single document may have. Params: `limit` in bytes."""

    code = "too-large"
    sentence = N_("Файл слишком большой: разрешено не больше {limit} байт.")


class NotJson(Refused):
    """Not one JSON object in UTF-8 (RFC 8259, RFC 7493)."""

    code = "not-json"
    sentence = N_("В файле нет цифрового свидетельства: он повреждён или имеет другой формат. Скачайте файл ещё раз.")


class DuplicateKey(Refused):
    """One object names the same key twice, so two readers may see two values (RFC 7493 §2.3). Params: `key`."""

    code = "duplicate-key"
    sentence = N_(
        "Поле «{key}» встречается дважды, поэтому файл можно понять по-разному. Попросите организацию выдать его заново."
    )


class NumberRefused(Refused):
    """A number that other readers would round or cannot hold (RFC 7493 §2.2). Params: `number`."""

    code = "number-refused"
    sentence = N_("Число «{number}» нельзя сохранить без потерь. Попросите организацию выдать файл заново.")


class TextRefused(Refused):
    """A string with half a surrogate pair: it has no UTF-8 form."""

    code = "text-refused"
    sentence = N_("В файле есть повреждённый символ. Попросите организацию выдать файл заново.")


class TooDeep(Refused):
    """Objects and arrays are nested too deeply. Params: `limit`."""

    code = "too-deep"
    sentence = N_("Файл устроен слишком сложно: вложенность больше {limit} уровней.")


class TooComplex(Refused):
    """More objects, statements or nameless nodes than one credential may have. Params: `what`, `limit`."""

    code = "too-complex"
    sentence = N_("Файл устроен слишком сложно: в одном свидетельстве столько частей быть не может.")


class PoisonGraph(Refused):
    """Labelling the nameless nodes would take more work than any honest document needs (RDF-CANON §7.1)."""

    code = "poison-graph"
    sentence = N_(
        "Файл устроен так, что его проверка не закончится. Такие файлы делают, чтобы помешать работе: не принимайте его."
    )


class ShapeRefused(Refused):
    """A JSON shape that JSON-LD drops or flattens, so that it would not be covered by a signature. Params: `what`."""

    code = "shape-refused"
    sentence = N_("Часть файла («{what}») не защищается подписью. Попросите организацию выдать файл заново.")


class NullValue(ShapeRefused):
    """A null: JSON-LD drops the whole field."""

    code = "null-value"


class EmptyValue(ShapeRefused):
    """An empty array or object: it leaves no trace in what is signed."""

    code = "empty-value"


class NestedArray(ShapeRefused):
    """An array in an array: JSON-LD flattens it."""

    code = "nested-array"


class KeywordRefused(ShapeRefused):
    """A JSON-LD keyword that moves or hides statements, or an alias written as a keyword."""

    code = "keyword-refused"


class KeyRefused(ShapeRefused):
    """A key written as an IRI instead of a term: other readers would not find the field under its name."""

    code = "key-refused"


class ValueObject(ShapeRefused):
    """A value object that is more or less than a text with its language."""

    code = "value-object"


class NodeDropped(ShapeRefused):
    """An object of which nothing but its id, or nothing at all, would be signed."""

    code = "node-dropped"


class ContextRefused(Refused):
    """Something is wrong with `@context`."""

    code = "context-refused"
    sentence = N_(
        "Файл опирается на словарь, который проверка не принимает. Попросите организацию выдать файл по стандарту Open Badges 3.0."
    )


class ContextMissing(ContextRefused):
    """There is no `@context`, or it does not begin with Verifiable Credentials 2.0 (VCDM 2.0 §4.3) or 1.1."""

    code = "context-missing"


class ContextUnknown(ContextRefused):
    """A context that is not bundled; nothing is ever fetched. Params: `url`."""

    code = "context-unknown"
    sentence = N_(
        "Файл опирается на незнакомый словарь «{url}». Попросите организацию выдать файл по стандарту Open Badges 3.0."
    )


class ContextInline(ContextRefused):
    """A context written into the document: it could give the words of the standard another meaning."""

    code = "context-inline"


class ContextOrder(ContextRefused):
    """The contexts are repeated or stand in another order than the published one."""

    code = "context-order"


class ContextMisplaced(ContextRefused):
    """`@context` inside an object that is not itself a credential."""

    code = "context-misplaced"


class Redefinition(ContextRefused):
    """A protected term of the standard would get another meaning (VCDM 2.0 §5.2)."""

    code = "redefinition"


class UndefinedTerm(Refused):
    """A field that no context defines: JSON-LD drops it silently. Params: `term`."""

    code = "undefined-term"
    sentence = N_(
        "Поле «{term}» не описано в стандарте и не защищено подписью: его мог дописать кто угодно. Не принимайте этот файл."
    )


class UndefinedType(Refused):
    """A `type` that no context defines. Params: `term`."""

    code = "undefined-type"
    sentence = N_(
        "Тип «{term}» не описан в стандарте, поэтому файл нельзя понять однозначно. Попросите организацию выдать его заново."
    )


class RelativeIri(Refused):
    """An identifier without a scheme: it means something else in every place. Params: `iri`."""

    code = "relative-iri"
    sentence = N_("Адрес «{iri}» неполный: по нему ничего нельзя найти. Попросите организацию выдать файл заново.")


class MalformedIri(Refused):
    """An identifier with characters that no IRI may have (RFC 3987), or a nameless one. Params: `iri`."""

    code = "malformed-iri"
    sentence = N_("Адрес «{iri}» записан с ошибкой. Попросите организацию выдать файл заново.")


class NotJsonLd(Refused):
    """The JSON-LD processor refuses the document for another reason. Params: `reason`, the code of JSON-LD 1.1 API §9.6."""

    code = "not-json-ld"
    sentence = N_("Файл составлен с ошибкой, и его нельзя понять однозначно. Попросите организацию выдать его заново.")


class NotNQuads(Refused):
    """A line that is not N-Quads 1.1. Params: `line`, counted from 1."""

    code = "not-n-quads"
    sentence = N_("Строка {line} записана не по правилам.")


class SchemaViolation(Refused):
    """The document breaks its published JSON Schema. Params: `rule`, the JSON Schema keyword."""

    code = "schema"
    sentence = N_("Файл не соответствует стандарту Open Badges 3.0. Попросите организацию выдать его заново.")


class Unreadable(Refused):
    """A field that is needed is missing or has another shape than its standard says. Params: `field`."""

    code = "unreadable"
    sentence = N_("Поле «{field}» пустое или записано не по стандарту. Попросите организацию выдать файл заново.")
