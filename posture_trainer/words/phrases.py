"""Every phrase that is spoken, with the words of its subtitle, and every tone an exercise asks for.

The key is the name of the sound file. Attention goes to the picture, the neck itself is not named.
"""

from posture_trainer.words import care, safety
from posture_trainer.words.all_day.body_scan import SCAN_PHRASES
from posture_trainer.words.directions import MOVE_WORDS, SPOKEN_WAY
from posture_trainer.words.safety import HIDE_FACE

HOLD_TEST_GOAL = "Bring your head to straight and keep it there."
HOLD_TEST_HANDS = "For this test, hands in your lap. Otherwise your helpful touch is fine."

PHRASES: dict[str, str] = {
    # whether there may be a session, and for whoever is not well
    "safety": " ".join(safety.LINES),
    "signs": f"{care.NEW_OR_WORSE} {', '.join(care.SIGNS)}.",
    "sudden": care.SUDDEN,
    "swallowing": care.SWALLOWING,
    **{f"once_{name}": words for name, words in care.ONCE.items()},
    "which": care.WHICH,
    **care.spoken_care(),
    "getting_up": care.GETTING_UP,
    # before and after a session
    "pain": "How much pain is there now?",
    "dizziness": "Are you dizzy or light-headed now?",
    "control": "How well does your head do what you want?",
    "injection": "When was your last botulinum toxin injection?",
    # around the trials
    "rest": "Rest.",
    "face_gone": "I can't see your face. I'll wait for you.",
    "welcome_back": "There you are. We go on.",
    "offer_stop": "This is hard work. It is fine to stop here for today.",
    "again": "I could not measure that one. You did nothing wrong. We'll try it once more.",
    "time_up": "That is enough for today. Thank you for practising.",
    "finished": "All done. Thank you for practising.",
    "left": "I'll stop here for now. Come back whenever you like.",
    "supported_rest": "A minute's rest. Rest your head against something, your arms in your lap.",
    "go_on": "Now we go on.",
    "hear": "Press any key or click when you hear the tone.",
    "no_sound": "Without sound I leave out what needs closed eyes.",
    "how_far_off": "How did your head feel: straight, a little off, or far off?",
    "hide_face": HIDE_FACE,
    # the exercises
    "hold": "Bring your face into the outline and hold it there.",
    "hold_without": "Now without the mirror. Hold your head where it feels straight.",
    "hold_again": "Bring your face back into the outline.",
    "hold_test": f"{HOLD_TEST_GOAL} {HOLD_TEST_HANDS}",
    "hold_test_go": "The time is running.",
    "hold_test_over": "Thank you. That's it.",
    "follow": "Steer the dot with your face. Stay on the target.",
    "follow_go": "Now follow it.",
    "position_straight": "Look straight ahead into the outline.",
    "position_close": "Close your eyes, and remember this position.",
    "position_back": "And back to where you feel straight. Then hold still.",
    "position_open": "Thank you. Open your eyes.",
    "range_back": "And slowly back.",
    "stretch_hold": "Stay there. It may pull a little; it must not hurt. Keep breathing.",
    "stretch_back": "And slowly back to the middle.",
    "far_enough": "Far enough.",
    "breathe": "Breathe in as the circle grows, and out as it shrinks.",
    **SCAN_PHRASES,
    "timed": "Follow the words on the screen, at your own pace.",
    "trick_without": "Let your head be as it is, hands in your lap.",
    "trick_with": "Now touch the place that helps, lightly.",
    "trick_again": "Hands back in your lap. Let your head be as it is.",
    "free": "This is your mirror. Bring your face into the outline.",
    **{
        f"position_{way}": f"With your eyes closed, slowly {words}, until you hear the tone."
        for way, words in MOVE_WORDS.items()
    },
    **{f"range_{way}": f"Slowly {words}, a little way, only as far as is easy." for way, words in MOVE_WORDS.items()},
    **{f"stretch_{way}": f"Slowly {words}. Follow the mark, no further." for way, words in MOVE_WORDS.items()},
    # on the way back to straight (spoken_way.py)
    **{f"way_{cue}": words for cue, words in SPOKEN_WAY.items()},
    "way_more": "A little more.",
    "way_almost": "Almost.",
    "way_hold": "That's it. Hold.",
}

# These are longer than a few words, as they have to be.
LONG = ("safety", "signs", *(f"once_{name}" for name in care.ONCE), *care.spoken_care())

_FEWEST_WORDS_S, _FIRST_S = 1.4, 1.0


def longest_s(phrase: str) -> float:
    """How long a phrase takes to be spoken at the most, in seconds. phrase: a key of PHRASES."""
    return _FIRST_S + len(PHRASES[phrase].split()) / _FEWEST_WORDS_S


# Short tones: the turning point, a head that went on beyond it, and the end of a trial with closed eyes; the end of a
# rest, a trial that is done.
SOUNDS = ("turning_point", "turn_back", "eyes_open", "rest_over", "trial_done", "finished")

TITLES = {
    "hold": "Hold",
    "hold_test": "Hold test",
    "follow": "Follow",
    "position_sense": "Position sense",
    "range": "Range",
    "stretch": "Stretch",
    "breathe": "Breathe",
    "timed": "Exercise",
    "trick": "Helpful touch",
    "free": "Mirror",
    "rest": "Rest",
    "supported_rest": "Rest",
    "hear": "Can you hear it?",
    "ask": "How it felt",
    "paused": "Paused",
    "no_face": "Waiting",
    "ended": "Thank you",
}
