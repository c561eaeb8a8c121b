"""The command `analyze`."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from posture_trainer.cli.options import LONGEST_S, Lsl, Mirrored, Tracker, UpsideDown, Vfov, a_number
from posture_trainer.cli.say import print_summary, say
from posture_trainer.errors import UserError

if TYPE_CHECKING:
    from posture_trainer.exchange.lab_streams import LabStreams

_LISTENER_S = 20.0
# Sides of the picture. (The names of pose/patient_face.py, which --help need not load.)
Side = Literal["left", "right", "largest"]


def analyze(
    video: Annotated[Path, typer.Argument(help="A recorded video.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the log.")],
    baseline: Annotated[Path | None, typer.Option("--baseline", help="A baseline file.", show_default=False)] = None,
    neutral_seconds: Annotated[
        float,
        typer.Option("--neutral-seconds", min=0.2, max=LONGEST_S, callback=a_number, help="Neutral part at the start."),
    ] = 2.0,
    face: Annotated[
        Side | None, typer.Option("--face", help="Whose posture, where two are seen.", show_default=False)
    ] = None,
    vfov: Vfov = None,
    mirrored: Mirrored = None,
    upside_down: UpsideDown = None,
    tracker: Tracker = None,
    lsl: Lsl = False,
) -> None:
    """A recorded video into the log of a session, as fast as it goes.

    Example: posture-trainer analyze visit.mp4 --out visit-log
    """
    from posture_trainer.pose.patient_face import FaceChoice
    from posture_trainer.progress import progress_bar
    from posture_trainer.records.baseline_files import load_baseline
    from posture_trainer.session import recorded_video as analysis
    from posture_trainer.sources.set_right import Setting, set_right
    from posture_trainer.sources.video_file import VideoFile
    from posture_trainer.tracking.bodies import open_body_tracker
    from posture_trainer.tracking.body_beside import BodyBeside
    from posture_trainer.tracking.choice import Way, gains_by_a_second, open_tracker
    from posture_trainer.tracking.upside_down import UpsideDownWatch

    known, choice = load_baseline(baseline) if baseline else None, FaceChoice(face) if face else None
    way = Way(tracker) if tracker else None
    what = analysis.Analysis(out, neutral_seconds, known, baseline, vfov, face=choice)
    analysis.check_out_folder(out)
    file = VideoFile(video)
    source = set_right(file, Setting(bool(mirrored), bool(upside_down)))
    try:
        with (
            _streams(lsl) as streams,
            closing(UpsideDownWatch(open_tracker(way), lambda: open_tracker(way))) as first,
            closing(open_tracker(way)) if gains_by_a_second(first) else nullcontext() as second,
            closing(BodyBeside(open_body_tracker, in_step=True)) as body,
            progress_bar("Analysing", file.length_s) as reached,
        ):
            followed, told = replace(what, follower=streams), file.report.faults
            result = analysis.analyze(source, first, followed, lambda t_s: reached(t_s, None), second, body, told)
        missing_s = file.shortfall_s()
    finally:
        file.close()
    print_summary(result.summary, out, with_share=True)
    typer.echo(file.report.used())
    for words in (*file.report.faults(), *result.warnings):
        say(words)
    _tell_missing(video, missing_s)


def _tell_missing(video: Path, missing_s: float) -> None:
    """Raises UserError where the video ended before its time."""
    if missing_s:
        raise UserError(
            f"{video} stops {missing_s:.1f} s before its end: it is damaged. The log holds what could be read."
        )


@contextmanager
def _streams(wanted: bool) -> "Iterator[LabStreams | None]":
    """The streams, once somebody listens: a recorded video is over sooner than a recorder finds them."""
    if not wanted:
        yield None
        return
    from posture_trainer.exchange.lab_streams import LabStreams

    with closing(LabStreams()) as streams:
        say(f"The streams are there. I wait up to {_LISTENER_S:g} s for somebody who listens.")
        if not streams.wait(_LISTENER_S):
            say("Nobody listens to the streams: the log is written all the same.")
        streams.begins(time.monotonic())
        yield streams
