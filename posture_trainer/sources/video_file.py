"""Frames from a recorded video."""

from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import av
import cv2
import numpy as np
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from posture_trainer.errors import UserError
from posture_trainer.sources.damage import Decoded, spoilt
from posture_trainer.sources.frame_clock import FrameClock
from posture_trainer.sources.frames import Frame, SourceInfo
from posture_trainer.sources.upright import Orientation, Picture, Size, brought_into, square_size
from posture_trainer.sources.video_report import VideoReport
from posture_trainer.sources.video_track import RESAVE, open_track, survey

_MISSING_SHARE, _MISSING_S = 0.02, 0.5  # of the length a file promises: containers round, a cut file lacks more


class VideoFile:
    """A video file, frame by frame: at the right time, upright, with square pixels, all of one size.

    Frames from damaged data are marked. Raises UserError when there is no such file or it can't be played.
    """

    live = False

    def __init__(self, path: Path) -> None:
        seen = survey(path)
        self._path = path
        self._track = open_track(path)
        self._context = self._track.stream.codec_context
        self._clock = FrameClock(seen.stamps, seen.step_s)
        self._stated_s = self._clock.length_s if self._clock.mended else seen.stated_s
        self._pixel = self._stated_pixel = self._track.stream.sample_aspect_ratio
        self._first_pixel = self._context.sample_aspect_ratio
        self._reformatter = VideoReformatter()  # kept: one for each picture costs more than the picture
        self._orientation = Orientation()
        self._size: Size | None = None
        self._shown_size: Size | None = None
        self._lost, self._ended, self._closed = 0, False, False
        self.report = VideoReport()
        self._frames = self._read()
        self._pending = next(self._frames, None)
        if self._pending is None:
            self.close()
            raise UserError(
                f"{path} can't be played: none of its pictures ({self._track.codec}) could be read. It is damaged, or "
                f"of a kind that is not known here. {RESAVE}"
            )
        self.length_s = max(self._stated_s or 0.0, self._clock.length_s)
        self.report.known = (*self._what_is_known(), *self._clock.notes)

    @property
    def info(self) -> SourceInfo:
        """The file's name (without its folder: that may name a person), size, rate, and what is known of its faults."""
        width, height = self._size or (0, 0)
        rate_hz, codec = round(self._track.rate_hz, 3), self._track.codec
        return SourceInfo("file", self._path.name, width, height, rate_hz, codec, notes=self.report.known)

    def read(self) -> Frame | None:
        """The next frame, or None at the end."""
        frame, self._pending = self._pending, None
        if frame is None and not self._closed:
            frame = next(self._frames, None)
        if frame is None:
            self._ended = self._ended or not self._closed
            return None
        self.report.pictures += 1
        self.report.damaged += frame.damaged
        self.report.used_s = frame.t_s + self._clock.step_s
        return frame

    def shortfall_s(self) -> float:
        """Once at the end: how many seconds are missing from the length that the file states (0 if whole)."""
        if not self._ended or self._stated_s is None:
            return 0.0
        missing_s = self._stated_s - self.report.used_s
        self.report.missing_s = missing_s if missing_s > max(_MISSING_S, _MISSING_SHARE * self._stated_s) else 0.0
        return self.report.missing_s

    def reopen(self) -> bool:
        """A file that has ended stays so."""
        return False

    def close(self) -> None:
        """Close the file."""
        self._pending, self._closed = None, True
        self._frames.close()
        self._track.close()

    def _read(self) -> Generator[Frame, None, None]:
        for stored, damaged in spoilt(self._decode()):
            stated = stored.pts if stored.pts is not None else stored.dts
            base = stored.time_base or self._track.stream.time_base
            t_s = self._clock.time_of(None if stated is None or base is None else float(stated * base))
            try:
                picture = self._picture(stored, t_s)
            except (av.FFmpegError, cv2.error, ValueError):  # decoded, but into something that is no picture
                self._lost += 1
                continue
            self.report.lost = self._lost
            yield Frame(t_s, picture, damaged)

    def _decode(self) -> Iterator[Decoded[VideoFrame]]:
        """What the decoder makes of each packet, in the order of showing."""
        for packet in self._track.packets():
            try:
                frames = packet.decode()
            except EOFError:
                return
            except av.FFmpegError:
                again = self._again(packet) if self._track.alone else None
                self._lost += again is None
                yield Decoded(again, corrupt=True)
                continue
            for frame in frames:
                looks_ahead = frame.pict_type == PictureType.B and not frame.key_frame
                yield Decoded(frame, frame.is_corrupt, frame.key_frame, looks_ahead)

    def _again(self, packet: "Packet[VideoStream]") -> VideoFrame | None:
        """What a forgiving decoder makes of a damaged packet that depends on no other; None if nothing."""
        context = cast("VideoCodecContext", VideoCodecContext.create(self._context.codec.name, "r"))
        context.extradata = self._context.extradata
        try:
            return next(iter([*context.decode(packet), *context.decode(None)]), None)
        except (av.FFmpegError, EOFError):
            return None

    def _picture(self, stored: VideoFrame, t_s: float) -> Picture:
        """A stored picture as it is to be looked at."""
        if stored.key_frame or self._size is None:
            self._look_at_shape(stored)
        width, height = square_size((stored.width, stored.height), self._pixel)
        shown = self._reformatter.reformat(stored, width, height, "bgr24", threads=1)  # others work on the other cores
        picture = self._orientation.apply(np.asarray(shown.to_ndarray(), dtype=np.uint8))
        size = picture.shape[1], picture.shape[0]
        self._size = self._size or size
        if self._shown_size not in (None, size):
            self.report.sizes.append((t_s, *size))
        self._shown_size = size
        return brought_into(picture, self._size)

    def _look_at_shape(self, stored: VideoFrame) -> None:
        """The shape of pixels and the turn of the picture, which change at key frames only.

        The decoder's shape of pixels is only asked when it changes: what the file itself states comes first.
        """
        pixel = self._context.sample_aspect_ratio
        self._pixel = self._stated_pixel if pixel == self._first_pixel else pixel
        beside = cast("Mapping[str, Any]", stored.side_data)  # PyAV's types know of motion vectors alone
        matrix = beside.get("DISPLAYMATRIX")
        self._orientation = Orientation.of_matrix(bytes(matrix)) if matrix is not None else Orientation()

    def _what_is_known(self) -> list[str]:
        words = []
        if self._orientation.mirrored:
            words.append("It is stored mirrored: left and right were changed, as the file asks for.")
        if self._track.tracks > 1:
            words.append(f"It holds {self._track.tracks} videos: the main one was used.")
        return words
