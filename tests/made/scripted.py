"""Stand-ins for what touches the world: a source that plays a script, a tracker that is a function, a clock by hand."""

import functools
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from posture_trainer.pose.angles import Matrix
from posture_trainer.pose.camera_model import Camera
from posture_trainer.pose.face import MESH_POINTS, Face
from posture_trainer.pose.head_pose import anybodys_face
from posture_trainer.pose.neutral.baseline import LANDMARKS, Baseline
from posture_trainer.pose.neutral.recording import BaselineRules, record_baseline
from posture_trainer.sources.frames import Frame, SourceInfo


class FakeClock:
    """A clock that only moves when told to. Seconds."""

    def __init__(self, now_s: float = 0.0) -> None:
        self.now_s = now_s

    def __call__(self) -> float:
        return self.now_s

    def advance(self, seconds: float) -> None:
        self.now_s += seconds


class FakeStop(threading.Event):
    """A stop event whose waiting takes no time: it moves the clock on, and remembers how long it was to wait."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        if not self.is_set() and timeout:
            self.waits.append(timeout)
            self._clock.advance(timeout)
        return self.is_set()


@dataclass(frozen=True)
class Pause:
    """The next read takes so long."""

    seconds: float


@dataclass(frozen=True)
class Lost:
    """Nothing comes until the source has been opened again this many times."""

    reopenings: int


Step = Frame | Pause | Lost | Callable[[], object] | None


class ScriptedSource:
    """A frame source that plays its steps: a Frame is given, None is a read without a frame, a call is made.

    `at_end` is called at every read after the last step. `read_at_s` holds the clock's time at every read.
    """

    def __init__(
        self,
        steps: Iterable[Step],
        *,
        live: bool = False,
        clock: FakeClock | None = None,
        at_end: Callable[[], object] = lambda: None,
    ) -> None:
        self.live = live
        self._steps = deque(steps)
        self._clock = clock or FakeClock()
        self._at_end = at_end
        self._still_lost = 0
        self._first = next((step for step in self._steps if isinstance(step, Frame)), None)
        self.reopened = 0
        self.closed = False
        self.read_at_s: list[float] = []

    @property
    def info(self) -> SourceInfo:
        height, width = self._first.image_bgr.shape[:2] if self._first else (1, 1)
        return SourceInfo("script", "a script", width, height, 30.0)

    def read(self) -> Frame | None:
        self.read_at_s.append(self._clock())
        while not self.closed and not self._still_lost:
            if not self._steps:
                self._at_end()
                return None
            step = self._steps.popleft()
            if isinstance(step, Frame) or step is None:
                return step
            if isinstance(step, Pause):
                self._clock.advance(step.seconds)
            elif isinstance(step, Lost):
                self._still_lost = step.reopenings
            else:
                step()
        return None

    def reopen(self) -> bool:
        self.reopened += 1
        self._still_lost = max(0, self._still_lost - 1)
        return self.live and not self._still_lost

    def close(self) -> None:
        self.closed = True


class ScriptedTracker:
    """A face tracker that is a function of the frame."""

    name: str = "scripted"

    def __init__(self, face_of: Callable[[Frame], Face | None]) -> None:
        self._face_of = face_of
        self.tracked_s: list[float] = []
        self.closed = False

    def track(self, frame: Frame, fine: bool) -> tuple[Face, ...]:
        self.tracked_s.append(frame.t_s)
        face = self._face_of(frame)
        return () if face is None else (face,)

    def close(self) -> None:
        self.closed = True


def frames_at(times_s: Sequence[float], size: tuple[int, int] = (32, 24)) -> list[Frame]:
    """Frames at these times, each with a picture of its own; size is width and height."""
    noise = np.random.default_rng(1)
    return [Frame(t_s, noise.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)) for t_s in times_s]


PICTURE_SIZE = (640, 480)
VFOV_DEG = 45.0


def made_face(
    rotation: Matrix | None = None,
    position_cm: tuple[float, float, float] = (0.0, 0.0, -60.0),
    vfov_deg: float = VFOV_DEG,
    brightness: float = 128.0,
) -> Face:
    """Anybody's face as a pinhole camera sees it exactly, straight ahead unless a rotation is given."""
    points = anybodys_face().points_cm @ (np.eye(3) if rotation is None else rotation).T + position_cm
    width, height = PICTURE_SIZE
    focal_px = Camera(width, height, vfov_deg).focal_px
    depth = -points[:, 2]
    across, down = width / 2 + focal_px * points[:, 0] / depth, height / 2 - focal_px * points[:, 1] / depth
    nearer = focal_px * (depth / depth.mean() - 1)  # MediaPipe's depth: smaller is nearer, in the unit of x
    mesh = np.stack([across, down, nearer], axis=1)
    irises = np.repeat(mesh[[168]], LANDMARKS - MESH_POINTS, axis=0)
    return Face(np.concatenate([mesh, irises]), PICTURE_SIZE, brightness)


def made_baseline(face: Face | None = None) -> Baseline:
    """A baseline without any camera, of a face that holds perfectly still: anybody's, looking straight ahead."""
    return _anybodys_baseline() if face is None else _baseline_of(face)


@functools.cache  # hundreds of tests begin with it
def _anybodys_baseline() -> Baseline:
    return _baseline_of(made_face())


def _baseline_of(face: Face) -> Baseline:
    made = record_baseline(
        [(i / 10, face) for i in range(31)],
        VFOV_DEG,
        created_utc=datetime(2026, 1, 31, 8, 15, tzinfo=UTC),
        source={"kind": "script"},
        versions={"posture_trainer": "test"},
        rules=BaselineRules(),
    )
    assert isinstance(made, Baseline)
    return made
