"""The command `demo`."""

import typer

from posture_trainer.cli.options import (
    DataDir,
    Mute,
    NoWindow,
    PlanName,
    Seconds,
    Tracker,
)
from posture_trainer.cli.say import print_summary, say


def demo(
    context: typer.Context,
    plan: PlanName = None,
    seconds: Seconds = None,
    data_dir: DataDir = None,
    tracker: Tracker = None,
    no_window: NoWindow = False,
    mute: Mute = False,
) -> None:
    """A session on a short clip: no camera needed.

    Example: posture-trainer demo
    """
    from posture_trainer import shipped_files
    from posture_trainer.session.start import Call, start

    clip = str(shipped_files.body_clip(plan))
    call = Call("demo", clip, data_dir or context.obj, None, plan, seconds, no_window, mute, {}, tracker)
    outcome = start(call, say)
    if outcome is not None:
        print_summary(*outcome)
