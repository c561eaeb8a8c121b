"""The end of a session: what is kept of it, told truly."""

from pathlib import Path

from posture_trainer.errors import CutShort, RecordingStopped, UserError
from posture_trainer.records.session_log import missing, what_is_kept

SCREEN_GONE = "The screen is gone, so the session has ended."


def true_trouble(trouble: UserError | None, folder: Path, window_lost: bool = False) -> UserError | None:
    """Why the session did not go as it should, with what is kept of it; None when all is well.

    trouble: what went wrong so far. folder: of the session. window_lost: whether its screen went away.
    """
    if missing(folder):
        return RecordingStopped(what_is_kept(folder))
    if isinstance(trouble, RecordingStopped):
        return trouble  # says what is kept by itself
    if trouble is None and window_lost:
        trouble = UserError(SCREEN_GONE)
    return None if trouble is None else UserError(f"{trouble} {what_is_kept(folder)}")


def at_once(folder: Path) -> CutShort:
    """The end when it is asked for a second time, in a session whose record is in that folder."""
    return CutShort(f"Stopped at once. {what_is_kept(folder)}")
