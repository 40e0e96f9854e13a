"""What several commands are given alike: the data folder, an organisation, a moment, the installation they work on.

Commands load what they work with when they run, so that `zachetka --help` does not wait for the whole application.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.dates import BadTimestamp, read_timestamp

if TYPE_CHECKING:
    from service.parts import Parts

DataOption = Annotated[Path | None, typer.Option("--data", help="Папка данных (ZACHETKA_DATA).")]
HostOption = Annotated[str | None, typer.Option("--host", help="Адрес, на котором слушать (ZACHETKA_HOST).")]
PortOption = Annotated[int | None, typer.Option("--port", help="Порт (ZACHETKA_PORT).")]
CodeArgument = Annotated[str, typer.Argument(help="Код организации.")]


def moment(text: str, option: str) -> datetime:
    """A moment as an option gives it."""
    try:
        return read_timestamp(text)
    except BadTimestamp as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


def installed(data: Path | None) -> "Parts":
    """The parts of the installation in a data folder; raises what `read_settings` and `compose` raise."""
    from service.serving import compose
    from service.settings import read_settings

    return compose(read_settings(data=data))
