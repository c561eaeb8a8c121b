"""What the therapist sets in the dialogue, row by row, before anything is stored. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from posture_trainer.feedback import Tolerances
from posture_trainer.plans.fields import LARGEST_TOLERANCE_DEG, SMALLEST_TOLERANCE_DEG
from posture_trainer.plans.limits import within_limits
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import load_plan, preset_names
from posture_trainer.pose.angles import AXES
from posture_trainer.pose.directions import Direction
from posture_trainer.pose.target import FURTHEST_DEG, NEUTRAL, Target
from posture_trainer.words.directions import LEANING_WORDS, angle_words, end_words

Value = TypeVar("Value")

LONGEST = {"note": 2000, "contact": 60}  # as in patient.toml

_TOLERANCES = {f"{way.value}_deg": words for way, words in LEANING_WORDS.items()}
_PULLS = {
    "Turned by the pull": (Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT),
    "Tilted by the pull": (Direction.TILT_RIGHT, Direction.TILT_LEFT),
    "Chin by the pull": (Direction.FLEXION, Direction.EXTENSION),
}


@dataclass(frozen=True)
class Draft:
    """The settings as they stand in the dialogue. known: as they were before it."""

    settings: PatientSettings
    known: PatientSettings
    target: Target = NEUTRAL

    def with_settings(self, **changed: object) -> "Draft":
        """With these keys of the patient's file changed."""
        return replace(self, settings=self.settings.model_copy(update=changed))

    def typed(self, text: str, key: str = "note") -> "Draft":
        """With this text at the end of what that key says, one of LONGEST; what can't be seen is left out."""
        seen = "".join(sign for sign in text if sign.isprintable())
        return self.with_settings(**{key: (getattr(self.settings, key) + seen)[: LONGEST[key]]})

    def deleted(self, key: str = "note") -> "Draft":
        """Without the last sign of it."""
        return self.with_settings(**{key: getattr(self.settings, key)[:-1]})


@dataclass(frozen=True)
class Choice:
    """One row: its name, its value in words, the draft after one step up (+1) or down (-1), a word beside it."""

    label: str
    value: Callable[[Draft], str]
    changed: Callable[[Draft, int], Draft]
    remark: Callable[[Draft], str] = lambda _draft: ""


def target_choices() -> tuple[Choice, ...]:
    """The target's three axes, in steps of a degree."""
    return tuple(_target_choice(axis) for axis in AXES)


def tolerance_choices() -> tuple[Choice, ...]:
    """The six tolerances, in steps of a degree."""
    return tuple(_tolerance_choice(name, label) for name, label in _TOLERANCES.items())


def plan_choices() -> tuple[Choice, ...]:
    """The sides of pull, one for each axis at most, and the plan."""
    plan = Choice("Plan", plan_name, _other_plan, lambda draft: _title(plan_name(draft)))
    return (*(_pull_choice(label, ways) for label, ways in _PULLS.items()), plan)


def plan_name(draft: Draft) -> str:
    """The plan's; "none" where none is assigned."""
    return draft.settings.plan or "none"


def pull_words(draft: Draft) -> str:
    """The sides of pull in a line: "turned to the right, chin up"; "not marked" without any."""
    sides = [
        f"{label.split()[0].lower()} {_side(way)}"
        for label, ways in _PULLS.items()
        for way in draft.settings.pull
        if way in ways
    ]
    return ", ".join(sides) or "not marked"


def _target_choice(axis: str) -> Choice:
    name = f"{axis}_deg"

    def changed(draft: Draft, step: int) -> Draft:
        moved_deg = min(FURTHEST_DEG, max(-FURTHEST_DEG, getattr(draft.target, name) + step))
        moved = replace(draft.target, **{name: moved_deg})
        return replace(draft, target=moved) if moved == within_limits(moved) else draft

    return Choice(axis.capitalize(), lambda draft: angle_words(axis, getattr(draft.target, name)), changed)


def _tolerance_choice(name: str, label: str) -> Choice:
    def value_deg(draft: Draft) -> float:
        return float(getattr(draft.settings.all_tolerances(), name))

    def changed(draft: Draft, step: int) -> Draft:
        moved = min(LARGEST_TOLERANCE_DEG, max(SMALLEST_TOLERANCE_DEG, value_deg(draft) + step))
        unset = getattr(draft.known.tolerances, name) is None and moved == getattr(Tolerances(), name)
        tolerances = draft.settings.tolerances.model_copy(update={name: None if unset else moved})
        return draft.with_settings(tolerances=tolerances)

    return Choice(label, lambda draft: f"{value_deg(draft):g}°", changed)


def _pull_choice(label: str, ways: tuple[Direction, ...]) -> Choice:
    def marked(draft: Draft) -> Direction | None:
        return next((way for way in draft.settings.pull if way in ways), None)

    def changed(draft: Draft, step: int) -> Draft:
        way = _after(marked(draft), (None, *ways), step)
        pull = [*(other for other in draft.settings.pull if other not in ways), *([way] if way else [])]
        return draft.with_settings(pull=tuple(sorted(pull, key=list(Direction).index)))

    def value(draft: Draft) -> str:
        way = marked(draft)
        return _side(way) if way else "no"

    return Choice(label, value, changed)


def _side(way: Direction) -> str:
    end = end_words(way)
    return end if way in (Direction.FLEXION, Direction.EXTENSION) else f"to the {end}"


def _other_plan(draft: Draft, step: int) -> Draft:
    own = [] if draft.known.plan in preset_names() else [draft.known.plan]
    return draft.with_settings(plan=_after(draft.settings.plan, (*own, *preset_names()), step))


def _after(value: Value, values: Iterable[Value], step: int) -> Value:
    """The value so many steps on, round and round."""
    every = list(values)
    return every[(every.index(value) + step) % len(every)]


@lru_cache
def _title(plan: str) -> str:
    return load_plan(plan)[1].title if plan in preset_names() else "your own plan"
