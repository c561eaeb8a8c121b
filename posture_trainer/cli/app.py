"""The command line as a whole: which commands there are, and how a fault ends one."""

import errno
import sys
from typing import Annotated

import typer

from posture_trainer.cli.commands import COMMANDS, all_commands
from posture_trainer.cli.leaving import leave_for_sure
from posture_trainer.cli.options import DataDir
from posture_trainer.cli.say import say
from posture_trainer.errors import CutShort, UserError
from posture_trainer.quiet import quiet_native_libraries
from posture_trainer.session.stop_signals import interrupted_by_signals
from posture_trainer.terminal.streams import plain_terminal

app = all_commands()


def _print_version(wanted: bool) -> None:
    if wanted:
        from posture_trainer import __version__

        typer.echo(f"posture-trainer {__version__}")
        raise typer.Exit


@app.callback()
def top(
    context: typer.Context,
    data_dir: DataDir = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Head posture practice in cervical dystonia: an aid, not a medical device.

    Example: posture-trainer practice --patient anna-1 (with nothing more: home)
    """
    context.obj = data_dir


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives back the exit code. Says errors in one or two lines, never with a traceback."""
    quiet_native_libraries()
    with plain_terminal(), interrupted_by_signals():
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
    leave_for_sure(code)
    return code


def _options(given: list[str]) -> set[str]:
    """The names of the options of a call."""
    return {each.partition("=")[0] for each in given if each.startswith("-")}


def _run(given: list[str]) -> int:
    options_only = not given or given[0].startswith("-")
    if options_only and not set(COMMANDS).intersection(given) and not {"--help", "--version"}.intersection(given):
        given.insert(0, "practice" if _options(given) - {"--data-dir"} else "home")
    try:
        outcome = app(given, standalone_mode=False, prog_name="posture-trainer")
    except UserError as error:
        say(str(error))
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        outcome = CutShort.exit_code
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC and error.filename is None:
            say("The disk is full: not all that there is to say could be written. Please make room.")
            return 1
        words = getattr(error, "format_message", None)
        if words is None:
            from posture_trainer.unforeseen import unforeseen_words  # --help need not wait for what it loads

            say(unforeseen_words(error, given))
            return 1
        say(f"{words()} Try: posture-trainer --help")
        return 2
    if outcome == CutShort.exit_code:  # what typer makes of a KeyboardInterrupt
        say("Stopped before it was done.")
    return outcome if isinstance(outcome, int) else 0
