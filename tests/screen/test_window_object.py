"""SDL's window points to the object that pygame made of it last: that object has to stay."""

import subprocess
import sys

import pytest
from made.common import ROOT, child_environment

LOOKS = """
import pygame
from posture_trainer.records.settings import WindowPlace
from posture_trainer.screen.placing import open_display, window_now
open_display(WindowPlace(640, 360))
for size in ((320, 200), (640, 360)) * 20:
    assert window_now() is not None
    pygame.display.set_mode(size, pygame.RESIZABLE)
    pygame.event.get()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="what is given back is overwritten by glibc alone")
def test_events_can_be_read_after_the_window_was_looked_at() -> None:
    env = {**child_environment(), "PYTHONMALLOC": "malloc", "MALLOC_PERTURB_": "101", "SDL_VIDEODRIVER": "dummy"}
    done = subprocess.run([sys.executable, "-c", LOOKS], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
