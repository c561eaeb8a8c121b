"""A source whose pictures are mirrored or upside down, set right before anything sees them."""

from dataclasses import dataclass, replace

from posture_trainer.sources.frames import Frame, FrameSource, SourceInfo
from posture_trainer.sources.upright import Orientation


@dataclass(frozen=True)
class Setting:
    """What is wrong with all pictures of a source, as somebody told who looked at them."""

    mirrored: bool = False
    upside_down: bool = False

    @property
    def orientation(self) -> Orientation:
        """What sets them right."""
        return Orientation(flip_x=self.mirrored ^ self.upside_down, flip_y=self.upside_down)


class SetRight:
    """The same source with every picture set right; what was asked for is in its info."""

    def __init__(self, source: FrameSource, setting: Setting) -> None:
        self._source, self._setting = source, setting
        self.live = source.live

    @property
    def info(self) -> SourceInfo:
        """The source's own, with what was told among what was asked of it."""
        told = {"mirrored": self._setting.mirrored, "upside_down": self._setting.upside_down}
        info = self._source.info
        return replace(info, asked={**info.asked, **{name: True for name, value in told.items() if value}})

    def read(self) -> Frame | None:
        """The next frame, set right."""
        frame = self._source.read()
        if frame is None:
            return None
        return replace(frame, image_bgr=self._setting.orientation.apply(frame.image_bgr))

    def reopen(self) -> bool:
        """Try to bring the source back."""
        return self._source.reopen()

    def close(self) -> None:
        """Close the source."""
        self._source.close()


def set_right(source: FrameSource, setting: Setting) -> FrameSource:
    """The source, with its pictures set right where they need it."""
    return source if setting == Setting() else SetRight(source, setting)
