"""Tracks a recorded video, on two cores where that changes nothing."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.body_beside import BodyBeside
from posture_trainer.tracking.faces import FaceTracker
from posture_trainer.tracking.mediapipe_tracker import allows_fine
from posture_trainer.tracking.seen import SeenFrame

_IN_STEP_FRAMES = 3  # seen by both, before the second tracker is exact enough to take a frame of its own


def tracked(
    frames: Generator[Frame, None, None],
    first: FaceTracker,
    second: FaceTracker | None,
    neutral_s: float | None,
    body: BodyBeside | None = None,
) -> Generator[SeenFrame, None, None]:
    """Each frame's time and faces: calm landmarks in the first `neutral_s` seconds with a face, fine ones after them.

    Fine landmarks of a large, straight face do not depend on the frame before: there the second tracker takes every
    other frame. Everywhere else the first is alone, and the second follows along when the face is straight again. body:
    follows the body beside.
    """
    begun_s, fine, straight, in_step = None, neutral_s is None, False, 0
    with closing(frames), ThreadPoolExecutor(1, "second tracker") as beside:
        for frame in frames:
            partner = next(frames, None) if second is not None and in_step >= _IN_STEP_FRAMES else None
            shared = partner or frame
            later = beside.submit(second.track, shared, True) if second is not None and fine and straight else None
            faces = first.track(frame, fine)
            yield SeenFrame(frame.t_s, faces, frame.damaged, body.after(frame, faces) if body is not None else None)
            straight = allows_fine(faces, begun=False)
            both = straight and later is not None and allows_fine(later.result(), begun=False)
            in_step = in_step + 1 if both else 0
            if partner is not None and later is not None:
                shown = later.result() if both else first.track(partner, True)
                found = body.after(partner, shown) if body is not None else None
                yield SeenFrame(partner.t_s, shown, partner.damaged, found)
            begun_s = frame.t_s if begun_s is None and faces else begun_s
            fine = fine or (begun_s is not None and neutral_s is not None and frame.t_s - begun_s >= neutral_s)
