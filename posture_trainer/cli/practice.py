"""The command `practice`."""

import typer

from posture_trainer.cli.options import (
    DataDir,
    Lsl,
    Mirrored,
    Mute,
    NoWindow,
    Patient,
    PlanName,
    Seconds,
    Source,
    Tracker,
    UpsideDown,
    Vfov,
    told_of_camera,
)
from posture_trainer.cli.say import print_summary, say


def practice(
    context: typer.Context,
    patient: Patient = None,
    plan: PlanName = None,
    source: Source = "0",
    seconds: Seconds = None,
    data_dir: DataDir = None,
    vfov: Vfov = None,
    mirrored: Mirrored = None,
    upside_down: UpsideDown = None,
    tracker: Tracker = None,
    no_window: NoWindow = False,
    mute: Mute = False,
    lsl: Lsl = False,
) -> None:
    """A mirror session, guided by a plan if one is named or assigned.

    Example: posture-trainer practice --patient anna-1 --plan meige
    """
    from posture_trainer.session.start import Call, start

    told = told_of_camera(vfov, mirrored, upside_down)
    call = Call(
        "practice", source, data_dir or context.obj, patient, plan, seconds, no_window, mute, told, tracker, lsl=lsl
    )
    outcome = start(call, say)
    if outcome is not None:
        print_summary(*outcome)
