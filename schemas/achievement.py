"""An Open Badges 3.0 Achievement, read over its own dict (OB 3.0 App. B.1.1); fields we do not know survive."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from schemas import fields


@dataclass(frozen=True, slots=True)
class Alignment:
    """A link to one outcome of a framework (OB Alignment)."""

    code: str
    name: str
    url: str
    framework: str
    kind: str
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class RubricLevel:
    """One step of a rubric (OB RubricCriterionLevel): its number where it has one, and by what it is recognised."""

    id: str
    name: str
    level: int | None
    points: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDescription:
    """One scale on which an achievement is measured (OB ResultDescription); values stay as they are written."""

    id: str
    name: str
    kind: str
    alignments: tuple[Alignment, ...] = ()
    required_value: str | None = None
    required_level: str | None = None
    levels: tuple[RubricLevel, ...] = ()
    value_min: str | None = None
    value_max: str | None = None
    allowed_values: tuple[str, ...] = ()
    pointer: str = ""

    def level(self, level_id: str | None) -> RubricLevel | None:
        """The step with this id."""
        return next((level for level in self.levels if level.id == level_id), None)


class Achievement:
    """An object over the achievement's dict. `pointer` is where it stands in the credential it was read from."""

    def __init__(self, document: dict[str, Any], pointer: str = "") -> None:
        self.document = document
        self.pointer = pointer

    @property
    def id(self) -> str:
        """The address of the achievement."""
        return fields.required(self.document, "id", self.pointer)

    @property
    def name(self) -> str:
        """Its title."""
        return self.text("name")

    @property
    def description(self) -> str:
        """What it is, in a few words."""
        return self.text("description")

    @property
    def criteria(self) -> str:
        """What has to be shown to earn it."""
        found = fields.objects(self.document, "criteria", self.pointer)
        return fields.text(found[0][1], "narrative") if found else ""

    @property
    def kind(self) -> str:
        """`achievementType`, for example MicroCredential; "" where none is given."""
        return fields.optional(self.document, "achievementType", self.pointer) or ""

    @property
    def code(self) -> str:
        """`humanCode`, the code that its organisation gives it; "" where there is none."""
        return fields.optional(self.document, "humanCode", self.pointer) or ""

    @property
    def tags(self) -> list[str]:
        """Key words."""
        return fields.strings(self.document, "tag", self.pointer)

    @property
    def image(self) -> str | None:
        """The address of its picture."""
        return fields.reference(self.document, "image", self.pointer)

    @cached_property
    def alignments(self) -> list[Alignment]:
        """The outcomes it lists."""
        return alignments(self.document, self.pointer)

    @cached_property
    def result_descriptions(self) -> list[ResultDescription]:
        """The scales it is measured on."""
        found = fields.objects(self.document, "resultDescription", self.pointer)
        return [_result_description(document, pointer) for pointer, document in found]

    def text(self, name: str, language: str = "ru") -> str:
        """A text field for people, in `language` where there is a choice."""
        return fields.text(self.document, name, language)


def alignments(document: dict[str, Any], pointer: str = "") -> list[Alignment]:
    """The alignments of an achievement, a result or a result description."""
    return [
        Alignment(
            code=fields.optional(found, "targetCode", place) or "",
            name=fields.text(found, "targetName"),
            url=fields.optional(found, "targetUrl", place) or "",
            framework=fields.text(found, "targetFramework"),
            kind=fields.optional(found, "targetType", place) or "",
            pointer=place,
        )
        for place, found in fields.objects(document, "alignment", pointer)
    ]


def _result_description(document: dict[str, Any], pointer: str) -> ResultDescription:
    return ResultDescription(
        id=fields.required(document, "id", pointer),
        name=fields.text(document, "name"),
        kind=fields.optional(document, "resultType", pointer) or "",
        alignments=tuple(alignments(document, pointer)),
        required_value=fields.optional(document, "requiredValue", pointer),
        required_level=fields.optional(document, "requiredLevel", pointer),
        levels=tuple(
            _level(found, place) for place, found in fields.objects(document, "rubricCriterionLevel", pointer)
        ),
        value_min=fields.optional(document, "valueMin", pointer),
        value_max=fields.optional(document, "valueMax", pointer),
        allowed_values=tuple(fields.strings(document, "allowedValue", pointer)),
        pointer=pointer,
    )


def _level(document: dict[str, Any], pointer: str) -> RubricLevel:
    number = fields.optional(document, "level", pointer) or ""
    return RubricLevel(
        id=fields.required(document, "id", pointer),
        name=fields.text(document, "name"),
        level=int(number) if number.isascii() and number.isdigit() and len(number) < 3 else None,  # noqa: PLR2004 - two digits
        points=fields.optional(document, "points", pointer) or "",
        description=fields.text(document, "description"),
    )
