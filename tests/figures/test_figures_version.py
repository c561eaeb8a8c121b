"""Kept figures are used as long as FIGURES_VERSION is the same: so it must be raised whenever a definition changes.

figures_of_version.json holds the figures of one made log, under the version that gave them. Where this test fails
because a definition was changed on purpose: raise FIGURES_VERSION, then `python tests/test_figures_version.py`.
"""

import json
import math
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from pydantic import TypeAdapter

from posture_trainer.exercises.guided_records import ExerciseEvent
from posture_trainer.feedback import Cue, Feedback, FeedbackSettings, PostureState, Tolerances
from posture_trainer.figures.session_figures import FIGURES_VERSION, SessionFigures
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.posture import PostureSample
from posture_trainer.pose.quality import Quality
from posture_trainer.pose.target import Target
from posture_trainer.records.kept_figures import figures_of
from posture_trainer.records.session_log import SessionLog

KNOWN = Path(__file__).parent / "figures_of_version.json"
WIDE = FeedbackSettings(Tolerances(rotation_right_deg=15.0), target=Target(tilt_deg=2.0))


def made_log(folder: Path) -> None:
    """80 s with all that figures look at: excursions, turned frames, tremor, poor ones, a pause, a gap, a trial."""
    log = SessionLog(folder, {"feedback": {"tolerances": {"rotation_right_deg": 6.0}}})
    for row in range(2000):
        t_s = row * 0.04 + (1.0 if row > 1500 else 0.0)
        swing = max(0.0, math.sin(t_s / 3)) ** 3
        pull, tremor = (60 if 700 < row < 900 else 14) * swing, 0.7 * math.sin(2 * math.pi * 2.5 * t_s)
        turned = pull > 45
        state = PostureState.OUT if pull > 6 else PostureState.NEUTRAL
        state = PostureState.PAUSED if 300 < row < 330 else state
        cue = Cue.TURN_LEFT if row % 500 == 60 else None
        if 1000 < row < 1030:
            log.sample(PostureSample(t_s), Feedback(PostureState.NO_FACE, None, None, None))
            continue
        quality = Quality.TURNED if turned else Quality.ASIDE if 1100 < row < 1120 else Quality.GOOD
        state = PostureState.UNSURE if quality is Quality.ASIDE else state
        smoothed = HeadAngles(pull, 0.3 * pull - 2, math.cos(t_s), pull + 1)
        measured = HeadAngles(pull + tremor, 0.3 * pull - 2 + 0.1 * math.sin(9 * t_s * t_s), math.cos(t_s), pull + 1)
        sample = PostureSample(t_s, smoothed, measured, (9 + row / 1000, 1.0, 0.0), quality, True)
        log.sample(sample, Feedback(state, cue, cue, 1.2))
    log.exercise(
        ExerciseEvent("hold", 70.0, {"block": 1, "trial": 1, "ending": "done", "cues": True, "began_s": 50.0}, WIDE)
    )
    log.finish("stopped", 83.0)


def figures() -> dict[str, Any]:
    """The figures of the made log, as they are kept."""
    with TemporaryDirectory() as place:
        made_log(Path(place) / "s")
        found = figures_of(Path(place) / "s").figures
    assert found is not None
    kept: dict[str, Any] = TypeAdapter(SessionFigures).dump_python(found, mode="json")
    return kept


def flat(figures: Any, name: str = "") -> dict[str, Any]:
    """Each single figure under one name."""
    items = figures.items() if isinstance(figures, dict) else enumerate(figures) if isinstance(figures, list) else None
    if items is None:
        return {name: figures}
    return {key: each for inner, value in items for key, each in flat(value, f"{name}.{inner}").items()}


def test_the_figures_are_those_of_their_version() -> None:
    known = json.loads(KNOWN.read_text(encoding="utf-8"))
    assert known["version"] == FIGURES_VERSION, "The version was raised: python tests/test_figures_version.py"
    now, then = flat(figures()), flat(known["figures"])
    assert now.keys() == then.keys()
    changed = {name: (then[name], value) for name, value in now.items() if not same(value, then[name])}
    assert changed == {}, "A definition changed: raise FIGURES_VERSION, then python tests/test_figures_version.py"


def same(one: Any, other: Any) -> bool:
    """Whether two figures are the same, but for the last digits that another processor may give."""
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, rel=1e-6, abs=1e-9)
    return bool(one == other)


def test_the_made_log_has_all_that_figures_look_at() -> None:
    """Otherwise a definition could change unseen."""
    found = flat(figures())
    looked_at = ("excursions", "returns", "gaps", "off_middle_share", "smoothness", "cues", "symmetry.rotation")
    assert all(found[f".{name}"] for name in (*looked_at, "tremor.peak_hz", "longest_hold_s", "usable_share"))


if __name__ == "__main__":
    KNOWN.write_text(json.dumps({"version": FIGURES_VERSION, "figures": figures()}, indent=1) + "\n", encoding="utf-8")
