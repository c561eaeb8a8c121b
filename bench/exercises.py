"""How long a whole guided session takes in fake time: every preset, a patient who does well, 30 frames a second.

python bench/exercises.py

Beside the seconds stand how many times faster than real that is, and the share of a frame's 33 ms that one step costs.
"""

import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from made.simulated_patients import RATE_HZ, Willing, play

from posture_trainer.plans.expand import session_today
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import load_plan, preset_names
from posture_trainer.pose.directions import Direction

PATIENT = PatientSettings(pull=(Direction.ROTATION_RIGHT,), stretch_limits_deg=dict.fromkeys(Direction, 15.0))
RUNS = 3


def main() -> None:
    """Play each preset three times, print the fastest."""
    table = Table("plan", "session, s", "steps", "took, s", "times real time", "of a frame")
    for name in preset_names():
        session = session_today(name, load_plan(name)[1], PATIENT)
        took_s = []
        for _ in range(RUNS):
            began_s = time.perf_counter()
            played = play(session, Willing())
            took_s.append(time.perf_counter() - began_s)
        best_s, steps = min(took_s), len(played.steps)
        faster, of_a_frame = played.length_s / best_s, best_s / steps * RATE_HZ
        table.add_row(name, f"{played.length_s:.0f}", str(steps), f"{best_s:.2f}", f"{faster:.0f}", f"{of_a_frame:.3%}")
    Console().print(table)


if __name__ == "__main__":
    main()
