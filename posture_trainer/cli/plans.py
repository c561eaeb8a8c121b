"""The command `plans`: lists the plans, shows one, checks a therapist's own."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from posture_trainer.plans.blocks import Block


def plans(
    plan: Annotated[str | None, typer.Argument(help="A plan's name, or its file.", show_default=False)] = None,
) -> None:
    """List the plans; show one; check a file.

    Example: posture-trainer plans meige
    """
    from rich.markup import escape
    from rich.table import Table

    from posture_trainer.plans.plan import load_plan, preset_names
    from posture_trainer.terminal.console import PlainConsole

    console = PlainConsole(highlight=False)
    if plan is None:
        table = Table(show_header=False, box=None)
        for name in preset_names():
            found = load_plan(name)[1]
            table.add_row(name, escape(f"{found.title}. {found.description.split('. ')[0].strip().rstrip('.')}."))
        console.print(table)
        typer.echo("Show one: posture-trainer plans NAME. Check your own: posture-trainer plans FILE.")
        return
    name, found = load_plan(plan)
    console.print(f"[bold]{escape(found.title)}[/bold] ({escape(name)})")
    for words in (found.description, f"Source: {found.source}" if found.source else ""):
        if words:
            console.print(escape(words))
    for number, block in enumerate(found.blocks, 1):
        console.print(f"{number}. {escape(_words(block))}")
    if found.not_when:
        console.print(f"Not when: {', '.join(found.not_when)}.")
    often = "at most once a week" if found.weekly else f"up to {found.times_a_day} a day"
    console.print(
        f"At most {found.longest_session_min:g} minutes, {often}; feedback {found.feedback}. This plan can be used."
    )


def _words(block: "Block") -> str:
    """A block in a line: its kind, then what is set in it."""
    from posture_trainer.words.phrases import TITLES

    values = block.model_dump(mode="json", exclude={"kind", "title"}, exclude_none=True)
    shown = [f"{key} {_value(value)}" for key, value in values.items() if value not in ("", {}, [])]
    return f"{block.title or TITLES[block.kind]}: {', '.join(shown)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, dict):
        return " ".join(f"{key} {item:g}" for key, item in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)
