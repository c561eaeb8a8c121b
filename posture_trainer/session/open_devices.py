"""Opens the real camera, window and sounds of a session, and closes them whatever happens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.records.known_cameras import KnownCamera, known_camera
from posture_trainer.screen.lost_display import end_with
from posture_trainer.screen.window import NoWindow, PygameWindow
from posture_trainer.screen.window_protocol import Window
from posture_trainer.session.devices import Devices
from posture_trainer.session.stop_signals import stop_signals
from posture_trainer.sound.background import open_sounds
from posture_trainer.sources.frame_reader import FrameReader
from posture_trainer.sources.frames import FrameSource
from posture_trainer.sources.set_right import Setting, set_right
from posture_trainer.tracking.bodies import open_body_tracker
from posture_trainer.tracking.body_beside import BodyBeside
from posture_trainer.tracking.choice import Way, open_tracker
from posture_trainer.tracking.live import MOST_WAITING, LiveTracking
from posture_trainer.tracking.upside_down import UpsideDownWatch


@dataclass(frozen=True)
class Within:
    """What a session finds open already, and leaves open: the window that home is in. stop_asked: whether the system
    has asked the program to stop."""

    window: Window
    stop_asked: Callable[[], bool]


@contextmanager
def open_devices(
    source: FrameSource,
    data: Path,
    say: Callable[[str], None],
    told: dict[str, float | bool],
    no_window: bool = False,
    mute: bool = False,
    own_clip: bool = False,
    way: Way | None = None,
    within: Within | None = None,
) -> Iterator[Devices]:
    """The live things of a session with an open source. told: of the camera, as in `known_camera`. own_clip: the
    source is the program's own clip, which is played as fast as it can be followed. way: of tracking; None: the usual
    one. within: what is open already.

    Raises UserError when the window does not open; the source is closed then too.
    """
    try:
        known = known_camera(data, source.info.name, told) if source.live else KnownCamera().model_copy(update=told)
        window: Window = within.window if within else NoWindow() if no_window else PygameWindow()
    except UserError:
        source.close()
        raise
    source = set_right(source, Setting(known.mirrored, known.upside_down))
    waits = not source.live  # a file can wait: on a slow computer it is played slower, and whole
    reader = FrameReader(source, wait_for_taker=waits)
    tracking = LiveTracking(
        reader,
        lambda: _tracker(way),
        most_waiting=1 if waits else MOST_WAITING,
        body=BodyBeside(open_body_tracker, in_step=waits),
    )
    devices = Devices(source, reader, tracking, window, open_sounds(mute), say, own_clip=own_clip)
    devices.known_vfov_deg, devices.keeps_window = known.vfov_deg, within is not None
    devices.shows_end = within is None or own_clip
    if window.visible:
        end_with(lambda: devices.if_display_dies())
    try:
        with nullcontext() if within else stop_signals() as asked:
            devices.stop_asked = within.stop_asked if within else asked.is_set if asked else devices.stop_asked
            yield devices
    finally:
        devices.close()


def _tracker(way: Way | None) -> UpsideDownWatch:
    return UpsideDownWatch(open_tracker(way), lambda: open_tracker(way))
