"""A camera that is gone for long in a session: the page that says so, until it is back, or the session ends."""

import sys

from posture_trainer.pages.controls import controls_after
from posture_trainer.pages.front.camera import AGAIN, LOOKING, camera_gone_view
from posture_trainer.pages.front.page import BACK, CLOSE_WINDOW, UNWELL
from posture_trainer.pages.keys import Key
from posture_trainer.screen.page_keys import KEY
from posture_trainer.session.devices import LOST_AFTER_S, Devices

GONE_S = 30.0  # until then the mirror says so, and goes on by itself; sooner than the neutral gives up trying
_GIVEN_UP_S = 120.0  # shorter than a plan waits for a patient who has left
_TICK_S = 0.05


def camera_gone(devices: Devices) -> bool:
    """Whether so long no picture has come that a word on the mirror is not enough."""
    return devices.source.live and devices.picture_age_s() >= GONE_S


def wait_for_camera(devices: Devices, saved: str = "") -> str | None:
    """Show what to try until the camera gives pictures again, which gives None; else why the session ends: "stopped",
    or "camera" when it did not come back. saved: what there is of a record, in words."""
    begun_s = devices.clock()
    while devices.picture_age_s() > LOST_AFTER_S:
        if devices.clock() - begun_s >= _GIVEN_UP_S:
            return "camera"
        devices.show_page(camera_gone_view(sys.platform, saved))
        for press in devices.window.presses():
            devices.closing |= press.name == CLOSE_WINDOW
            devices.unwell |= press.name == UNWELL
            if press.name in (BACK, CLOSE_WINDOW, UNWELL):
                return "stopped"
            if press.name == AGAIN:
                devices.show_words(LOOKING)
            if press.name == f"{KEY}t":
                devices.controls = controls_after(devices.controls, Key.TEXT_SIZE)
            if press.name == f"{KEY}f":
                devices.window.toggle_full_screen()
        if devices.stop_asked():
            devices.closing = True
            return "stopped"
        devices.tracking.next(_TICK_S)
    return None
