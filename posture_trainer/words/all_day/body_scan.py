"""A body scan to be heard with closed eyes: own words, plain, and no cure. Pure.

Each sentence is a phrase of its own, so that the pauses between them can be as long as the time allows.
"""

SCAN: tuple[tuple[str, str], ...] = (
    ("scan_begin", "Sit or lie so that your head is held. Close your eyes, if that is comfortable."),
    ("scan_breath", "Let your breath come and go. It needs no help."),
    ("scan_feet", "Notice your feet. Where do they touch the floor?"),
    ("scan_legs", "Notice your legs. They may be heavy."),
    ("scan_seat", "Notice where the seat carries you."),
    ("scan_back", "Notice your back. Let it rest against what is behind you."),
    ("scan_hands", "Notice your hands. Let them lie as they lie."),
    ("scan_arms", "Notice your arms, up to your shoulders. Let them be heavy."),
    ("scan_jaw", "Notice your jaw. Let your teeth come apart a little."),
    ("scan_face", "Notice your face, your eyes, your forehead. Nothing has to be done."),
    ("scan_head", "Notice your head, and what carries it. It may move. That is fine."),
    ("scan_whole", "Now notice all of you, as you are."),
    ("scan_end", "That was the body scan. Open your eyes, and stay seated for a moment."),
)
SCAN_PHRASES = dict(SCAN)


def sentence_at(t_s: float, seconds: float) -> int:
    """Which sentence is due at `t_s` of so many seconds, counted from 0: the last one 20 s before the end."""
    last = len(SCAN) - 1
    return min(last, int(max(0.0, t_s) / max(1.0, seconds - 20.0) * last))
