"""How long drawing one frame takes, for each view and window size: `python bench/drawing.py`.

Needs no screen. A frame at 1280x720 may take at most 12 ms, so that 30 frames a second leave the processor
to the tracker. Prints the median and the 95th percentile in milliseconds.
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pygame

from posture_trainer.feedback import Cue, Feedback, PostureState
from posture_trainer.pages.views import BaselineView, Controls, PracticeView, SafetyView, SummaryView, View
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.neutral.baseline import NeutralGuide
from posture_trainer.screen.draw import draw

FRAMES = 200
SIZES = ((1280, 720), (1920, 1080), (3840, 2160))


def views(frame: int) -> dict[str, View]:
    """One view of each kind for this frame number; the picture, angles and times change with it."""
    picture = np.random.default_rng(frame % 8).integers(0, 255, (480, 640, 3), np.uint8)
    turns = np.linspace(0, 2 * np.pi, 36, endpoint=False)
    outline = np.column_stack([0.5 + 0.12 * np.cos(turns), 0.42 + 0.24 * np.sin(turns)])
    guide = NeutralGuide(outline, 0.5, 0.36, 0.66)
    swing = float(np.sin(frame / 20))
    inside = Feedback(PostureState.NEUTRAL, None, None, abs(swing))
    outside = Feedback(PostureState.OUT, None, Cue.TURN_LEFT, 1.5 + abs(swing))
    lost = Feedback(PostureState.NO_FACE, None, None, None)
    angles = HeadAngles(20 * swing, 5 * swing, -3 * swing, 21 * abs(swing))
    at = 60 + frame / 30
    return {
        "practice, neutral": PracticeView(picture, guide, inside, angles, "", at, at),
        "practice, out": PracticeView(picture, guide, outside, angles, "", at, at),
        "practice, no face": PracticeView(picture, guide, lost, None, "I can't see your face", at, at),
        "safety": SafetyView(picture, (frame % 90) / 90, "Press any key, or hold your head still, to begin."),
        "baseline": BaselineView(picture, None, (frame % 90) / 90, ""),
        "summary": SummaryView("Thank you", (("Time straight", "1:00"),), "That was all.", "Press any key."),
    }


def main() -> None:
    """Measure and print the table."""
    pygame.display.init()
    print(f"{'view':<20}{'text':>6}{'window':>12}{'median ms':>11}{'p95 ms':>8}")
    frames = [views(frame) for frame in range(64)]
    for size in SIZES:
        surface = pygame.display.set_mode(size)
        for name in frames[0]:
            for text_scale in (1.0, 2.0):
                controls = Controls(text_scale=text_scale, show_figures=True)
                took_ms = []
                for frame in range(FRAMES):
                    began = time.perf_counter()
                    draw(surface, frames[frame % len(frames)][name], controls)
                    took_ms.append(1000 * (time.perf_counter() - began))
                median, p95 = np.percentile(took_ms, [50, 95])
                window = f"{size[0]}x{size[1]}"
                print(f"{name:<20}{text_scale:>6.0%}{window:>12}{median:>11.2f}{p95:>8.2f}")


if __name__ == "__main__":
    main()
