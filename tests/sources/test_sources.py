"""Every source keeps one contract; files and cameras that fail say what to do."""

import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from made.common import MakeVideo, Picture, RunCommand, wandering_square
from made.scripted import FakeClock, ScriptedSource, frames_at

from posture_trainer.errors import UserError
from posture_trainer.records.session_reader import read_samples, read_session
from posture_trainer.sources import camera
from posture_trainer.sources.camera import Camera
from posture_trainer.sources.frames import Frame, FrameSource
from posture_trainer.sources.open_source import open_source
from posture_trainer.sources.video_file import VideoFile


class FakeCapture:
    """Stands in for cv2.VideoCapture of a camera. Set `present` and `pictures` to say what the camera does."""

    present = True
    pictures: Callable[[int], Picture | None]
    granted: dict[int, float]
    opened_index: int | None = None

    def __init__(self, index: int | None = None, _backend: int = 0) -> None:
        self._open = index is not None and type(self).present
        self._reads = 0
        self.asked: dict[int, float] = {}
        if index is not None:
            type(self).opened_index = index

    def isOpened(self) -> bool:
        return self._open

    def set(self, what: int, value: float) -> bool:
        self.asked[what] = value
        return True

    def get(self, what: int) -> float:
        return type(self).granted.get(what, 0.0)

    def read(self) -> tuple[bool, Picture | None]:
        if not self._open:
            return False, None
        self._reads += 1
        picture = type(self).pictures(self._reads)
        return picture is not None, picture

    def release(self) -> None:
        self._open = False


def noise(seed: int) -> Picture:
    return np.random.default_rng(seed).integers(0, 256, (48, 64, 3), dtype=np.uint8)


def faked(monkeypatch: pytest.MonkeyPatch) -> type[FakeCapture]:
    """Puts a camera of 64x48 that asks for nothing real in the place of any; the clock ticks 33 ms each time."""

    class ThisCapture(FakeCapture):
        pictures = staticmethod(noise)
        granted = {  # noqa: RUF012
            cv2.CAP_PROP_FOURCC: float(cv2.VideoWriter.fourcc(*"YUYV")),
            cv2.CAP_PROP_FPS: 25.0,
        }

    clock = FakeClock(1000.0)

    def ticking() -> float:
        clock.advance(0.033)
        return clock()

    monkeypatch.setattr(cv2, "VideoCapture", ThisCapture)
    monkeypatch.setattr(camera, "time", SimpleNamespace(monotonic=ticking))
    monkeypatch.setattr(camera, "camera_names", lambda: {0: "Integrated Camera", 2: "Logitech C920"})
    return ThisCapture


@pytest.fixture
def fake_camera(monkeypatch: pytest.MonkeyPatch) -> type[FakeCapture]:
    return faked(monkeypatch)


# --- the contract -----------------------------------------------------------------------------------------------


@pytest.fixture(params=["mp4", "avi", "camera", "script"])
def source(request: pytest.FixtureRequest, make_video: MakeVideo) -> Iterator[FrameSource]:
    match request.param:
        case "camera":
            request.getfixturevalue("fake_camera")
            opened: FrameSource = Camera("0")
        case "script":
            opened = ScriptedSource(frames_at([0.0, 0.1, 0.15, 0.4, 0.5, 0.6]))
        case ending:
            opened = VideoFile(make_video(f"clip.{ending}", wandering_square(6), 10.0))
    yield opened
    opened.close()


def test_frames_are_pictures_in_the_order_of_time(source: FrameSource) -> None:
    frames = [frame for frame in (source.read() for _ in range(6)) if frame is not None]
    assert len(frames) == 6
    times_s = [frame.t_s for frame in frames]
    assert times_s[0] == 0
    assert all(later > earlier for earlier, later in pairwise(times_s))
    info = source.info
    for frame in frames:
        assert frame.image_bgr.dtype == np.uint8
        assert frame.image_bgr.shape == (info.height, info.width, 3)


def test_pictures_are_kept_apart(source: FrameSource) -> None:
    first = source.read()
    assert first is not None
    before = first.image_bgr.copy()
    for _ in range(4):
        source.read()
    assert np.array_equal(first.image_bgr, before)


def test_info_can_be_written_to_a_log(source: FrameSource) -> None:
    info = source.info
    assert info.kind
    assert info.name
    assert info.rate_hz is not None
    assert info.rate_hz > 0
    written = json.dumps(asdict(info), allow_nan=False)
    assert json.loads(written)["width"] == info.width


def test_a_closed_source_gives_nothing(source: FrameSource) -> None:
    assert source.read() is not None
    source.close()
    assert source.read() is None
    assert source.read() is None
    source.close()
    assert source.info.name


def test_only_a_camera_is_live_and_opens_again(source: FrameSource) -> None:
    assert source.live == isinstance(source, Camera)
    assert source.reopen() == source.live


def test_a_file_ends_and_stays_so(make_video: MakeVideo) -> None:
    video = VideoFile(make_video("clip.mp4", wandering_square(6), 10.0))
    assert [video.read() is not None for _ in range(9)] == [True] * 6 + [False] * 3
    assert video.shortfall_s() == 0
    video.close()


# --- files ------------------------------------------------------------------------------------------------------


def whole(path: Path) -> tuple[list[Frame], VideoFile]:
    """Every frame of a video, and the video, closed."""
    video = VideoFile(path)
    frames = []
    while (frame := video.read()) is not None:
        frames.append(frame)
    video.close()
    return frames, video


def boxes(data: bytes, start: int = 0, end: int | None = None, above: str = "") -> Iterator[tuple[str, int, int]]:
    """The boxes of an mp4: path ("moov/trak"), start, size."""
    end = len(data) if end is None else end
    while start < end:
        size, name = struct.unpack(">I4s", data[start : start + 8])
        path = above + name.decode("latin-1")
        yield path, start, size
        if path.rsplit("/", 1)[-1] in ("moov", "trak", "mdia", "minf", "stbl"):
            yield from boxes(data, start + 8, start + size, path + "/")
        start += size


def box(data: bytes, path: str) -> tuple[int, int]:
    """Start and size of one box."""
    return next((start, size) for found, start, size in boxes(data) if found == path)


def with_box(data: bytes, path: str, body: bytes) -> bytes:
    """The mp4 with another body for one box. Only for boxes after the pictures, so that nothing else moves."""
    start, size = box(data, path)
    changed = bytearray(data[:start] + struct.pack(">I", len(body) + 8) + data[start + 4 : start + 8] + body)
    changed += data[start + size :]
    for parent, parent_start, parent_size in boxes(data):
        if path.startswith(parent + "/"):
            struct.pack_into(">I", changed, parent_start, parent_size + len(body) + 8 - size)
    return bytes(changed)


def index_first(data: bytes) -> bytes:
    """The same mp4 with its index (moov) before the pictures (mdat), as cameras and web sites write it."""
    mdat, mdat_size = box(data, "mdat")
    start, size = box(data, "moov")
    assert mdat < start, "the index already comes first"
    index = bytearray(data[start : start + size])
    chunks = box(bytes(index), "moov/trak/mdia/minf/stbl/stco")[0] + 12
    (count,) = struct.unpack_from(">I", index, chunks)
    for place in range(chunks + 4, chunks + 4 + 4 * count, 4):
        struct.pack_into(">I", index, place, struct.unpack_from(">I", index, place)[0] + size)
    return data[:mdat] + bytes(index) + data[mdat : mdat + mdat_size]


def cut_half_way(make_video: MakeVideo, ending: str) -> Path:
    """A video of 4 s of which the file's second half is missing."""
    path = make_video(f"cut.{ending}", wandering_square(40), 10.0)
    data = path.read_bytes()
    if ending == "mp4":
        data = index_first(data)
    path.write_bytes(data[: len(data) - box(data, "mdat")[1] // 2 if ending == "mp4" else len(data) // 2])
    return path


def test_variable_frame_rate_is_honoured(make_video: MakeVideo) -> None:
    path = make_video("variable.mp4", wandering_square(6), 10.0)
    data = path.read_bytes()
    (ticks_a_second,) = struct.unpack_from(">I", data, box(data, "moov/trak/mdia/mdhd")[0] + 20)
    steps_s = [0.1, 0.1, 0.4, 0.05, 0.25, 0.1]
    steps = [(1, round(step_s * ticks_a_second)) for step_s in steps_s]
    body = struct.pack(">II", 0, len(steps)) + b"".join(struct.pack(">II", *step) for step in steps)
    data = with_box(data, "moov/trak/mdia/minf/stbl/stts", body)
    edits = box(data, "moov/trak/edts")[0]
    path.write_bytes(data[: edits + 4] + b"free" + data[edits + 8 :])  # the edit list states the old length
    frames, video = whole(path)
    assert [frame.t_s for frame in frames] == pytest.approx([0.0, 0.1, 0.2, 0.6, 0.65, 0.9], abs=0.002)
    assert video.shortfall_s() == 0


@pytest.mark.parametrize(
    ("matrix", "red_side"),
    [((0, 1, -1, 0), "top"), ((0, -1, 1, 0), "bottom"), ((-1, 0, 0, -1), "right"), ((1, 0, 0, 1), "left")],
)
def test_rotation_in_the_file_is_honoured(
    make_video: MakeVideo, matrix: tuple[int, int, int, int], red_side: str
) -> None:
    path = make_video("turned.mp4", wandering_square(3), 10.0)
    data = bytearray(path.read_bytes())
    a, b, c, d = (0x10000 * value for value in matrix)
    struct.pack_into(">9i", data, box(bytes(data), "moov/trak/tkhd")[0] + 48, a, b, 0, c, d, 0, 0, 0, 0x40000000)
    path.write_bytes(data)
    frames, video = whole(path)
    picture = frames[1].image_bgr
    height, width = picture.shape[:2]
    upright = red_side in ("top", "bottom")
    assert (width, height) == ((120, 160) if upright else (160, 120))
    assert (video.info.width, video.info.height) == (width, height)
    middle = {
        "top": picture[8, width // 2],
        "bottom": picture[height - 8, width // 2],
        "left": picture[height // 2, 8],
        "right": picture[height // 2, width - 8],
    }
    red = {side for side, (blue, _green, red) in middle.items() if int(red) - int(blue) > 100}
    assert red == {red_side}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no file .*gone\.mp4"):
        VideoFile(tmp_path / "gone.mp4")
    with pytest.raises(UserError, match=r"no file .*gone\.mp4"):
        open_source(str(tmp_path / "gone.mp4"))


def test_a_folder_is_not_a_video(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        open_source(str(tmp_path))


@pytest.mark.parametrize("content", [b"", b"Dear diary,\n" * 50, bytes(5000)], ids=["empty", "text", "zeros"])
def test_what_is_not_a_video_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"film\.mp4 can't be played"):
        VideoFile(path)


def test_an_mp4_without_its_index_is_said(make_video: MakeVideo) -> None:
    path = make_video("cut.mp4", wandering_square(40), 10.0)
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(UserError, match=r"can't be played"):
        VideoFile(path)


@pytest.mark.parametrize("ending", ["mp4", "avi"])
def test_a_video_that_stops_half_way_is_noticed(make_video: MakeVideo, ending: str) -> None:
    frames, video = whole(cut_half_way(make_video, ending))
    assert 5 < len(frames) < 30
    assert video.length_s == pytest.approx(4.0, abs=0.1)
    assert video.shortfall_s() == pytest.approx(4.0 - len(frames) / 10, abs=0.2)


@pytest.mark.parametrize("ending", ["mp4", "avi"])
def test_the_same_video_whole_lacks_nothing(make_video: MakeVideo, ending: str) -> None:
    path = make_video(f"whole.{ending}", wandering_square(40), 10.0)
    if ending == "mp4":
        path.write_bytes(index_first(path.read_bytes()))
    frames, video = whole(path)
    assert len(frames) == 40
    assert video.shortfall_s() == 0


@pytest.mark.parametrize("ending", ["mp4", "avi"])
def test_analyze_keeps_what_a_broken_video_still_holds(
    make_video: MakeVideo, call_command: RunCommand, tmp_path: Path, ending: str
) -> None:
    path = cut_half_way(make_video, ending)
    done = call_command("analyze", path, "--out", tmp_path / "log")
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("posture-trainer: ")
    assert "before its end" in last
    assert str(path) in last
    assert "Traceback" not in done.stderr
    record = read_session(tmp_path / "log")
    assert record.trouble == ""
    assert record.summary is not None
    assert record.summary.frames == len(list(read_samples(tmp_path / "log"))) > 5


def test_info_does_not_tell_the_folder(make_video: MakeVideo) -> None:
    path = make_video("clip.mp4", wandering_square(2), 10.0)
    video = VideoFile(path)
    assert video.info.name == "clip.mp4"
    assert str(path.parent) not in json.dumps(asdict(video.info))
    video.close()
