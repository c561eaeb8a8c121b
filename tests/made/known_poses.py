"""Made faces whose pose is found once: a session in fake time sees the same few faces thousands of times."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from posture_trainer.pose import posture
from posture_trainer.pose.camera_model import Array, Camera
from posture_trainer.pose.head_pose import FaceModel, HeadPose, solve_pose


@contextmanager
def poses_remembered() -> Iterator[None]:
    """While it lasts, a face that was measured against a model is not measured against it again.

    The pose of a made face is exact, so it does not depend on the frame before, from which the search would start.
    A test that has put a search of its own in place keeps it.
    """
    if vars(posture)["solve_pose"] is not solve_pose:
        yield
        return
    found: dict[tuple[int, int, Camera], tuple[Array, FaceModel, HeadPose]] = {}

    def solved(mesh: Array, camera: Camera, model: FaceModel, previous: HeadPose | None = None) -> HeadPose:
        key = (id(mesh), id(model), camera)
        if key not in found:  # what is found is kept with what it was found for: no id is given away twice
            found[key] = mesh, model, solve_pose(mesh, camera, model, previous)
        return found[key][2]

    with patch.object(posture, "solve_pose", solved):
        yield
