"""`zachetka tokens`: what programs act for organisations with."""

import secrets
from typing import Annotated

import typer

from service.arguments import CodeArgument, DataOption, installed

tokens_app = typer.Typer(help="Токены, с которыми программы действуют за организацию.", no_args_is_help=True)


@tokens_app.command("list")
def list_tokens(organisation: CodeArgument, data: DataOption = None) -> None:
    """Показать токены организации: номер, состояние, по какой день, когда был последний запрос, что можно, название."""
    from service.database import reading
    from service.parts import utc_now
    from service.vc_api import tokens

    parts = installed(data)
    with reading(parts.engine) as session:
        for token in tokens.tokens_of(session, organisation):
            typer.echo(tokens.line(token, utc_now()))


@tokens_app.command("make")
def make_token(
    organisation: CodeArgument,
    name: Annotated[str, typer.Argument(help="Какая программа получит токен.")],
    scopes: Annotated[list[str], typer.Option("--scope", help="Что ей можно: issue, verify, status.")],
    days: Annotated[int | None, typer.Option("--days", help="Сколько дней он действует; обычно год.")] = None,
    data: DataOption = None,
) -> None:
    """Сделать токен и показать его единственный раз."""
    from service.database import unit_of_work
    from service.keeping import COMMAND
    from service.parts import utc_now
    from service.vc_api import tokens

    parts = installed(data)
    with unit_of_work(parts.engine) as session:
        wish = tokens.Wish(organisation, name, scopes, tokens.USUAL_DAYS if days is None else days)
        _, text = tokens.make(session, wish, COMMAND, utc_now(), secrets.token_bytes)
    typer.echo(text)


@tokens_app.command("withdraw")
def withdraw_token(
    organisation: CodeArgument,
    token: Annotated[str, typer.Argument(help="Номер токена из списка.")],
    data: DataOption = None,
) -> None:
    """Отозвать токен навсегда."""
    from service.database import unit_of_work
    from service.keeping import COMMAND
    from service.parts import utc_now
    from service.vc_api import tokens

    parts = installed(data)
    with unit_of_work(parts.engine) as session:
        tokens.withdraw(session, organisation, token, COMMAND, utc_now())
