"""A recorded video as it is meant: the right picture at the right time, or told and marked."""

import os
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import cast

import av
import cv2
import numpy as np
import pytest
from made.common import RunCommand
from made.video import colours, corners, moving, write_video

from posture_trainer.errors import UserError
from posture_trainer.sources.frames import Frame
from posture_trainer.sources.open_source import open_source
from posture_trainer.sources.video_file import VideoFile


def whole(path: Path) -> tuple[list[Frame], VideoFile]:
    video = VideoFile(path)
    frames = []
    while (frame := video.read()) is not None:
        frames.append(frame)
    video.close()
    return frames, video


def steps_s(frames: list[Frame]) -> list[float]:
    return [later.t_s - earlier.t_s for earlier, later in pairwise(frames)]


# --- the right picture ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("matrix", "shown", "mirrored"),
    [
        ((1, 0, 0, 1), "rgbx", False),
        ((0, 1, -1, 0), "xrgb", False),
        ((-1, 0, 0, -1), "bxrg", False),
        ((0, -1, 1, 0), "gbxr", False),
        ((-1, 0, 0, 1), "grxb", True),
        ((1, 0, 0, -1), "xbgr", True),
        ((0, 1, 1, 0), "rxbg", True),
        ((0, -1, -1, 0), "bgrx", True),
    ],
)
def test_all_eight_ways_to_turn_and_mirror(tmp_path: Path, matrix: tuple[int, ...], shown: str, mirrored: bool) -> None:
    path = write_video(tmp_path / "turned.mp4", [corners()] * 4, matrix=matrix)
    frames, video = whole(path)
    assert colours(frames[2].image_bgr) == shown
    assert (video.info.width, video.info.height) == ((120, 160) if matrix[0] == 0 else (160, 120))
    assert any("mirrored" in note for note in video.info.notes) == mirrored


@pytest.mark.parametrize(
    ("pixel", "size"), [(Fraction(16, 9), (284, 120)), (Fraction(4, 3), (213, 120)), (Fraction(3, 4), (160, 160))]
)
@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts"])
def test_pixels_become_square(tmp_path: Path, pixel: Fraction, size: tuple[int, int], ending: str) -> None:
    frames, video = whole(write_video(tmp_path / f"anamorphic.{ending}", [corners()] * 4, pixel=pixel))
    assert (video.info.width, video.info.height) == size
    assert frames[1].image_bgr.shape == (size[1], size[0], 3)
    assert colours(frames[1].image_bgr) == "rgbx"


def test_a_turned_picture_with_flat_pixels(tmp_path: Path) -> None:
    path = write_video(tmp_path / "both.mp4", [corners()] * 3, pixel=Fraction(2, 1), matrix=(0, 1, -1, 0))
    frames, _ = whole(path)
    assert frames[0].image_bgr.shape == (320, 120, 3)


def joined(tmp_path: Path, *parts: Path) -> Path:
    path = tmp_path / "joined.ts"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


def test_a_size_that_changes_is_brought_into_the_first_one(tmp_path: Path) -> None:
    one = write_video(tmp_path / "1.ts", [corners()] * 12)
    two = write_video(tmp_path / "2.ts", [corners((120, 160))] * 12, times_s=[1 + i / 30 for i in range(12)])
    frames, video = whole(joined(tmp_path, one, two))
    assert {frame.image_bgr.shape for frame in frames} == {(120, 160, 3)}
    last = frames[-1].image_bgr
    assert last[:, :30].max() < 30, "black beside it"
    assert colours(last[:, 35:125]) == "rgbx"
    assert any("changed to 120x160" in fault for fault in video.report.faults())


def test_a_pixel_shape_that_changes_is_followed(tmp_path: Path) -> None:
    one = write_video(tmp_path / "1.ts", [corners((120, 120))] * 12, pixel=Fraction(4, 3))
    square = [corners((120, 120))] * 12
    two = write_video(tmp_path / "2.ts", square, times_s=[1 + i / 30 for i in range(12)], pixel=Fraction(1))
    frames, _ = whole(joined(tmp_path, one, two))
    assert colours(frames[2].image_bgr) == "rgbx"
    assert frames[-1].image_bgr[:, :15].max() < 30, "a square picture in a wide one"
    assert frames[2].image_bgr[:, :15].max() > 100


@pytest.mark.parametrize(
    ("codec", "ending", "pixel_format"),
    [("libx265", "mp4", "yuv420p10le"), ("libvpx-vp9", "webm", "yuv420p"), ("libsvtav1", "mp4", "yuv420p"),
     ("mpeg4", "avi", "yuv420p"), ("mjpeg", "mov", "yuvj422p"), ("libx264", "mkv", "yuv444p")],
)  # fmt: skip
def test_codecs_of_telephones_and_clinics(tmp_path: Path, codec: str, ending: str, pixel_format: str) -> None:
    path = write_video(tmp_path / f"clip.{ending}", [corners()] * 10, codec=codec, pixel_format=pixel_format)
    frames, video = whole(path)
    assert len(frames) == 10
    assert colours(frames[5].image_bgr) == "rgbx"
    assert frames[-1].t_s == pytest.approx(0.3, abs=0.002)
    assert video.info.codec in ("hevc", "vp9", "av1", "mpeg4", "mjpeg", "h264")
    assert video.report.faults() == []


# --- at the right time ------------------------------------------------------------------------------------------


def test_no_time_stamps(tmp_path: Path) -> None:
    frames, video = whole(write_video(tmp_path / "raw.h264", moving(20), rate=20, kind="h264"))
    assert [frame.t_s for frame in frames] == pytest.approx([i / 20 for i in range(20)])
    assert any("no time stamps" in fault for fault in video.report.faults())


@pytest.mark.parametrize(("codec", "kind"), [("mjpeg", "mjpeg"), ("libsvtav1", "obu"), ("mpeg4", "m4v")])
def test_a_rate_that_is_only_counted_is_told(tmp_path: Path, codec: str, kind: str) -> None:
    frames, video = whole(write_video(tmp_path / "raw", moving(10), codec=codec, kind=kind))
    assert len(frames) == 10
    assert any("no time stamps" in fault for fault in video.report.faults())


def test_one_jpeg_is_no_video(tmp_path: Path) -> None:
    (tmp_path / "one.jpg").write_bytes(cv2.imencode(".jpg", corners())[1].tobytes())
    with pytest.raises(UserError, match="not a video file"):
        VideoFile(tmp_path / "one.jpg")


def test_a_clock_that_begins_anew(tmp_path: Path) -> None:
    one = write_video(tmp_path / "1.ts", moving(40))
    frames, video = whole(joined(tmp_path, one, one))
    assert [frame.t_s for frame in frames] == pytest.approx([i / 30 for i in range(80)], abs=1e-3)
    assert any("begins anew" in fault for fault in video.report.faults())
    assert video.shortfall_s() == 0


@pytest.mark.parametrize("ending", ["ts", "mkv", "mp4"])
def test_a_clock_that_jumps_on_by_an_hour(tmp_path: Path, ending: str) -> None:
    times_s = [i / 30 + (3600 if i >= 20 else 0) for i in range(40)]
    frames, video = whole(write_video(tmp_path / f"jump.{ending}", moving(40), times_s=times_s))
    assert frames[-1].t_s == pytest.approx(39 / 30, abs=0.01)
    assert video.shortfall_s() == 0
    assert any("jumps" in fault for fault in video.report.faults())


@pytest.mark.parametrize("size", [2, 4, 7, 15])
def test_bursts_are_spread(tmp_path: Path, size: int) -> None:
    times_s = [i // size * size / 30 + i % size * 0.001 for i in range(60)]
    frames, video = whole(write_video(tmp_path / "bursts.mkv", moving(60), times_s=times_s))
    assert steps_s(frames) == pytest.approx([1 / 30] * 59, abs=0.003)
    assert any("bursts" in fault for fault in video.report.faults())


def test_a_rate_that_varies_is_kept(tmp_path: Path) -> None:
    steps = np.random.default_rng(2).choice([1 / 60, 1 / 30, 1 / 15, 0.2], 50)
    times_s = np.concatenate([[0.0], np.cumsum(steps)]).tolist()
    frames, video = whole(write_video(tmp_path / "variable.mp4", moving(51), times_s=times_s))
    assert [frame.t_s for frame in frames] == pytest.approx(times_s, abs=1e-3)
    assert video.report.faults() == []


def test_sound_that_is_longer_is_no_damage(tmp_path: Path) -> None:
    for ending in ("mp4", "mkv"):
        frames, video = whole(write_video(tmp_path / f"sound.{ending}", moving(30), sound_s=3.0))
        assert len(frames) == 30
        assert video.shortfall_s() == 0


@pytest.mark.parametrize("ending", ["mkv", "webm"])
def test_a_cut_file_with_sound_is_noticed(tmp_path: Path, ending: str) -> None:
    codec = "libvpx-vp9" if ending == "webm" else "libx264"
    path = write_video(tmp_path / f"cut.{ending}", moving(120), codec=codec)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    frames, video = whole(path)
    assert 10 < len(frames) < 110
    assert video.shortfall_s() == pytest.approx(4 - len(frames) / 30, abs=0.2)


# --- damage -----------------------------------------------------------------------------------------------------


def packets(path: Path) -> list[tuple[int, int]]:
    """Place and size of each packet of the video in its file."""
    with av.open(str(path)) as file:
        return [(packet.pos or 0, packet.size) for packet in file.demux(video=0) if packet.size]


def spoil(path: Path, indexes: list[int], keep: int = 60) -> None:
    data = bytearray(path.read_bytes())
    for index in indexes:
        place, size = packets(path)[index]
        for at in range(place + keep, place + size):
            data[at] = (at * 37) % 251
    path.write_bytes(data)


def test_damage_is_marked_until_the_next_key_frame(tmp_path: Path) -> None:
    path = write_video(tmp_path / "damaged.mp4", moving(48), key_every=12)
    spoil(path, [15])
    frames, video = whole(path)
    assert len(frames) >= 47
    marked = [round(frame.t_s * 30) for frame in frames if frame.damaged]
    assert marked
    assert set(range(16, 24)) <= set(marked) <= set(range(12, 24))
    assert video.report.damaged == len(marked)
    assert any("amaged" in fault for fault in video.report.faults())


def test_damaged_frames_of_motion_jpeg_stand_alone(tmp_path: Path) -> None:
    path = write_video(tmp_path / "jpeg.avi", moving(30), codec="mjpeg")
    spoil(path, [9, 10, 20], keep=700)
    frames, video = whole(path)
    assert len(frames) + video.report.lost == 30
    assert {round(frame.t_s * 30) for frame in frames if frame.damaged} <= {9, 10, 20}
    assert video.report.damaged + video.report.lost == 3


def test_a_jpeg_that_is_no_picture_is_passed_over(tmp_path: Path) -> None:
    path = write_video(tmp_path / "jpeg.avi", moving(30), codec="mjpeg")
    spoil(path, [12], keep=0)
    frames, video = whole(path)
    assert len(frames) == 29
    assert video.report.lost == 1
    assert not any(frame.damaged for frame in frames)
    assert frames[-1].t_s == pytest.approx(29 / 30)


def test_an_undamaged_video_has_no_marks(tmp_path: Path) -> None:
    frames, video = whole(write_video(tmp_path / "good.mp4", moving(48)))
    assert not any(frame.damaged for frame in frames)
    assert video.report.faults() == []


# --- what is opened, and how ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["2026-11-22T10:30.mp4", "100%03d.mp4", "-dash.mp4", " space.mp4", "http:x.mp4", "concat:a|b.mp4", "file:.mp4"],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_are_only_names(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write_video(tmp_path / "plain.mp4", moving(5)).rename(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    frames, video = whole(Path(name))
    assert len(frames) == 5
    assert video.info.name == name


@pytest.mark.parametrize(
    "text",
    ["ffconcat version 1.0\nfile 'other.mp4'\n", "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:9,\nother.mp4\n#EXT-X-ENDLIST\n"],
)
def test_a_list_of_other_files_is_not_followed(tmp_path: Path, text: str) -> None:
    write_video(tmp_path / "other.mp4", moving(5))
    (tmp_path / "list.mp4").write_text(text)
    with pytest.raises(UserError, match="not a video file"):
        VideoFile(tmp_path / "list.mp4")


def test_devices_and_pipes_are_no_video_files(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not a video file"):
        open_source(os.devnull if os.name == "posix" else str(tmp_path / "empty"))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.mp4")
        with pytest.raises(UserError, match="not a video file"):
            open_source(str(tmp_path / "pipe.mp4"))


@pytest.mark.parametrize(("ending", "kind", "codec"), [("m4a", "mp4", "aac"), ("mp3", "mp3", "mp3")])
def test_sound_alone_and_a_cover_picture_are_no_video(tmp_path: Path, ending: str, kind: str, codec: str) -> None:
    path = tmp_path / f"sound.{ending}"
    with av.open(str(path), "w", format=kind) as file:
        sound = cast("av.audio.AudioStream", file.add_stream(codec, rate=44_100))
        cover = file.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 160, 120, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        file.mux(cover.encode(av.VideoFrame.from_ndarray(corners(), format="bgr24").reformat(format="yuvj420p")))
        silence = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp", layout="stereo")
        silence.sample_rate = 44_100
        file.mux(sound.encode(silence))
        file.mux([*sound.encode(None), *cover.encode(None)])
    with pytest.raises(UserError, match="holds no video, only sound and a cover picture"):
        VideoFile(path)


def test_the_main_one_of_two_videos_is_told(tmp_path: Path) -> None:
    _, video = whole(write_video(tmp_path / "two.mp4", moving(5), videos=2))
    assert any("2 videos" in note for note in video.info.notes)


def test_a_codec_that_is_not_known_is_named(tmp_path: Path) -> None:
    path = write_video(tmp_path / "odd.avi", moving(5), codec="mjpeg")
    path.write_bytes(path.read_bytes().replace(b"MJPG", b"QX77"))
    with pytest.raises(UserError, match=r"QX77.*H\.264"):
        VideoFile(path)


def test_analyze_tells_what_was_used_and_marks_damage(tmp_path: Path, call_command: RunCommand) -> None:
    path = write_video(tmp_path / "damaged.mp4", moving(48), key_every=12)
    spoil(path, [15])
    done = call_command("analyze", path, "--out", tmp_path / "log")
    assert done.returncode == 0
    assert "of video." in done.stdout
    assert "Damaged pictures" in done.stderr
    rows = (tmp_path / "log" / "samples.csv").read_text(encoding="utf-8")
    assert ",damaged," in rows
    assert '"event": "video"' in (tmp_path / "log" / "events.jsonl").read_text(encoding="utf-8")
