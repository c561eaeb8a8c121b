"""Pictures of made-up people whose trunk, shoulders, head and hands are where they were put (see bench/trunk.py).

python scripts/bend/collect_trunk.py --makehuman makehuman/package --out trunk --people 6
"""

import argparse
import json
from dataclasses import asdict
from itertools import product
from pathlib import Path

import cv2
import moderngl
import numpy as np
from bodies import CLOTHES, HAND_PLACES, Attitude, Body
from head_renderer import HeadRenderer, Look
from makehuman_heads import MakeHuman

HAIR = ("short02", "long01", None, "ponytail01", "short01", "bob01")
SIZE, VFOV_DEG = (640, 480), 45.0


def attitudes() -> list[Attitude]:
    """Neutral first, then each movement by itself, some together, then hands."""
    found = [Attitude()]
    for turn in (-30, -20, -12, -6, 6, 12, 20, 30):
        found.append(Attitude(trunk_deg=turn))
        found.append(Attitude(trunk_deg=turn, head_deg=(turn, 0, 0)))
    found += [Attitude(lift_cm=(lift, 0)) for lift in (1.5, 3, 4.5, 6)]
    found += [Attitude(lift_cm=(0, lift)) for lift in (1.5, 3, 4.5, 6)]
    found += [Attitude(shift_cm=shift) for shift in (-6, -4, -2, 2, 4, 6)]
    found += [Attitude(forward_cm=forward) for forward in (-2, 2, 4, 6)]
    found += [Attitude(blades_cm=back) for back in ((1.5, 1), (3, 2))]
    found += [
        Attitude(head_deg=each) for each in ((25, 0, 0), (-25, 0, 0), (0, 15, 0), (0, -15, 0), (0, 0, 15), (0, 0, -15))
    ]
    found += [
        Attitude(trunk_deg=15, lift_cm=(3, 0), head_deg=(-10, 8, 0)),
        Attitude(trunk_deg=-15, lift_cm=(3, 0), shift_cm=3),
        Attitude(shift_cm=4, head_deg=(0, 12, 0), lift_cm=(0, 3)),
    ]
    hands = product(("right", "left"), HAND_PLACES)
    found += [Attitude(hand=hand, place=place) for hand, place in hands]
    found += [
        Attitude(hand="right", place=place, head_deg=(turn, tilt, 0))
        for place in ("cheek", "chin", "temple")
        for turn, tilt in ((20, 8), (-20, -8))
    ]
    return [*found, Attitude(hand="both", place="cheek")]


def main() -> None:
    """Render."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--makehuman", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--people", type=int, default=6)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    context, maker = moderngl.create_standalone_context(backend="egl"), MakeHuman(arguments.makehuman)
    for person in range(arguments.people):
        rng = np.random.default_rng(100 + person)
        clothes = list(CLOTHES)[person % len(CLOTHES)]
        body = Body(maker, rng, CLOTHES[clothes], HAIR[person % len(HAIR)])
        look = Look(light=(float(rng.uniform(-1, 1)), 0.5, 1.0), background=person)
        place = np.array([rng.uniform(-0.05, 0.05), rng.uniform(0.04, 0.08), -rng.uniform(0.75, 0.95)])
        renderer, rows = HeadRenderer(context, body.parts(Attitude())[0], SIZE, VFOV_DEG, look), []
        for number, attitude in enumerate(attitudes()):
            parts, truth = body.parts(attitude)
            name = f"{person:02d}_{number:03d}.png"
            cv2.imwrite(str(arguments.out / name), renderer.picture_of(parts, place, np.eye(3)))
            rows.append({"file": name, "clothes": clothes, "line_deg": truth.shoulder_line_deg, **asdict(attitude)})
        renderer.release()
        (arguments.out / f"{person:02d}.json").write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
