"""The command `shortcut`."""

from typing import Annotated

import typer


def shortcut(
    remove: Annotated[bool, typer.Option("--remove", help="Take the icon away again.")] = False,
) -> None:
    """Make an icon in the start menu and on the desktop.

    Example: posture-trainer shortcut
    """
    from posture_trainer.home import shortcut as icons

    places = icons.places_here()
    if remove:
        gone = icons.remove(places)
        typer.echo("\n".join(f"Removed {path}" for path in gone) or "There was no icon.")
        return
    for path in icons.make(places, icons.drawn_png):
        typer.echo(f"Made {path}")
    typer.echo("Take it away again: posture-trainer shortcut --remove")
