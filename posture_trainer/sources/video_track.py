"""Opens a video file safely, and finds the one track in it that is to be watched: the only module that knows PyAV's
containers. Files are opened as files alone: no address, device, playlist or pattern of names."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeVar, cast

import av
import av.logging
from av.container import InputContainer
from av.format import Flags
from av.packet import Packet
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

from posture_trainer.errors import UserError
from posture_trainer.sources.frame_clock import Stamp

# Kinds of file (FFmpeg's names) that hold their pictures themselves, and of sound, to say that it is no more. Not
# playlists, which make FFmpeg open what they name, nor single pictures, nor text.
_KINDS = (
    "mov,mp4,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,h264,hevc,vvc,av1,obu,ivf,h263,h261,mjpeg,flv,live_flv,kux,asf,"
    "ogg,mxf,nut,dv,rm,wtv,swf,yuv4mpegpipe,y4m,gif,apng,amv,vc1,cavsvideo,dirac,avs2,avs3,evc,"
    "mp3,flac,wav,aac,aiff,w64,ac3,caf"
)
_LARGEST_PIXELS = 67_000_000  # twice 8K; a damaged size must not fill the memory
_FIRST_JPEG_BYTES, _JPEG_BEGINS, _JPEG_ENDS = 20_000_000, b"\xff\xd8\xff", b"\xff\xd9"
_STUBBORN = 50  # a reader that fails so often in a row will not come further
_USUAL_RATE_HZ = 30.0
_CUT_S = 1.0
_RATES_HZ = (0.1, 1000.0)
AnyStream = TypeVar("AnyStream", bound=Stream)
RESAVE = "Please save it again as MP4 (H.264), for example with HandBrake or VLC, and try that."


def check_is_file(path: Path) -> None:
    """Raise UserError when there is no file of that name, or something that is not a file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise UserError(f"There is no file {path}. Please check the name.") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{path} can't be opened: {_reason(error)}.") from error
    if stat.S_ISDIR(found.st_mode):
        raise UserError(f"{path} is a folder. Please name a video file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise UserError(f"{path} is not a video file, but a device or a pipe. Please name a video file.")
    if not found.st_size:
        raise UserError(f"{path} can't be played: it is not a video file, it is empty.")
    if not os.access(path, os.R_OK):
        raise UserError(f"{path} can't be opened: you may not read it.")


@dataclass(frozen=True, eq=False)
class Track:
    """The track that is watched, in its opened file. PyAV crashes when a stream is asked after its file was closed.

    tracks: how many tracks of video there are to choose from. rate_hz: pictures a second as the file states them, 30
    where it states none that can be meant. alone: every picture is made from itself alone (Motion JPEG, ProRes).
    """

    container: InputContainer
    stream: VideoStream
    tracks: int
    rate_hz: float
    codec: str
    alone: bool

    def packets(self) -> "Iterator[Packet[VideoStream]]":
        """The track's packets in the order of the file; damage between them is passed over."""
        return _persistent(lambda: self.container.demux(self.stream))

    def all_packets(self) -> "Iterator[Packet[Stream]]":
        """The same of all tracks."""
        return _persistent(self.container.demux)

    def close(self) -> None:
        """Close the file."""
        self.container.close()


def _persistent(begin: Callable[[], "Iterator[Packet[AnyStream]]"]) -> "Iterator[Packet[AnyStream]]":
    """What there is to read, going on after a fault as long as that helps."""
    failed = 0
    while failed < _STUBBORN:
        try:
            for packet in begin():
                failed = 0
                yield packet
            return
        except (av.FFmpegError, OSError):
            failed += 1


def open_track(path: Path) -> Track:
    """The video track of a file. Raises UserError with what is wrong and what to do."""
    check_is_file(path)
    try:
        container = _open(path)
    except (av.FFmpegError, OSError, ValueError) as error:
        if isinstance(error, PermissionError):
            raise UserError(f"{path} can't be opened: you may not read it.") from error
        raise UserError(f"{path} can't be played: it is not a video file, or it is damaged.") from error
    videos = [stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic]
    best = container.streams.best("video")
    stream = best if isinstance(best, VideoStream) and best in videos else videos[0] if videos else None
    if stream is None:
        others = _what_else(container)
        container.close()
        raise UserError(f"{path} holds no video, only {others}. Please name a video file.")
    if stream.codec_context is None:
        container.close()
        raise UserError(f"{path} can't be played: its kind of video{_unknown_codec(path)} is not known here. {RESAVE}")
    codec = stream.codec_context.codec
    track = Track(container, stream, len(videos), _rate_hz(stream), codec.canonical_name, codec.intra_only)
    # A picture that stands alone can be tried again when it is damaged: then each fault must be told at its own packet.
    stream.thread_type = "SLICE" if track.alone else "AUTO"
    strict = {"err_detect": "explode"} if track.alone else {}
    stream.codec_context.options = {"max_pixels": str(_LARGEST_PIXELS), **strict}
    stream.codec_context.flags |= av.codec.context.Flags.output_corrupt.value  # they come marked: better than a hole
    return track


def _rate_hz(stream: VideoStream) -> float:
    for rate in (stream.guessed_rate, stream.average_rate, stream.base_rate):
        if rate and _RATES_HZ[0] <= rate <= _RATES_HZ[1]:
            return float(rate)
    return _USUAL_RATE_HZ


@dataclass(frozen=True)
class Survey:
    """What the packets of a file say, before any of them is decoded.

    stamps: of each packet of the track. stated_s: how long the track is by what the file states, None where it states
    nothing. step_s: from one picture to the next by its stated rate.
    """

    stamps: list[Stamp]
    stated_s: float | None
    step_s: float


def survey(path: Path) -> Survey:
    """Read through the whole file once, without decoding. Raises UserError as `open_track` does."""
    with closing(open_track(path)) as track:
        stamps, ends_s = list[Stamp](), [0.0]
        bare = bool(track.container.format.flags & cast(int, Flags.no_timestamps.value))
        for packet in track.all_packets():
            base = packet.time_base
            # What a file without time stamps is given is FFmpeg's guess of its rate, counted.
            stamp = Stamp(None, None) if bare else Stamp(_seconds(packet.pts, base), _seconds(packet.dts, base))
            if packet.size and packet.stream.index == track.stream.index and not packet.is_discard:
                stamps.append(stamp)
            ends_s.append(stamp.either_s or 0.0)
        return Survey(stamps, _stated_s(track, max(ends_s)), 1 / track.rate_hz)


def _open(path: Path) -> InputContainer:
    # As an absolute "file:" address, nothing in a name (colons, %, a leading dash) can be taken for anything else.
    # PyAV hands the same options to the parts of the file as well, hence the white lists hold for all of it.
    options = {"protocol_whitelist": "file", "format_whitelist": _KINDS}
    kind = "mjpeg" if _pictures_in_a_row(path) else None
    return av.open(f"file:{path.absolute()}", "r", kind, container_options=options, metadata_errors="replace")


def _pictures_in_a_row(path: Path) -> bool:
    """Whether it is Motion JPEG without a container: JPEGs and nothing else, which FFmpeg takes for only one."""
    with path.open("rb") as file:
        start = file.read(_FIRST_JPEG_BYTES)
    return start.startswith(_JPEG_BEGINS) and _JPEG_ENDS + _JPEG_BEGINS in start


def _stated_s(track: Track, last_s: float) -> float | None:
    """The length that the file states for the track alone: sound may be longer, and begin earlier.

    last_s: the last time in any track. Where only the whole has a length, as in Matroska, it is the track's if there is
    no other track, or if all tracks end before it: then the file was cut.
    """
    container, stream, base = track.container, track.stream, track.stream.time_base
    entries = stream.index_entries
    if base and "mp4" in container.format.name and len(entries):
        # The index lists what an edit list leaves, and what a cut file lacks.
        places = [entry.timestamp for entry in entries if not entry.is_discard]
        return float((max(places) - min(places)) * base) + 1 / track.rate_hz if places else None
    if base and stream.duration:  # where a file was cut, an AVI's duration is what is left; its count is not
        return max(float(stream.duration * base), stream.frames / track.rate_hz)
    whole_s = container.duration / av.time_base if container.duration else 0.0
    begins_s = container.start_time / av.time_base if container.start_time else 0.0
    alone = len(container.streams) == 1
    return whole_s if whole_s and (alone or whole_s + begins_s - last_s > _CUT_S) else None


def _seconds(ticks: int | None, base: Fraction | None) -> float | None:
    return None if ticks is None or base is None else float(ticks * base)


def _what_else(container: InputContainer) -> str:
    kinds = {stream.type for stream in container.streams}
    words = ["sound"] if "audio" in kinds else []
    words += ["a cover picture"] if "video" in kinds else []
    return " and ".join(words) or "other data"


def _unknown_codec(path: Path) -> str:
    """The name of a codec without a decoder, as FFmpeg's log tells it: PyAV has no other way; '' if it tells none."""
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture() as lines:
            _open(path).close()
    except (av.FFmpegError, OSError, ValueError):
        return ""
    finally:
        av.logging.set_level(None)
    for _, _, line in lines:
        if "(Video: " in line:
            name = line.split("(Video: ", 1)[1].split(",", 1)[0].removeprefix("none (").split(" / ")[0].strip("() ")
            return f" ({''.join(letter for letter in name if letter.isprintable())[:40]})"
    return ""


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
