"""The therapist's door, and what is behind it."""

from posture_trainer.home.screen import Go, Instead, Screen
from posture_trainer.home.therapist.people import TherapistPeople
from posture_trainer.pages.front.notes import YES, gate_view
from posture_trainer.pages.front.page import PageView, Press


class GateScreen(Screen):
    """One question, so that nobody goes in by accident."""

    help_title = "Are you the therapist?"
    help = ("Behind this door plans are made.", "Hold the button for three seconds.", "Esc goes back home.")

    def view(self) -> PageView:
        """The question."""
        return gate_view()

    def press(self, press: Press) -> Go:
        """Held for long enough."""
        return Instead(TherapistPeople(self.room)) if press.name == YES else None
