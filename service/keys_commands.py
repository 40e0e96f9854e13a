"""`zachetka keys`: the signing keys of organisations."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.arguments import CodeArgument, DataOption, installed, moment

if TYPE_CHECKING:
    from service.keeping import Keeping

keys_app = typer.Typer(help="Ключи подписи организаций.", no_args_is_help=True)

KeyArgument = Annotated[str, typer.Argument(help="Открытая часть ключа: z6Mk…")]


@keys_app.command("list")
def list_keys(
    organisation: Annotated[str | None, typer.Argument(help="Код организации; без него все.")] = None,
    data: DataOption = None,
) -> None:
    """Показать ключи: организация, состояние, с какого и по какой день, открытая часть."""
    from service import keeping

    for line in keeping.list_keys(installed(data), organisation):
        typer.echo(line)


def _keep(act: Callable[["Keeping"], object], data: Path | None) -> None:
    """Do one act upon keys in a transaction of its own."""
    from service import keeping
    from service.database import unit_of_work
    from service.parts import utc_now

    parts = installed(data)
    with unit_of_work(parts.engine) as session:
        act(keeping.Keeping(parts=parts, session=session, by=keeping.COMMAND, now=utc_now()))


@keys_app.command("make")
def make_key(organisation: CodeArgument, data: DataOption = None) -> None:
    """Сделать организации первый ключ."""
    _keep(lambda held: typer.echo(held.make(organisation).multikey), data)


@keys_app.command("announce")
def announce_key(
    organisation: CodeArgument,
    begins: Annotated[str, typer.Option("--from", help="С какого момента действует: 2026-11-22T12:00:00Z.")],
    data: DataOption = None,
) -> None:
    """Сделать следующий ключ и заранее объявить его; в срок он начнёт действовать сам."""
    at = moment(begins, "--from")
    _keep(lambda held: typer.echo(held.announce(organisation, at).multikey), data)


@keys_app.command("rotate")
def rotate_key(organisation: CodeArgument, data: DataOption = None) -> None:
    """Ввести новый ключ и снять прежний; подписанное раньше остаётся в силе."""
    _keep(lambda held: typer.echo(held.rotate(organisation).multikey), data)


@keys_app.command("retire")
def retire_key(organisation: CodeArgument, multikey: KeyArgument, data: DataOption = None) -> None:
    """Снять ключ без замены; подписанное им остаётся в силе."""
    _keep(lambda held: held.retire(organisation, multikey), data)


@keys_app.command("compromise")
def compromise_key(
    organisation: CodeArgument,
    multikey: KeyArgument,
    since: Annotated[
        str, typer.Option("--since", help="С какого момента ключ мог быть у чужих: 2026-11-22T12:00:00Z.")
    ],
    data: DataOption = None,
) -> None:
    """Объявить ключ раскрытым: подписанное им с этого момента не считается, раньше — только со свидетелем."""
    at = moment(since, "--since")
    _keep(lambda held: held.compromise(organisation, multikey, at), data)


@keys_app.command("clock")
def clock(
    *,
    accept: Annotated[bool, typer.Option("--accept", help="Часы проверены: считать их верными.")] = False,
    data: DataOption = None,
) -> None:
    """Показать, когда сделана последняя подпись; раньше этого подписывать нельзя."""
    from schemas.dates import write_timestamp
    from service.parts import utc_now

    guard = installed(data).store.guard
    if guard is None:
        typer.echo("В демонстрации часы не охраняются.")
        return
    if accept:
        guard.accept(utc_now())
    mark = guard.mark
    typer.echo("Подписей ещё не было." if mark is None else write_timestamp(mark))
