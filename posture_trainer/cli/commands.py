"""Which commands there are. Only the one that is called is loaded: --help needs the names and lines alone."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

COMMANDS: dict[str, tuple[str, str]] = {
    "home": ("home", ""),  # it is what the program does without a command: --help does not name it
    "desk": (
        "desk",
        "A small sign while you work: it reminds rarely of a posture that is held for a minute. The camera is on.",
    ),
    "practice": ("practice", "A mirror session, guided by a plan if one is named or assigned."),
    "demo": ("demo", "A session on a short clip: no camera needed."),
    "calibrate": ("calibrate", "Record a patient's neutral position. Earlier ones are kept."),
    "analyze": ("analyze", "A recorded video into the log of a session, as fast as it goes."),
    "review": ("review", "What the session logs say: a table of all patients, or a report about one."),
    "check": ("check", "Look at this computer: what works, what does not, what to do."),
    "export": (
        "export",
        "A patient's record as an archive, or its figures as a FHIR R4 Bundle; or tables for other programs.",
    ),
    "import": ("take_in", "Take in a record that was exported on another computer, or a whole folder of them."),
    "delete": ("delete", "Delete the whole record of a patient. It can't be undone."),
    "plans": ("plans", "List the plans; show one; check a file."),
    "shortcut": ("shortcut", "Make an icon in the start menu and on the desktop."),
}
"""By their names: the file in cli/, whose function is called the same, and what --help says of it: its docstring."""


class Commands(TyperGroup):
    """Puts the command itself in the place of its name when it is called, or asked for its own --help."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """As documented by click: the name, the command, and the arguments that are left for it."""
        name, known, rest = super().resolve_command(ctx, args)
        return name, known and loaded(str(name)), rest


def loaded(name: str) -> Any:
    """The command of this name with its options."""
    file, _ = COMMANDS[name]
    alone = plain()
    alone.command(name)(getattr(import_module(f"posture_trainer.cli.{file}"), file))
    return typer.main.get_command(alone)


def plain(cls: type[TyperGroup] | None = None) -> typer.Typer:
    """A program without colours and frames, and without traces of its faults."""
    return typer.Typer(cls=cls, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def all_commands() -> typer.Typer:
    """The program, in which every command is known by its name and its line."""
    app = plain(Commands)
    for name, (_, line) in COMMANDS.items():
        app.command(name, help=line, hidden=not line)(_not_loaded)
    return app


def _not_loaded() -> None:
    raise AssertionError("a command is called as it was loaded")
