"""Keeps the chatter of native libraries out of the terminal."""

import os
import sys
from functools import cache


@cache  # a second time it would put aside what the first one left: nothing
def quiet_native_libraries() -> None:
    """Silence what OpenCV, FFmpeg, MediaPipe and SDL print by themselves; Python's own errors still appear.

    MediaPipe's logs cannot be turned off by a setting (0.10.31), so the process's stderr is put aside for
    Python alone. Call it before those libraries are imported. POSTURE_TRAINER_DEBUG=1 leaves all as it is.
    """
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    if os.environ.get("POSTURE_TRAINER_DEBUG"):
        return
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    os.environ.setdefault("GLOG_minloglevel", "3")
    if sys.stderr is None:  # a program without a terminal has none
        return
    sys.stderr.flush()
    own_stderr = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    encoding = sys.stderr.encoding
    sys.stderr = os.fdopen(own_stderr, "w", buffering=1, encoding=encoding, errors="backslashreplace")
