"""What nobody foresaw: a plain last message, and a log file for an engineer that tells nothing of anybody."""

import os
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from posture_trainer import __version__
from posture_trainer.private_files import make_private_folder, write_private_file
from posture_trainer.records.people import data_folder
from posture_trainer.shipped_files import PACKAGE

LOG = "last-fault.txt"  # in the data folder; the next one takes its place
_MOST_STEPS = 60


def unforeseen_words(error: BaseException, arguments: list[str]) -> str:
    """Writes the log file into the data folder of that call, and gives the words to say, with what was noted on the
    error (what there is of a record). POSTURE_TRAINER_DEBUG raises the error instead."""
    words = " ".join(("Something happened that should not.", *getattr(error, "__notes__", ())))
    data = _data_folder(arguments)
    path = write_fault(error, data)
    if path is None:
        return f"{words} ({type(error).__name__}; no report of it could be written in {data}.)"
    return f"{words} Please send {path} to whoever looks after the program: it holds no patient's data."


def write_fault(error: BaseException, data: Path) -> Path | None:
    """Write the log file into that data folder; None where that can't be done. POSTURE_TRAINER_DEBUG raises the
    error instead."""
    if os.environ.get("POSTURE_TRAINER_DEBUG"):
        raise error
    path = data / LOG
    try:
        make_private_folder(data)
        write_private_file(path, fault_report(error, datetime.now(UTC)))
    except Exception:
        return None
    return path


def fault_report(error: BaseException, now: datetime) -> str:
    """Kind of the error and the lines of code it passed through: no message, no value, no path outside the program,
    because any of these can name a person or tell a figure."""
    lines = [
        f"posture_trainer {__version__}, Python {platform.python_version()}, {platform.system()}",
        f"{now:%F %T} UTC",
    ]
    seen: BaseException | None = error
    while seen is not None and len(lines) < _MOST_STEPS:
        lines.append(f"{type(seen).__module__}.{type(seen).__name__}")
        lines += [_step(each) for each in traceback.extract_tb(seen.__traceback__)[-_MOST_STEPS // 2 :]]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines) + "\n"


def _step(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    inside = path.is_relative_to(PACKAGE)
    shown = path.relative_to(PACKAGE.parent).as_posix() if inside else "/".join(path.parts[-2:])
    return f"  {shown}:{frame.lineno} {frame.name}"


def _data_folder(arguments: list[str]) -> Path:
    """The data folder that the call was for, as far as can be told from its arguments."""
    for index, argument in enumerate(arguments):
        if argument.startswith("--data-dir="):
            return Path(argument.partition("=")[2])
        if argument == "--data-dir" and index + 1 < len(arguments):
            return Path(arguments[index + 1])
    return data_folder(None)
