"""A frame and the faces that were seen in it."""

from dataclasses import dataclass
from typing import NamedTuple

from posture_trainer.pose.face import Face
from posture_trainer.pose.trunk.body import Body
from posture_trainer.sources.frames import Frame


@dataclass(frozen=True, eq=False)
class TrackedFrame:
    """A frame with the faces in it, most often without its picture. covered: the picture is uniform. body: what became
    known of the body since the frame before, of this one or an earlier one."""

    frame: Frame
    faces: tuple[Face, ...] = ()
    covered: bool = False
    body: Body | None = None


class SeenFrame(NamedTuple):
    """The same without the picture: time in seconds, faces, whether it is made from damaged data of a file, body."""

    t_s: float
    faces: tuple[Face, ...]
    damaged: bool = False
    body: Body | None = None
