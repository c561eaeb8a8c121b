"""The last page of a session: shown until a key, or for a while."""

from posture_trainer.pages.views import SummaryView
from posture_trainer.session.devices import Devices


def summary_part(devices: Devices, view: SummaryView, shown_s: float) -> None:
    """Show it until a key of its own is pressed, at most so long; not at all where nobody can see it."""
    if not devices.window.visible:
        return
    until_s = devices.patience() + shown_s
    while devices.patience() < until_s and not devices.show(view):
        devices.next_frame()
