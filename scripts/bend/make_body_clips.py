"""Makes the clips of `demo --plan trick` and `demo --plan shoulders`: a made-up person with a body.

python scripts/bend/make_body_clips.py --makehuman makehuman/package [--out posture_trainer/assets]

Most pictures repeat the last one, which costs next to no space: nobody has to move at 25 pictures a second here.
"""

import argparse
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import moderngl
import numpy as np
from bodies import Attitude, Body
from head_renderer import HeadRenderer, Look
from makehuman_heads import MakeHuman
from numpy.typing import NDArray

SIZE, VFOV_DEG, FPS = (640, 480), 45.0, 12
PLACE_M = np.array([0.0, 0.06, -0.76])
MOVE_S, SWAY_S = 1.0, 0.5
_PULLED = Attitude(head_deg=(16.0, 6.0, 0.0))
_TOUCHED = Attitude(head_deg=(5.0, 2.0, 0.0), hand="right", place="cheek")
_AFTER = Attitude(head_deg=(12.0, 5.0, 0.0))
# (until when, in seconds, and how): a round of the trial is 77 s with its rest, and so is the clip, which is repeated.
CLIPS: dict[str, tuple[tuple[float, Attitude], ...]] = {
    "demo_touch.mp4": ((3.0, Attitude()), (22.0, _PULLED), (42.0, _TOUCHED), (65.0, _AFTER), (77.0, Attitude())),
    "demo_shoulders.mp4": (
        (6.0, Attitude()),
        (14.0, Attitude(trunk_deg=28.0)),
        (18.0, Attitude()),
        (26.0, Attitude(lift_cm=(0.0, 7.0))),
        (30.0, Attitude()),
    ),
}


def between(one: Attitude, other: Attitude, share: float) -> Attitude:
    """On the way from one attitude to the other."""

    def mixed(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...]:
        return tuple((1 - share) * x + share * y for x, y in zip(a, b, strict=True))

    comes, goes = other.hand != "none", one.hand != "none"
    reached = share if comes and not goes else 1 - share if goes and not comes else 1.0
    turn, tilt, nod = mixed(one.head_deg, other.head_deg)
    right, left = mixed(one.lift_cm, other.lift_cm)
    return replace(
        other if comes else one,
        head_deg=(turn, tilt, nod),
        trunk_deg=(1 - share) * one.trunk_deg + share * other.trunk_deg,
        lift_cm=(right, left),
        reached=reached,
    )


def attitude_at(t_s: float, parts: tuple[tuple[float, Attitude], ...]) -> Attitude:
    """How the person sits at that time, with a little unrest, in steps."""
    before, began_s = parts[0][1], 0.0
    for until_s, attitude in parts:
        if t_s < until_s or until_s == parts[-1][0]:
            share = min(1.0, (t_s - began_s) / MOVE_S)
            now = between(before, attitude, share * share * (3 - 2 * share)) if share < 1 else attitude
            step = np.floor(t_s / SWAY_S) % 4
            turn, tilt, nod = now.head_deg
            return replace(now, head_deg=(turn + 0.3 * float(np.sin(step * np.pi / 2)), tilt, nod))
        before, began_s = attitude, until_s
    raise ValueError("no parts")


def main() -> None:
    """Render, and say how large the clips are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--makehuman", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("posture_trainer/assets"))
    arguments = parser.parse_args()
    body = Body(MakeHuman(arguments.makehuman), np.random.default_rng(104), ("male_casualsuit04",), "short01")
    context = moderngl.create_standalone_context(backend="egl")
    renderer = HeadRenderer(context, body.parts(Attitude())[0], SIZE, VFOV_DEG, Look(noise=0.0, background=5))
    drawn: dict[Attitude, NDArray[np.uint8]] = {}
    for name, parts in CLIPS.items():
        path = arguments.out / name
        with av.open(str(path), "w") as file:
            stream = file.add_stream("libx264", rate=FPS, options={"crf": "26", "tune": "stillimage"})
            stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
            for number in range(round(parts[-1][0] * FPS)):
                attitude = attitude_at(number / FPS, parts)
                if attitude not in drawn:
                    drawn[attitude] = renderer.picture_of(body.parts(attitude)[0], PLACE_M, np.eye(3))
                frame = av.VideoFrame.from_ndarray(drawn[attitude], format="bgr24")
                frame.pts, frame.time_base = number, Fraction(1, FPS)
                file.mux(stream.encode(frame))
            file.mux(stream.encode())
        print(f"{path}: {parts[-1][0]:.0f} s, {path.stat().st_size / 1e6:.2f} MB, {len(drawn)} pictures")


if __name__ == "__main__":
    main()
