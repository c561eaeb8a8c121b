"""Opens what `--source` names: a video file, or a camera by number or name."""

from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.sources.camera import Camera
from posture_trainer.sources.frames import FrameSource
from posture_trainer.sources.looped_clip import LoopedClip


def open_source(name: str, repeat: bool = False) -> FrameSource:
    """The source of that name. Raises UserError with what to do when it does not open.

    repeat: play a file again whenever it is over.
    """
    path = Path(name)
    if repeat:
        return LoopedClip(lambda: _video(path))
    if path.is_file() or (path.exists() and not path.is_dir() and not name.startswith("/dev/video")):
        return _video(path)
    if "/" in name or "\\" in name or (path.suffix and not name.isdigit()):
        if name.startswith("/dev/video") and name.removeprefix("/dev/video").isdigit():
            return Camera(name.removeprefix("/dev/video"))
        return _video(path)
    if not name.strip():
        raise UserError("The name of the source is empty. Give a camera number, a camera name or a video file.")
    return Camera(name)


def _video(path: Path) -> FrameSource:
    from posture_trainer.sources.video_file import VideoFile  # a second FFmpeg: not for cameras (docs/dependencies.md)

    return VideoFile(path)
