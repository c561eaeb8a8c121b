"""Small videos with every property that a file can state, written with PyAV."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.video.stream import VideoStream
from made.common import Picture

TICKS = Fraction(1, 90_000)
PIXELS = {"mjpeg": "yuvj420p"}
OPTIONS = {"libx264": {"preset": "ultrafast", "crf": "10"}, "libx265": {"x265-params": "log-level=none"}}


def corners(size: tuple[int, int] = (160, 120), shade: int = 0) -> Picture:
    """A picture whose four corners differ: red at the top left, green at the top right, blue below it, else grey."""
    width, height = size
    picture = np.full((height, width, 3), 90 + shade % 8 * 8, dtype=np.uint8)
    picture[: height // 3, : width // 3] = (0, 0, 220)
    picture[: height // 3, -width // 3 :] = (0, 220, 0)
    picture[-height // 3 :, -width // 3 :] = (220, 0, 0)
    return picture


def colours(picture: Picture) -> str:
    """The colours in the corners, from the top left one to the right: of `corners` it is "rgbx"."""
    height, width = picture.shape[:2]
    places = [(8, 8), (8, width - 9), (height - 9, width - 9), (height - 9, 8)]
    found = ""
    for y, x in places:
        blue, green, red = (int(value) for value in picture[y, x])
        low, high = min(blue, green, red), max(blue, green, red)
        found += "x" if high - low < 60 else "bgr"[(blue, green, red).index(high)]
    return found


def write_video(
    path: Path,
    pictures: Iterable[Picture],
    *,
    times_s: Sequence[float] | None = None,
    rate: int = 30,
    codec: str = "libx264",
    pixel: Fraction | None = None,
    matrix: Sequence[int] | None = None,
    kind: str | None = None,
    sound_s: float = 0.0,
    videos: int = 1,
    key_every: int = 12,
    pixel_format: str | None = None,
) -> Path:
    """Write the pictures. matrix: a, b, c, d of the display matrix. kind: the container where the name does not say."""
    with av.open(str(path), "w", format=kind) as file:
        streams: list[VideoStream] = []
        first: Picture | None = None
        sound = None
        for index, picture in enumerate(pictures):
            if first is None:
                first = picture
                for _ in range(videos):
                    stream = cast("VideoStream", file.add_stream(codec, rate=rate, options=OPTIONS.get(codec, {})))
                    stream.height, stream.width = picture.shape[:2]
                    stream.pix_fmt = pixel_format or PIXELS.get(codec, "yuv420p")
                    ticks = Fraction(1, rate) if kind == "h264" or codec in ("mpeg4", "mjpeg") else TICKS
                    stream.codec_context.time_base, stream.codec_context.gop_size = ticks, key_every
                    stream.codec_context.bit_rate = 2_000_000 if codec == "mjpeg" else 400_000
                    if pixel is not None:
                        stream.codec_context.sample_aspect_ratio = pixel
                    if matrix is not None:
                        a, b, c, d = (0x10000 * value for value in matrix)
                        stream.set_display_matrix([a, b, 0, c, d, 0, 0, 0, 0x40000000])
                    streams.append(stream)
                sound = file.add_stream("aac", rate=44_100) if sound_s else None
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="bgr24")
            frame = frame.reformat(format=streams[0].pix_fmt)
            frame.time_base = streams[0].codec_context.time_base
            frame.pts = round((times_s[index] if times_s is not None else index / rate) / frame.time_base)
            for stream in streams:
                file.mux(stream.encode(frame))
        for stream in streams:
            file.mux(stream.encode(None))
        if sound is not None:
            for at in range(0, int(sound_s * 44_100), 1024):
                silence = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp", layout="stereo")
                silence.sample_rate, silence.pts = 44_100, at
                file.mux(sound.encode(silence))
            file.mux(sound.encode(None))
    return path


def moving(count: int, size: tuple[int, int] = (160, 120)) -> list[Picture]:
    """Pictures of noise that moves: enough to lose something where a file is damaged."""
    width, height = size
    noise = np.random.default_rng(5).integers(0, 256, (height // 4, width // 2, 3), dtype=np.uint8)
    large = noise.repeat(4, axis=0).repeat(4, axis=1)
    return [np.ascontiguousarray(large[:height, 2 * index % width :][:, :width]) for index in range(count)]
