"""The command line. A refusal is one line on standard error and an exit code, never a traceback."""

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from schemas.dates import BadTimestamp, read_timestamp, write_timestamp
from schemas.errors import ZachetkaError
from service import issuing, keeping, logs, migrate, serving
from service.database import open_engine, unit_of_work
from service.doctor import Doctor
from service.errors import Broken, Busy
from service.parts import assemble, utc_now
from service.settings import BadSetting, read_settings
from service.verifying import verify_file
from service.worker import Worker
from verifier.errors import NotACredential

FAILED, UNREADABLE = 1, 3
TYPER_USAGE, USAGE, SOFTWARE, CONFIG = 2, 64, 70, 78  # sysexits.h; 2 already says "cannot tell"

app = typer.Typer(
    help="Зачётка: подписанные цифровые значки школьной сети.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
keys_app = typer.Typer(help="Ключи подписи организаций.", no_args_is_help=True)
app.add_typer(keys_app, name="keys")

DataOption = Annotated[Path | None, typer.Option("--data", help="Папка данных (ZACHETKA_DATA).")]
HostOption = Annotated[str | None, typer.Option("--host", help="Адрес, на котором слушать (ZACHETKA_HOST).")]
PortOption = Annotated[int | None, typer.Option("--port", help="Порт (ZACHETKA_PORT).")]


CodeArgument = Annotated[str, typer.Argument(help="Код организации.")]
KeyArgument = Annotated[str, typer.Argument(help="Открытая часть ключа: z6Mk…")]


class Ended(Exception):
    """A command has ended with this exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    logs.configure(quiet=True)
    try:
        app(arguments)
    except SystemExit as end:
        return USAGE if end.code == TYPER_USAGE else int(end.code or 0)
    except Ended as end:
        return end.code
    except ZachetkaError as error:
        return _refused(error)
    except SQLAlchemyError:
        return _refused(Busy())
    except Exception as error:  # noqa: BLE001 - the last net: a sentence and the place in the code instead of a traceback
        typer.echo(logs.place_of(error), err=True)
        return _refused(Broken(reference=type(error).__name__))
    return 0


def _refused(error: ZachetkaError) -> int:
    typer.echo(str(error), err=True)
    codes: tuple[tuple[type[ZachetkaError], int], ...] = (
        (NotACredential, UNREADABLE),
        (BadSetting, CONFIG),
        (Broken, SOFTWARE),
        (ZachetkaError, FAILED),
    )
    return next(code for kind, code in codes if isinstance(error, kind))


def _moment(text: str, option: str) -> datetime:
    """A moment as an option gives it."""
    try:
        return read_timestamp(text)
    except BadTimestamp as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


@app.command()
def serve(data: DataOption = None, host: HostOption = None, port: PortOption = None) -> None:
    """Запустить службу."""
    settings = read_settings(data=data, host=host, port=port)
    logs.configure()
    serving.serve(settings)


@app.command()
def worker(data: DataOption = None) -> None:
    """Делать отложенную работу в отдельном процессе."""
    logs.configure()
    Worker(serving.compose(read_settings(data=data))).run()


@app.command("migrate")
def prepare_database(data: DataOption = None) -> None:
    """Подготовить базу данных для этой версии."""
    settings = read_settings(data=data)
    serving.require_folder(settings)
    migrate.upgrade(open_engine(settings.database))
    typer.echo("База данных готова.")


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="Файл значка: .json, .jwt, .png или .svg.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Ответ в виде JSON.")] = False,
    at: Annotated[str | None, typer.Option("--at", help="На какой момент проверить: 2026-11-22T12:00:00Z.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ничего не спрашивать вне папки данных.")] = False,
    data: DataOption = None,
) -> None:
    """Проверить значок: 0 подлинный, 1 недействителен, 2 проверить не удалось, 3 значка в файле нет."""
    now = _moment(at, "--at") if at is not None else utc_now()
    told = verify_file(read_settings(data=data), file, now=now, offline=offline, as_json=as_json)
    typer.echo(told.text)
    raise Ended(told.exit)


@app.command("issue")
def issue_list(
    file: Annotated[Path, typer.Argument(help="Список: .csv или .xlsx, в первой строке названия столбцов.")],
    *,
    organisation: Annotated[str, typer.Option("--organisation", help="Код организации.")],
    achievement: Annotated[str, typer.Option("--achievement", help="Код опубликованного значка.")],
    account: Annotated[str, typer.Option("--as", help="Учётная запись сотрудника, от имени которого идёт выдача.")],
    event: Annotated[str, typer.Option("--event", help="Основание, если в файле нет такого столбца.")] = "",
    data: DataOption = None,
) -> None:
    """Выдать значки по списку: 0 список пройден, 4 ждёт подтверждения второго сотрудника."""
    asked = issuing.Asked(organisation=organisation, achievement=achievement, account=account, file=file, event=event)
    raise Ended(issuing.issue(serving.compose(read_settings(data=data)), asked, Console()))


@app.command()
def doctor(data: DataOption = None) -> None:
    """Осмотреть установку: журнал, ключи, документы, базу данных."""
    findings = list(Doctor(assemble(read_settings(data=data)), utc_now()).examine())
    for finding in findings:
        typer.echo(f"{'✕' if finding.faults else '✓'} {finding.subject}")
        for line in (*finding.faults, *finding.remarks):
            typer.echo(f"    {line}")
    if any(finding.faults for finding in findings):
        raise Ended(FAILED)


@keys_app.command("list")
def list_keys(
    organisation: Annotated[str | None, typer.Argument(help="Код организации; без него все.")] = None,
    data: DataOption = None,
) -> None:
    """Показать ключи: организация, состояние, с какого и по какой день, открытая часть."""
    for line in keeping.list_keys(serving.compose(read_settings(data=data)), organisation):
        typer.echo(line)


def _keep(act: Callable[[keeping.Keeping], object], data: Path | None) -> None:
    """Do one act upon keys in a transaction of its own."""
    parts = serving.compose(read_settings(data=data))
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
    moment = _moment(begins, "--from")
    _keep(lambda held: typer.echo(held.announce(organisation, moment).multikey), data)


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
    moment = _moment(since, "--since")
    _keep(lambda held: held.compromise(organisation, multikey, moment), data)


@keys_app.command("clock")
def clock(
    *,
    accept: Annotated[bool, typer.Option("--accept", help="Часы проверены: считать их верными.")] = False,
    data: DataOption = None,
) -> None:
    """Показать, когда сделана последняя подпись; раньше этого подписывать нельзя."""
    guard = serving.compose(read_settings(data=data)).store.guard
    if guard is None:
        typer.echo("В демонстрации часы не охраняются.")
        return
    if accept:
        guard.accept(utc_now())
    mark = guard.mark
    typer.echo("Подписей ещё не было." if mark is None else write_timestamp(mark))


@app.command()
def demo(
    *,
    data: DataOption = None,
    host: HostOption = None,
    port: PortOption = None,
    breaks: Annotated[
        list[str] | None, typer.Option("--break", help="Что сломать: tamper, revoke, trust, decide.")
    ] = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Закончить после историй, не запускать службу.")] = False,
) -> None:
    """Построить вымышленный муниципалитет, проиграть истории и запустить службу."""
    from service.demo import run as demonstration  # noqa: PLC0415 - real installations never load it

    code = demonstration.main(data=data, host=host, port=port, breaks=tuple(breaks or ()), serve=not no_serve)
    raise Ended(code)
