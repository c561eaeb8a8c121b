"""The progress bar of long work on a video."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def video_progress(length_s: float | None) -> Iterator[Callable[[float], None]]:
    """A bar on stderr with the time left; gives a function that takes the seconds of video done."""
    columns = (TextColumn("Analysing"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("video", total=length_s)
        yield lambda t_s: bar.update(task, completed=t_s)
