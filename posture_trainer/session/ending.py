"""The end of a session: what is kept of it, told truly."""

from pathlib import Path

from posture_trainer.errors import RecordingStopped, UserError

_NEEDED = ("session.json", "samples.csv", "events.jsonl")
SCREEN_GONE = "The screen is gone, so the session has ended."


def is_kept(folder: Path) -> bool:
    """Whether the record of a session is where it was written: its folder may have been taken away meanwhile."""
    return all((folder / name).is_file() for name in _NEEDED)


def true_trouble(trouble: UserError | None, folder: Path, window_lost: bool) -> UserError | None:
    """Why the session did not go as it should, with what is kept of it; None when all is well.

    trouble: what went wrong so far. folder: of the session. window_lost: whether its screen went away.
    """
    if not is_kept(folder):
        return RecordingStopped(f"The record of this session is lost: {folder} is gone, or a part of it.")
    if isinstance(trouble, RecordingStopped):
        return trouble  # says what is kept by itself
    if trouble is None and window_lost:
        trouble = UserError(SCREEN_GONE)
    return None if trouble is None else UserError(f"{trouble} All up to now is kept in {folder}.")
