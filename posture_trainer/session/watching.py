"""What is noticed of the face and the camera from moment to moment, and when it is worth a word or a tone. Pure.

Times are seconds of the session. Each step gives the next state and what is to be done, as values.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from posture_trainer.pose.quality import FIT_FOR_CUES, HINTS, Quality
from posture_trainer.words.seeing import CAMERA_GONE, COVERED, NO_FACE, OFFERS

FACE_LOST_S = 0.3  # a single missed frame is not worth a word
FACE_TONE_S = 1.0
HINT_S = 0.5  # a hint appears when it has been due for so long, so that words do not flicker
REFUSED_S = 10.0  # a face that is not taken for the patient's for so long: perhaps it is, and looks otherwise today


@dataclass(frozen=True)
class LogEvent:
    """An event for the session's log (docs/formats.md). more: its further keys."""

    t_s: float
    name: str
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FaceTone:
    """The soft tone of a lost face."""


Effect = LogEvent | FaceTone


@dataclass(frozen=True)
class FaceWatch:
    """Whether somebody is seen. missing_since_s: from when nobody was; None while somebody is."""

    missing_since_s: float | None = None
    lost: bool = False
    toned: bool = False

    def step(self, t_s: float, seen: bool, quiet: bool = False) -> tuple["FaceWatch", tuple[Effect, ...]]:
        """After a frame. quiet: no tone is wanted now; one that is due waits."""
        if seen:
            return FaceWatch(), (LogEvent(t_s, "face_found"),) if self.lost else ()
        since_s = t_s if self.missing_since_s is None else self.missing_since_s
        lost = self.lost or t_s - since_s >= FACE_LOST_S
        tone = lost and not self.toned and not quiet and t_s - since_s >= FACE_TONE_S
        said = (LogEvent(t_s, "face_lost", {"since_s": round(since_s, 4)}),) if lost and not self.lost else ()
        return FaceWatch(since_s, lost, self.toned or tone), (*said, *((FaceTone(),) if tone else ()))


@dataclass(frozen=True)
class HintWatch:
    """What the patient can do for better pictures. due: the hint that the frames ask for, since when.

    refused_s: for how long a face was seen that is not taken for the patient's, or is covered, less the time in which
    all was well since, from 0 to REFUSED_S. Then a new start is offered: light or glasses may have changed, and nobody
    is to be refused for ever.
    """

    words: str = ""
    due: tuple[str, float] = "", 0.0
    refused_s: float = 0.0
    last_s: float | None = None

    def step(self, t_s: float, quality: Quality) -> "HintWatch":
        """After a frame of that quality."""
        elapsed_s = 0.0 if self.last_s is None else min(t_s - self.last_s, HINT_S)
        refused_s = self.refused_s
        if quality in OFFERS:
            refused_s = min(refused_s + elapsed_s, REFUSED_S)
        elif quality is Quality.NO_FACE:
            refused_s = 0.0
        elif quality in FIT_FOR_CUES:
            refused_s = max(0.0, refused_s - elapsed_s)
        hint = HINTS.get(quality, "")
        if quality in OFFERS and refused_s >= REFUSED_S:
            hint = OFFERS[quality]
        due = self.due if hint == self.due[0] else (hint, t_s)
        return HintWatch(hint if t_s - due[1] >= HINT_S else self.words, due, refused_s, t_s)


@dataclass(frozen=True)
class CameraWatch:
    """Whether the camera gives pictures with something in them. words: what is wrong, '' when nothing is."""

    words: str = ""

    def step(self, t_s: float, gone: bool, covered: bool | None) -> tuple["CameraWatch", tuple[Effect, ...]]:
        """After a moment. gone: no picture came for too long. covered: of its frame; None where none came."""
        if gone:
            words = CAMERA_GONE
        elif covered is None:
            return self, ()
        else:
            words = COVERED if covered else ""
        if words == self.words:
            return self, ()
        if not words:
            return CameraWatch(), (LogEvent(t_s, "camera_found"),)
        reason = "no picture" if gone else "covered"
        return CameraWatch(words), (LogEvent(t_s, "camera_lost", {"reason": reason}),)


@dataclass(frozen=True)
class Watch:
    """All that is watched together, and what is to be said of it."""

    face: FaceWatch = FaceWatch()
    hint: HintWatch = HintWatch()
    camera: CameraWatch = CameraWatch()

    def after_frame(self, t_s: float, quality: Quality, quiet: bool = False) -> tuple["Watch", tuple[Effect, ...]]:
        """After a frame of that quality. Only where nobody is seen at all is the face lost; the rest has its hint."""
        face, effects = self.face.step(t_s, quality is not Quality.NO_FACE, quiet)
        return replace(self, face=face, hint=self.hint.step(t_s, quality)), effects

    def after_moment(self, t_s: float, gone: bool, covered: bool | None) -> tuple["Watch", tuple[Effect, ...]]:
        """After a moment with or without a frame, as in CameraWatch.step."""
        camera, effects = self.camera.step(t_s, gone, covered)
        return replace(self, camera=camera), effects

    @property
    def words(self) -> str:
        """The one thing to say now, '' for nothing."""
        return self.camera.words or (NO_FACE if self.face.lost else self.hint.words)
