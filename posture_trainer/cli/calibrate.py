"""The command `calibrate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posture_trainer.cli.options import (
    DataDir,
    Mirrored,
    Mute,
    NoWindow,
    Source,
    Tracker,
    UpsideDown,
    Vfov,
    a_number,
    told_of_camera,
)
from posture_trainer.cli.say import say

if TYPE_CHECKING:
    from posture_trainer.pose.neutral.baseline import Baseline

HoldSeconds = Annotated[
    float | None,
    typer.Option(
        "--seconds",
        min=0.5,
        max=600,
        callback=a_number,
        help="How long to hold (5; 2.5 for a file).",
        show_default=False,
    ),
]


def calibrate(
    context: typer.Context,
    patient: Annotated[str, typer.Option("--patient", help="The patient's code.")],
    source: Source = "0",
    seconds: HoldSeconds = None,
    max_spread: Annotated[
        float,
        typer.Option("--max-spread", min=0.1, max=180, callback=a_number, help="Restlessness still taken, degrees."),
    ] = 2.0,
    with_turns: Annotated[bool, typer.Option("--with-turns", help='Then a slow "no" and a slow "yes".')] = False,
    vfov: Vfov = None,
    mirrored: Mirrored = None,
    upside_down: UpsideDown = None,
    tracker: Tracker = None,
    data_dir: DataDir = None,
    no_window: NoWindow = False,
    mute: Mute = False,
) -> None:
    """Record a patient's neutral position. Earlier ones are kept.

    Example: posture-trainer calibrate --patient anna-1
    """
    from posture_trainer.session.start_calibration import CalibrationCall, start_calibration

    told, chosen = told_of_camera(vfov, mirrored, upside_down), tracker
    home = data_dir or context.obj
    saved = start_calibration(
        CalibrationCall(patient, source, home, seconds, max_spread, with_turns, no_window, mute, told, chosen), say
    )
    for line in _words(patient, saved):
        typer.echo(line)


def _words(code: str, saved: "tuple[Path, Baseline] | None") -> list[str]:
    """What came of it."""
    from posture_trainer.session.start_calibration import STOPPED
    from posture_trainer.words.straightness import baseline_title

    if saved is None:
        return [STOPPED]
    path, baseline = saved
    held = f"held within {baseline.spread_deg:.2f}°, {baseline.frames} pictures"
    return [f"{baseline_title(baseline)} of {code} saved: {held}.", f"Stored as {path}"]
