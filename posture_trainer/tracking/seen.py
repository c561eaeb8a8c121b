"""A frame and the faces that were seen in it."""

from dataclasses import dataclass

from posture_trainer.pose.face import Face
from posture_trainer.sources.frames import Frame


@dataclass(frozen=True, eq=False)
class TrackedFrame:
    """A frame with the faces in it. covered: the picture is uniform."""

    frame: Frame
    faces: tuple[Face, ...] = ()
    covered: bool = False
