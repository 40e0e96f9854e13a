"""Printing as PDF, as any package may ask for it: a template by its name, data that is never markup, a moment.

The service composes the printer (`app.state.print_pdf`); a route asks for it as `Printing`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Protocol, cast

from fastapi import Depends, Request

from schemas.errors import N_, BadInput, Unavailable

NO_DRAWINGS: Final[Mapping[str, str]] = {}


class NoPdf(Unavailable):
    """This installation prints no PDF (the extra `pdf` is not installed); the pages print from any browser."""

    code = "pdf-missing"
    sentence = N_("Эта установка не готовит PDF. Откройте документ на странице и напечатайте его из браузера.")


class SignsMissing(BadInput):
    """The letters of the documents lack some signs of the text; `signs` names them. Nothing was printed."""

    code = "signs-missing"
    sentence = N_("В документе есть знаки, которых нет в печатном шрифте: {signs}.")


class Prints(Protocol):
    """Prints PDF/A. The same template, data and moment always give the same bytes."""

    @property
    def ready(self) -> bool:
        """Whether this installation can print at all."""
        ...

    def __call__(
        self,
        template: str,
        data: Mapping[str, Any],
        *,
        at: datetime,
        spell: bool = False,
        drawings: Mapping[str, str] = NO_DRAWINGS,
    ) -> bytes:
        """The finished file; `at` is the moment it states. With `spell` a sign that no letter shows is written as its code.

        `drawings` are SVG by name, which the template finds in `sys.inputs` as they are; "data" is no name for one.

        Raises `NoPdf` and, without `spell`, `SignsMissing`.
        """
        ...


def printing(request: Request) -> Prints:
    """FastAPI dependency: the printer of this installation."""
    return cast("Prints", request.app.state.print_pdf)


Printing = Annotated[Prints, Depends(printing)]
