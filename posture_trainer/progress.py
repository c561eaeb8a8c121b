"""The progress bar of long work, on a terminal only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from posture_trainer.terminal.console import PlainConsole

Advance = Callable[[float], None]  # takes the part of the work that was done since the last call
Reached = Callable[[float, float | None], None]  # takes how much is done by now, and of how much in all


def no_progress(_done: float) -> None:
    """For who wants no bar."""


@contextmanager
def progress_bar(words: str, total: float | None, counted: bool = False) -> Iterator[Reached]:
    """A bar on stderr with the time left. total: of the work, where it is known. counted: 3/10 instead of per cent."""
    share = MofNCompleteColumn() if counted else TextColumn("{task.percentage:>3.0f} %")
    console = PlainConsole(stderr=True)
    columns = (TextColumn(words), BarColumn(), share, TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(words, total=total)
        yield lambda done, of: bar.update(task, completed=done, total=total if of is None else of)


@contextmanager
def work_progress(words: str, total: float) -> Iterator[Advance]:
    """The bar of work that comes in parts; gives a function that takes the part done since the last call."""
    with progress_bar(words, total or 1) as reached:
        done = 0.0

        def advance(part: float) -> None:
            nonlocal done
            done += part
            reached(done, None)

        yield advance
