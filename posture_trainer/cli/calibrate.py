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
from posture_trainer.errors import CutShort, WrongCall

if TYPE_CHECKING:
    from posture_trainer.pose.neutral.baseline import Baseline

STOPPED = "Stopped. Nothing was changed."
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
    from posture_trainer.plans.patient_file import settings_within_limits
    from posture_trainer.pose.neutral.recording import BaselineRules
    from posture_trainer.records.people import checked_code, data_folder, patient_folder
    from posture_trainer.session.calibrate import calibrate as run_calibration
    from posture_trainer.session.calibration_store import Calibration
    from posture_trainer.session.open_devices import open_devices
    from posture_trainer.session.parts.baseline import CALIBRATE_S, FILE_S, LEAST_S
    from posture_trainer.session.parts.care import numbers_of
    from posture_trainer.sources.open_source import open_source
    from posture_trainer.tracking.choice import Way

    code = checked_code(patient)
    data = data_folder(data_dir or context.obj)
    folder = patient_folder(data, code)
    settings, brought = settings_within_limits(folder)
    for words in brought:
        say(f"More is set in patient.toml than is allowed, and only that is used: {words}")
    opened = open_source(source)
    if opened.live and seconds is not None and seconds < LEAST_S:
        opened.close()
        raise WrongCall(f"--seconds must be at least {LEAST_S:g} with a camera.")
    wanted_s = seconds or (CALIBRATE_S if opened.live else FILE_S)
    told, way = told_of_camera(vfov, mirrored, upside_down), Way(tracker.value) if tracker else None
    with open_devices(opened, data, say, told, no_window, mute, way=way) as devices:
        rules = BaselineRules(longest_spread_deg=max_spread)
        devices.numbers = numbers_of(settings)
        asked = Calibration(code, folder, wanted_s, rules, with_turns, settings, questions=True)
        saved = run_calibration(devices, asked)
    if saved is None and devices.stop_asked():
        raise CutShort(STOPPED)
    for line in _words(code, saved):
        typer.echo(line)


def _words(code: str, saved: "tuple[Path, Baseline] | None") -> list[str]:
    """What came of it."""
    from posture_trainer.words.straightness import baseline_title

    if saved is None:
        return [STOPPED]
    path, baseline = saved
    held = f"held within {baseline.spread_deg:.2f}°, {baseline.frames} pictures"
    return [f"{baseline_title(baseline)} of {code} saved: {held}.", f"Stored as {path}"]
