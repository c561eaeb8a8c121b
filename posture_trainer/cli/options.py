"""The options that several commands share, and what they mean together."""

import math
from pathlib import Path
from typing import Annotated, Literal

import typer

LONGEST_S = 86_400.0


def a_number(value: float | None) -> float | None:
    """The value of an option, unless it is "nan", which no limit stops."""
    if value is not None and math.isnan(value):
        raise typer.BadParameter("nan is not a number.")
    return value


DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Folder for all records.", show_default=False)]
Source = Annotated[str, typer.Option("--source", help="Camera number or name, or a video file.")]
NoWindow = Annotated[bool, typer.Option("--no-window", help="Run without a screen.")]
Mute = Annotated[bool, typer.Option("--mute", help="Run without sound.")]
Patient = Annotated[str | None, typer.Option("--patient", help="The patient's code.", show_default=False)]
Vfov = Annotated[
    float | None,
    typer.Option(
        "--vfov", min=10, max=150, callback=a_number, help="Camera's vertical field of view.", show_default=False
    ),
]
Mirrored = Annotated[
    bool | None,
    typer.Option("--mirrored/--not-mirrored", help="The pictures are mirrored: set them right.", show_default=False),
]
UpsideDown = Annotated[
    bool | None,
    typer.Option("--upside-down/--upright", help="The pictures are upside down: set them right.", show_default=False),
]
Tracker = Annotated[
    Literal["litert", "mediapipe"] | None,  # the names of tracking/choice.py, which --help need not load
    typer.Option("--tracker", help="How the face is found; usually litert.", show_default=False),
]
Lsl = Annotated[bool, typer.Option("--lsl", help="Rows and events as LSL streams too.")]
PlanName = Annotated[str | None, typer.Option("--plan", help="A plan's name, or its file.", show_default=False)]
Seconds = Annotated[
    float | None,
    typer.Option("--seconds", min=0.1, max=LONGEST_S, callback=a_number, help="End after so long.", show_default=False),
]


def told_of_camera(vfov: float | None, mirrored: bool | None, upside_down: bool | None) -> dict[str, float | bool]:
    """What was told of the camera in this call, by the keys that it is kept under."""
    said = {"vfov_deg": vfov, "mirrored": mirrored, "upside_down": upside_down}
    return {key: value for key, value in said.items() if value is not None}
