"""Pages that say one thing: something is in the way, something was our fault, somebody is a therapist. Pure."""

from posture_trainer.pages.front.page import BACK, Button, PageView, Words, back_to

HOME, CLOSE, FOLDER, YES = "home", "close", "show folder", "yes"
HOLD_S = 3.0


def note_view(title: str, words: tuple[str, ...]) -> PageView:
    """Something to be read, then back."""
    return PageView(title, (Words(words),), main=Button(BACK, "Go on", cap="Enter"), help=None)


def moment_view(words: str) -> PageView:
    """While something loads."""
    return PageView("One moment", (Words((words,)),), help=None, unwell=None)


def fault_view(saved: str, log: str) -> PageView:
    """What nobody foresaw. saved: what there is of a record. log: the file for whoever helps, '' for none."""
    details = f"For whoever helps you: details are in {log}. It holds nothing about your health." if log else ""
    parts = [Words(("The mirror stopped by itself.",)), Words((saved,), tick=True)]
    if details:
        parts.append(Words((details,), size="small", quiet=True))
    return PageView(
        "That was our fault, not yours",
        tuple(parts),
        help=None,
        main=Button(HOME, "Home", sign="home", cap="Enter"),
        nexts=(Button(CLOSE, "Close", sign="close", cap="Esc"), Button(FOLDER, "Show that folder")),
        art="mirror",
    )


def gate_view() -> PageView:
    """The door of the therapist: to be held, so that nobody goes in by accident."""
    hold = Button(YES, "Yes. Hold for 3 seconds", short="Yes. Hold 3 s", hold_s=HOLD_S, cap="Enter")
    return PageView(
        "Are you the therapist?",
        (Words(("Here people are added and plans are made.", "Hold the button, or the key Enter."), size="body"),),
        back=back_to(),
        main=hold,
    )


def sure_view(title: str, words: tuple[str, ...], yes: str) -> PageView:
    """Whether to do something that matters."""
    return PageView(
        title,
        (Words(words, size="body"),),
        main=Button(BACK, "No, go back", cap="Enter"),
        nexts=(Button(YES, yes),),
        help=None,
    )
