"""Decodes a recorded video on a thread of its own, so that decoding and tracking overlap."""

import queue
import threading
from collections.abc import Generator

from posture_trainer.sources.frames import Frame, FrameSource

_FRAMES_AHEAD = 4  # more only costs memory


def decoded_ahead(source: FrameSource) -> Generator[Frame, None, None]:
    """Every frame of the source, in order. Close it (contextlib.closing) before the source is closed."""
    decoded: queue.Queue[Frame | None] = queue.Queue(_FRAMES_AHEAD)
    stop = threading.Event()

    def hand_on(frame: Frame | None) -> bool:
        while not stop.is_set():
            try:
                decoded.put(frame, timeout=0.1)
                return True
            except queue.Full:
                continue
        return False

    def decode() -> None:
        try:
            while (frame := source.read()) is not None and hand_on(frame):
                pass
        finally:
            hand_on(None)  # whatever happened: nobody may wait for a frame for ever

    worker = threading.Thread(target=decode, name="decoding", daemon=True)
    worker.start()
    try:
        while (frame := decoded.get()) is not None:
            yield frame
    finally:
        stop.set()
        worker.join()
