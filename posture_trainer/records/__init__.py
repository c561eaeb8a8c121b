"""What is kept: patient folders, session logs, and reading them back. For labs: `open_session`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from posture_trainer.records.arrays import OpenSession, open_session

__all__ = ["OpenSession", "open_session"]


def __getattr__(name: str) -> Any:
    """Loads numpy and the readers only for whoever asks for one of the two: the window has to stand at once."""
    if name not in __all__:
        raise AttributeError(name)
    from posture_trainer.records import arrays

    return getattr(arrays, name)
