"""A clip that begins again when it is over, for a demo that lasts longer than its clip."""

from collections.abc import Callable
from dataclasses import replace

from posture_trainer.sources.frames import Frame, FrameSource, SourceInfo


class LoopedClip:
    """Plays a clip again and again as one long film: times go on growing.

    Nothing is done to the pictures at the seam: the clip has to end as it begins, as the demo clip does.
    `open_clip` opens it at its start, and raises UserError when it can't.
    """

    live = False

    def __init__(self, open_clip: Callable[[], FrameSource]) -> None:
        self._open_clip = open_clip
        self._clip = open_clip()
        self._step_s = 1 / (self._clip.info.rate_hz or 25.0)
        self._began_s = 0.0  # of this round
        self._last_t_s = 0.0
        self._closed = False

    @property
    def info(self) -> SourceInfo:
        """The clip's own, with `repeat` among what was asked of it."""
        return replace(self._clip.info, asked={"repeat": True})

    def read(self) -> Frame | None:
        """The next frame; there is always one until it is closed."""
        frame = self._clip.read()
        if frame is None and not self._closed:
            self._clip.close()
            self._clip = self._open_clip()
            self._began_s = self._last_t_s + self._step_s
            frame = self._clip.read()
        if frame is None:
            return None
        self._last_t_s = self._began_s + frame.t_s
        return replace(frame, t_s=self._last_t_s)

    def reopen(self) -> bool:
        """It opens itself again."""
        return False

    def close(self) -> None:
        """Close the clip."""
        self._closed = True
        self._clip.close()
