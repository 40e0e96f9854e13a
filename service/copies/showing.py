"""How far copying has come, for whoever sits at the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.text import Text

from service.copies.packing import Moved

MEGABYTE = 1_000_000


class _Passed(ProgressColumn):
    """How much has passed."""

    def render(self, task: Task) -> Text:
        return Text(size(int(task.completed)))


@contextmanager
def bar(title: str) -> Iterator[Moved]:
    """Shows how many bytes have passed; nothing where nobody looks. It goes to standard error and leaves nothing behind."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), _Passed())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(title, total=None)
        yield lambda size: progress.advance(task, size)


def size(number: int) -> str:
    """So many bytes in megabytes, as Russian writes them."""
    return f"{number / MEGABYTE:.1f} МБ".replace(".", ",")
