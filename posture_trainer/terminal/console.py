"""Rich's console for tables and bars, made harmless like all that is said."""

import sys
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from posture_trainer.terminal.streams import HarmlessStream
from posture_trainer.words.harmless import on_terminal


class PlainConsole(Console):
    """Rich's console, whose texts are cleaned as they are laid out; its own colours and bars stay."""

    def __init__(self, *, stderr: bool = False, highlight: bool = True) -> None:
        stream = sys.stderr if stderr else sys.stdout
        super().__init__(file=stream.stream if isinstance(stream, HarmlessStream) else stream, highlight=highlight)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of what is to be printed; every table's cell passes through here."""
        for segment in super().render(renderable, options):
            if segment.control is None:
                yield Segment(on_terminal(segment.text), segment.style)
            else:
                yield segment
