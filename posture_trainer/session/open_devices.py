"""Opens the real camera, window and sounds of a session, and closes them whatever happens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.records.known_cameras import KnownCamera, known_camera
from posture_trainer.screen.window import NoWindow, PygameWindow
from posture_trainer.session.devices import Devices
from posture_trainer.sound.player import open_sounds
from posture_trainer.sources.frame_reader import FrameReader
from posture_trainer.sources.frames import FrameSource
from posture_trainer.sources.set_right import Setting, set_right
from posture_trainer.tracking.faces import MediaPipeTracker
from posture_trainer.tracking.live import LiveTracking
from posture_trainer.tracking.upside_down import UpsideDownWatch


@contextmanager
def open_devices(
    source: FrameSource,
    data: Path,
    say: Callable[[str], None],
    told: dict[str, float | bool],
    no_window: bool = False,
    mute: bool = False,
) -> Iterator[Devices]:
    """The live things of a session with an open source. told: of the camera, as in `known_camera`.

    Raises UserError when the window does not open; the source is closed then too.
    """
    try:
        known = known_camera(data, source.info.name, told) if source.live else KnownCamera().model_copy(update=told)
        window = NoWindow() if no_window else PygameWindow()
    except UserError:
        source.close()
        raise
    source = set_right(source, Setting(known.mirrored, known.upside_down))
    reader = FrameReader(source)
    tracking = LiveTracking(reader, lambda: UpsideDownWatch(MediaPipeTracker(), MediaPipeTracker))
    devices = Devices(source, reader, tracking, window, open_sounds(mute), say)
    devices.known_vfov_deg = known.vfov_deg
    try:
        yield devices
    finally:
        devices.close()
