"""Functional calibration in a live session: a slow "no" and a slow "yes", from which the neck's axes are found."""

from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import BaselineView
from posture_trainer.pose.face import Face
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import Refusal, with_neck_axes
from posture_trainer.pose.patient_face import Place, pick_patient
from posture_trainer.session.devices import Devices
from posture_trainer.words.turns import COMFORTABLE, PARTS

PART_S = 10.0


def turns_part(devices: Devices, baseline: Baseline) -> Baseline | Refusal | None:
    """Watch the two movements; gives the baseline with the axes of this neck, why not, or None when stopped.

    A person is led from one movement to the next. In a file both are found from how the head moves, up to its end.
    """
    devices.tracking.fine = False
    faces: list[Face] = []
    place: Place | None = None
    began_s = devices.clock()
    while not devices.tracking.finished and not devices.time_is_up():
        elapsed_s = devices.clock() - began_s
        part = int(elapsed_s / PART_S)
        if devices.source.live and part >= len(PARTS):
            break
        tracked = devices.next_frame()
        if tracked is not None:
            face = pick_patient(tracked.faces, place, baseline.place())
            place = Place.of(face) if isinstance(face, Face) else None
            faces += [face] if isinstance(face, Face) else []
        words = PARTS[part] if devices.source.live else "Looking for the no and the yes"
        view = BaselineView(
            devices.live_picture(), None, elapsed_s % PART_S / PART_S, "", heading=words, detail=COMFORTABLE
        )
        if Key.STOP in devices.show(view):
            return None
    return with_neck_axes(baseline, faces)
