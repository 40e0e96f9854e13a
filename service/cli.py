"""The command line. A refusal is one line on standard error and an exit code, never a traceback."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.errors import ZachetkaError
from service import logs
from service.arguments import DataOption, HostOption, PortOption, installed, moment
from service.keys_commands import keys_app
from service.tokens_commands import tokens_app

if TYPE_CHECKING:
    from service.parts import Parts

FAILED, UNREADABLE = 1, 3
TYPER_USAGE, USAGE, SOFTWARE, CONFIG = 2, 64, 70, 78  # sysexits.h; 2 already says "cannot tell"

app = typer.Typer(
    help="Зачётка: подписанные цифровые значки школьной сети.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(keys_app, name="keys")
app.add_typer(tokens_app, name="tokens")


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
    except Exception as error:  # noqa: BLE001 - the last net: a sentence and the place in the code instead of a traceback
        return _refused(_unforeseen(error))
    return 0


def _unforeseen(error: Exception) -> ZachetkaError:
    """What is told of an error that is none of ours; where it comes from the code, its place is said before."""
    from sqlalchemy.exc import SQLAlchemyError

    from service.errors import Broken, Busy

    if isinstance(error, SQLAlchemyError):
        return Busy()
    typer.echo(logs.place_of(error), err=True)
    return Broken(reference=type(error).__name__)


def _refused(error: ZachetkaError) -> int:
    from service.errors import Broken
    from service.settings import BadSetting
    from verifier.errors import NotACredential

    typer.echo(str(error), err=True)
    codes: tuple[tuple[type[ZachetkaError], int], ...] = (
        (NotACredential, UNREADABLE),
        (BadSetting, CONFIG),
        (Broken, SOFTWARE),
        (ZachetkaError, FAILED),
    )
    return next(code for kind, code in codes if isinstance(error, kind))


@app.command()
def serve(data: DataOption = None, host: HostOption = None, port: PortOption = None) -> None:
    """Запустить службу."""
    from service import serving
    from service.settings import read_settings

    settings = read_settings(data=data, host=host, port=port)
    logs.configure()
    serving.serve(settings)


@app.command()
def worker(data: DataOption = None) -> None:
    """Делать отложенную работу в отдельном процессе."""
    from service import serving
    from service.worker import Worker

    logs.configure()
    working = Worker(installed(data))
    serving.settle()
    working.run()


@app.command("migrate")
def prepare_database(data: DataOption = None) -> None:
    """Подготовить базу данных для этой версии."""
    from service import migrate, serving
    from service.database import engine_for
    from service.settings import read_settings

    settings = read_settings(data=data)
    serving.require_folder(settings)
    with engine_for(settings.database) as engine:
        migrate.upgrade(engine)
    typer.echo("База данных готова.")


@app.command("found")
def found_network(
    *,
    name: Annotated[str, typer.Option("--name", help="Полное название организации.")],
    host: Annotated[str, typer.Option("--site", help="Имя её сайта, например cpo.example.ru.")],
    person: Annotated[str, typer.Option("--person", help="Кто за неё отвечает: фамилия, имя, отчество.")],
    code: Annotated[str, typer.Option("--code", help="Код, если список сети ведёт другая установка.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="Вид организации, если список сети ведёт другая установка.")] = "",
    data: DataOption = None,
) -> None:
    """Начать сеть: первая организация с ключом и человек, который за неё отвечает."""
    import secrets

    from service import founding
    from service.database import unit_of_work
    from service.parts import utc_now

    parts = installed(data)
    wish = founding.Founder(code=code, name=name, host=host, person=person, kind=kind)
    with unit_of_work(parts.engine) as session:
        begun = founding.found(parts, session, wish, utc_now(), secrets.token_bytes)
        told = (begun.organisation.code, begun.multikey, begun.address)
    typer.echo("Организация {}, открытый ключ {}.".format(*told))
    typer.echo(f"Первый вход (код действует один раз, 7 дней): {told[2]}")


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
    from service.parts import utc_now
    from service.settings import read_settings
    from service.verifying import verify_file

    now = moment(at, "--at") if at is not None else utc_now()
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
    from rich.console import Console

    from service import issuing, serving

    asked = issuing.Asked(organisation=organisation, achievement=achievement, account=account, file=file, event=event)
    parts = installed(data)
    serving.settle()
    raise Ended(issuing.issue(parts, asked, Console()))


@app.command()
def doctor(
    *,
    resume_journal: Annotated[
        bool, typer.Option("--resume-journal", help="Записи журнала потеряны навсегда: заявить его заново.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Осмотреть установку: журнал, ключи, документы, базу данных."""
    from keys import publish
    from service.database import unit_of_work
    from service.keeping import COMMAND
    from service.parts import assemble, utc_now
    from service.settings import read_settings

    parts = assemble(read_settings(data=data))
    if resume_journal:
        with unit_of_work(parts.engine) as session:
            publish.resume_journal(session, parts.shelf, parts.store, utc_now(), COMMAND)
    _examine(parts)


def _examine(parts: "Parts") -> None:
    """Tell what is well and what is not, and end accordingly."""
    from service.doctor import Doctor
    from service.parts import utc_now

    findings = list(Doctor(parts, utc_now()).examine())
    for finding in findings:
        typer.echo(f"{'✕' if finding.faults else '✓'} {finding.subject}")
        for line in (*finding.faults, *finding.remarks):
            typer.echo(f"    {line}")
    if any(finding.faults for finding in findings):
        raise Ended(FAILED)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Куда: файл, которого ещё нет, или папка.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Заменить файл, если он уже есть.")] = False,
    data: DataOption = None,
) -> None:
    """Сделать запечатанную копию всей установки, не останавливая её."""
    from service.copies.making import make_copy
    from service.copies.showing import bar, size
    from service.parts import utc_now
    from service.settings import read_settings

    with bar("Копирование") as moved:
        made = make_copy(read_settings(data=data), file, utc_now(), moved, force=force)
    typer.echo(f"Копия готова: {made.file}, {size(made.size)}, на {made.moment:%d.%m.%Y %H:%M:%S} UTC.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="Копия, которую сделала команда backup.")],
    *,
    check: Annotated[bool, typer.Option("--check", help="Только проверить копию, ничего не записывать.")] = False,
    keep_published: Annotated[
        bool, typer.Option("--keep-published", help="Ключи и открытые документы уже здесь: оставить то, что новее.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Восстановить установку из копии и осмотреть её: 0 всё в порядке, 1 копия не подходит или что-то не в порядке."""
    from service import erasing
    from service.copies.returning import check_copy, return_copy
    from service.copies.showing import bar, size
    from service.parts import assemble, utc_now
    from service.settings import read_settings

    settings = read_settings(data=data)
    with bar("Проверка" if check else "Восстановление") as moved:
        found = (
            check_copy(settings, file, moved)
            if check
            else return_copy(settings, file, moved, keep_published=keep_published)
        )
    typer.echo(f"Копия цела: на {found.about.moment:%d.%m.%Y %H:%M:%S} UTC, файлов: {found.files}, {size(found.size)}.")
    if check:
        return
    parts = assemble(settings)
    if again := erasing.erase_again(parts, utc_now()):
        typer.echo(f"Стёрто заново то, что было стёрто после этой копии: {again}.")
    _examine(parts)


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
    from service.demo import run as demonstration

    code = demonstration.main(data=data, host=host, port=port, breaks=tuple(breaks or ()), serve=not no_serve)
    raise Ended(code)
