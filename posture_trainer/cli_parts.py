"""What several commands share: their options, and how they say things."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from posture_trainer.figures.session_summary import Summary

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Folder for all records.", show_default=False)]
Source = Annotated[str, typer.Option("--source", help="Camera number or name, or a video file.")]
NoWindow = Annotated[bool, typer.Option("--no-window", help="Run without a screen.")]
Mute = Annotated[bool, typer.Option("--mute", help="Run without sound.")]
Patient = Annotated[str | None, typer.Option("--patient", help="The patient's code.", show_default=False)]
Vfov = Annotated[
    float | None,
    typer.Option("--vfov", min=10, max=150, help="Camera's vertical field of view.", show_default=False),
]
Mirrored = Annotated[
    bool | None,
    typer.Option("--mirrored/--not-mirrored", help="The pictures are mirrored: set them right.", show_default=False),
]
UpsideDown = Annotated[
    bool | None,
    typer.Option("--upside-down/--upright", help="The pictures are upside down: set them right.", show_default=False),
]
PlanName = Annotated[str | None, typer.Option("--plan", help="A plan's name, or its file.", show_default=False)]
Seconds = Annotated[float | None, typer.Option("--seconds", min=0.1, help="End after so long.", show_default=False)]


def told_of_camera(vfov: float | None, mirrored: bool | None, upside_down: bool | None) -> dict[str, float | bool]:
    """What was told of the camera in this call, by the keys that it is kept under."""
    said = {"vfov_deg": vfov, "mirrored": mirrored, "upside_down": upside_down}
    return {key: value for key, value in said.items() if value is not None}


def print_summary(summary: "Summary", folder: Path) -> None:
    """Say the figures of a session."""
    from posture_trainer.session.practice import summary_words

    for line in summary_words(summary, folder):
        typer.echo(line)


def say(words: str) -> None:
    """Say something that is no result."""
    typer.echo(f"posture-trainer: {words}", err=True)
