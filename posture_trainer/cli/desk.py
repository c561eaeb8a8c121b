"""The command `desk`: the small sign, at once."""

import typer

from posture_trainer.cli.home import open_home
from posture_trainer.cli.options import DataDir, Mute, Patient, Source


def desk(
    context: typer.Context,
    patient: Patient = None,
    source: Source = "",
    data_dir: DataDir = None,
    mute: Mute = False,
) -> None:
    """A small sign while you work: it reminds rarely of a posture that is held for a minute. The camera is on.

    Example: posture-trainer desk --patient anna-1
    """
    open_home(data_dir or context.obj, source, mute, at_desk=True, patient=patient)
