"""The screen before a session: the safety text, until a key, or until the head is held still."""

from contextlib import suppress
from dataclasses import dataclass

import cv2

from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import SafetyView
from posture_trainer.pose.angles import Matrix, head_angles
from posture_trainer.pose.camera_model import Camera, default_vfov_deg
from posture_trainer.pose.head_pose import anybodys_face, solve_pose
from posture_trainer.pose.patient_face import FaceChoice, choose_patient
from posture_trainer.pose.quality import Quality
from posture_trainer.session.devices import Devices
from posture_trainer.tracking.seen import TrackedFrame
from posture_trainer.words import safety

_SECONDS = 3.0
_STILL_DEG = 5.0  # generous: a tremor must not keep a patient from beginning without hands


@dataclass(frozen=True, eq=False)
class _Held:
    """How long the head has stayed near one rotation (3x3)."""

    since_s: float
    now_s: float
    rotation: Matrix


def _hold(held: _Held | None, tracked: TrackedFrame) -> _Held | None:
    face = choose_patient(tracked.faces, FaceChoice.LARGEST)
    if isinstance(face, Quality):
        return None
    camera = Camera(*face.picture_size, default_vfov_deg(*face.picture_size))
    now_s, rotation = tracked.frame.t_s, solve_pose(face.mesh, camera, anybodys_face()).rotation
    if held is None or head_angles(held.rotation, rotation).deviation_deg > _STILL_DEG:
        return _Held(now_s, now_s, rotation)
    return _Held(held.since_s, now_s, held.rotation)


def safety_part(devices: Devices) -> bool:
    """Show and speak the safety text; False when the patient stops here.

    With a camera it ends at any key, or when the head is held still for 3 s once there was time to hear or read it;
    with a file after 3 s.
    """
    if not devices.window.visible:
        devices.say(" ".join(safety.LINES))
        return True
    live, began_s = devices.source.live, devices.clock()
    held: _Held | None = None
    hint = (
        "Press any key, or click. Or, after this, hold your head still. Esc stops."
        if live
        else "The clip begins by itself. Esc stops."
    )
    if live:
        devices.speak("safety")
    while True:
        tracked = devices.next_frame()  # of a file there is none yet: then this only waits a moment
        if not live:
            progress = (devices.clock() - began_s) / _SECONDS
        else:
            if tracked is not None and devices.clock() - began_s >= devices.reading_s:
                with suppress(cv2.error, ArithmeticError, ValueError):  # a frame without a pose changes nothing
                    held = _hold(held, tracked)
            progress = (held.now_s - held.since_s) / _SECONDS if held else 0.0
        keys = devices.show(SafetyView(devices.live_picture() if live else None, min(1.0, progress), hint))
        if Key.STOP in keys:
            return False
        if progress >= 1 or keys:
            return True
