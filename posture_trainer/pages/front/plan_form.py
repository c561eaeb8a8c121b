"""A plan as a form: its blocks in a list, and the values of the chosen one beside it. Pure."""

from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from posture_trainer.pages.front.form import Form, Item
from posture_trainer.pages.front.page import Button, Listing, PageView, Part, Press, Row, Tiles, back_to
from posture_trainer.pages.front.plan_items import items_of, table_after, values_of
from posture_trainer.plans import blocks
from posture_trainer.plans.plan import Plan
from posture_trainer.words.phrases import TITLES

SAVE, UNDO, ADD, READY, REMOVE, UP, DOWN, MORE, WHOLE = (
    "save", "undo", "add", "ready-made", "remove", "up", "down", "more settings", "whole plan",
)  # fmt: skip
ROWS, FIELDS, LARGE_FIELDS = 5, 6, 2
MODELS: dict[str, type[BaseModel]] = {
    "hold": blocks.HoldBlock,
    "hold_test": blocks.HoldTestBlock,
    "follow": blocks.FollowBlock,
    "position_sense": blocks.PositionSenseBlock,
    "range": blocks.RangeBlock,
    "stretch": blocks.StretchBlock,
    "breathe": blocks.BreatheBlock,
    "timed": blocks.TimedBlock,
    "trick": blocks.TrickBlock,
    "free": blocks.FreeBlock,
}
NEW: dict[str, dict[str, Any]] = {"timed": {"words": "Rest your head against a high back. Breathe easily, not deep."}}
"""What a new block of that kind needs beside its kind."""


@dataclass(frozen=True)
class PlanDraft:
    """contents: of the file. chosen: the block, from 0; None for the whole plan. page: of its values. form: theirs.
    fault: what is in the way of saving, in words."""

    contents: dict[str, Any]
    form: Form
    chosen: int | None = None
    page: int = 0
    list_page: int = 0
    fault: str = ""

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """As they stand."""
        found: list[dict[str, Any]] = self.contents["block"]
        return found

    @property
    def items(self) -> tuple[Item, ...]:
        """The values that can be set of what is chosen."""
        return items_of(self.model)

    @property
    def model(self) -> type[BaseModel]:
        """What is chosen."""
        return Plan if self.chosen is None else MODELS[self.blocks[self.chosen]["kind"]]

    @property
    def table(self) -> dict[str, Any]:
        """What is chosen, as it stands."""
        return self.contents if self.chosen is None else self.blocks[self.chosen]


def draft_of(plan: Plan) -> PlanDraft:
    """The form of a plan, at its whole."""
    contents = plan.model_dump(by_alias=True, exclude_none=True, exclude_unset=True, mode="json")
    return choose(PlanDraft(contents, Form(())), None)


def choose(draft: PlanDraft, block: int | None) -> PlanDraft:
    """At that block; None for the whole plan."""
    draft = replace(draft, chosen=block, page=0)
    return replace(draft, form=values_of(draft.model, draft.table, draft.items))


def after(draft: PlanDraft, press: Press, large: bool) -> PlanDraft:
    """After a press of anything but Save, Undo and Ready-made."""
    count, at = len(draft.blocks), draft.chosen
    if press.name == WHOLE:
        return choose(draft, None)
    for number in range(count):
        if press.name == press_of(number):
            return choose(draft, number)
    if press.name == MORE:
        many = LARGE_FIELDS if large else FIELDS
        return replace(draft, page=(draft.page + 1) % max(1, -(-len(draft.items) // many)))
    if press.name == "more blocks":
        return replace(draft, list_page=draft.list_page + 1)
    if press.name.startswith("add "):
        kind = press.name.removeprefix("add ")
        added = [*draft.blocks, {"kind": kind, **NEW.get(kind, {})}]
        return choose(replace(draft, contents={**draft.contents, "block": added}), count)
    if at is not None and press.name == REMOVE and count > 1:
        left = [block for number, block in enumerate(draft.blocks) if number != at]
        return choose(replace(draft, contents={**draft.contents, "block": left}), min(at, len(left) - 1))
    if at is not None and press.name in (UP, DOWN):
        to = at + (1 if press.name == DOWN else -1)
        if 0 <= to < count:
            moved = list(draft.blocks)
            moved[at], moved[to] = moved[to], moved[at]
            return choose(replace(draft, contents={**draft.contents, "block": moved}), to)
        return draft
    return _changed(draft, draft.form.after(press, draft.items))


def _changed(draft: PlanDraft, form: Form) -> PlanDraft:
    if form == draft.form:
        return draft
    table = table_after(draft.model, draft.table, form)
    every = [table if number == draft.chosen else each for number, each in enumerate(draft.blocks)]
    contents = table if draft.chosen is None else {**draft.contents, "block": every}
    return replace(draft, form=form, contents=contents, fault=fault_of(contents))


def fault_of(contents: dict[str, Any]) -> str:
    """What is not as it may be, in words; '' where nothing is."""
    try:
        Plan.model_validate(contents, strict=False)
    except ValidationError as error:
        first = error.errors()[0]
        told = first.get("ctx", {}).get("allowed") or first["msg"]
        place = [str(part) for part in first["loc"] if not isinstance(part, int)]
        return f"{place[-1] if place else 'The plan'}: {told}."
    return ""


def press_of(number: int) -> str:
    """What the press of a block is called."""
    return f"block {number}"


def block_words(block: dict[str, Any]) -> tuple[str, str]:
    """A block as it is practised: its name, and how often and how long."""
    model = MODELS[block["kind"]]

    def value(name: str) -> Any:
        found = model.model_fields.get(name)
        return None if found is None else block.get(name, found.get_default())

    name = str(block.get("title") or TITLES[block["kind"]])
    times, seconds = value("repetitions") or value("tries"), value("hold_s") or value("seconds")
    length = f"{seconds:g} s" if seconds else ""
    return name, f"{times} × {length}" if times and length else f"{times} ×" if times else length


def plan_view(code: str, draft: PlanDraft, large: bool, minutes: str, listing: bool) -> PageView:
    """The list and the values; with large text the list first, the values on a page of their own. minutes: how long the
    plan takes, in words. listing: whether the list is shown, where only one has room."""
    many = LARGE_FIELDS if large else FIELDS
    items = draft.items[draft.page * many :][:many]
    fields = draft.form.fields(items)
    pages = -(-len(draft.items) // many)
    nexts = [Button(UNDO, "Undo")]
    if pages > 1:
        nexts.append(Button(MORE, "More settings", short="More", sign="down", cap="PgDn"))
    if draft.chosen is not None:
        nexts += [Button(UP, "", sign="up"), Button(DOWN, "", sign="down"), Button(REMOVE, "Remove")]
    else:
        nexts += [Button(ADD, "Add", sign="plus"), Button(READY, "Ready-made", short="Others")]
    parts: tuple[Part, ...] = (_list(draft),) if large and listing else (fields,)
    return PageView(
        f"Plan of {code}",
        parts,
        back=back_to("Back"),
        main=Button(SAVE, "Save", cap="Enter", disabled=bool(draft.fault) or draft.form.unfinished),
        nexts=tuple(nexts),
        note=draft.fault or minutes,
        beside=() if large else (_list(draft),),
        focus=WHOLE if draft.chosen is None else press_of(draft.chosen),
    )


def _list(draft: PlanDraft) -> Listing:
    whole = Row(
        Button(WHOLE, "Whole plan", chosen=draft.chosen is None), (f"{draft.contents.get('times_a_day', 3)} a day",)
    )
    pages = max(1, -(-len(draft.blocks) // ROWS))
    first = draft.list_page % pages * ROWS
    rows = [whole]
    for number, block in enumerate(draft.blocks[first:][:ROWS], first):
        name, times = block_words(block)
        rows.append(Row(Button(press_of(number), f"{number + 1}  {name}", chosen=number == draft.chosen), (times,)))
    if pages > 1:
        rows.append(Row(Button("more blocks", "More blocks"), (f"{draft.list_page % pages + 1} of {pages}",)))
    return Listing(("", ""), tuple(rows), (0.62, 0.38))


def add_view(code: str) -> PageView:
    """Which kind of block."""
    kinds = tuple(Button(f"add {kind}", TITLES[kind]) for kind in MODELS)
    return PageView(f"Add to the plan of {code}", (Tiles(kinds, 3, 96),), back=back_to("Back"), focus=kinds[0].name)


def ready_view(plans: tuple[tuple[str, str], ...], page: int, large: bool) -> PageView:
    """The plans that come with the program."""
    many = 4 if large else 10
    pages = -(-len(plans) // many)
    shown = plans[page % pages * many :][:many]
    tiles = tuple(Button(f"take {name}", title) for name, title in shown)
    more = (Button(MORE, "More plans", short="More", cap="PgDn"),)
    return PageView("Ready-made plans", (Tiles(tiles, 2, 72),), back=back_to("Back"), nexts=more, focus=tiles[0].name)
