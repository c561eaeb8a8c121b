"""Whether the patient sits where the camera sees the face well. Pure."""

from posture_trainer.pose.posture import FacePose

_SMALLEST_FACE_SHARE = 0.10  # of the picture's width: MediaPipe's detector looks for faces within about 2 m
_MIDDLE = (0.2, 0.8)

COME_CLOSER = "Come a little closer"
MOVE_TO_MIDDLE = "Move to the middle"


def placement_hint(pose: FacePose | None) -> str:
    """What the patient could do to be seen better; '' when all is well or no face is seen."""
    if pose is None:
        return ""
    across, down = pose.landmarks[:, 0], pose.landmarks[:, 1]
    if across.max() - across.min() < _SMALLEST_FACE_SHARE:
        return COME_CLOSER
    x, y = float(across.mean()), float(down.mean())
    return "" if all(_MIDDLE[0] <= share <= _MIDDLE[1] for share in (x, y)) else MOVE_TO_MIDDLE
