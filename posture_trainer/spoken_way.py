"""When is the way spoken, and what is said? Every decision about it is in this file. Pure.

Whoever cannot see the arrow hears a tone, and when that did not bring the head back, a few words. The tones and the
words take turns: never both at once. Where the feedback schedule leaves cues out (exercises/feedback_schedule.py),
there is no sign, and so nothing is said: fewer words as the patient gets better. docs/feedback.md has the rules.
"""

import math
from dataclasses import dataclass, replace

from posture_trainer.feedback import Cue, Feedback, PostureState
from posture_trainer.words.directions import ALMOST, CLOSER

EVERY_S = 4.0  # from the beginning of one sentence to that of the next
STOOD_S = 1.5  # the sign has stood for this long, so the tone alone did not do
SAME_AGAIN_S, MOST_DOUBLED = 8.0, 2  # the same words again: after 8 s, then 16, then every 32
LONGEST_SENTENCE_S = 2.2  # of these sentences, in any language
LONGEST_TONE_S = 0.6
HOLD_WITHIN_S = 2.5  # later than that "that's it" would be about another moment

REGAINED = "regained"
MORE, NEARLY, HOLD = "way_more", "way_almost", "way_hold"
_NEARER = {CLOSER: MORE, ALMOST: NEARLY}


@dataclass(frozen=True)
class Moment:
    """nearer: the word under the sign, '' for none. voice: whether words are wanted. busy: whether another tone, or
    other words, can be heard just now."""

    t_s: float
    feedback: Feedback
    nearer: str = ""
    voice: bool = True
    busy: bool = False


@dataclass(frozen=True)
class Heard:
    """What is to be heard now. tone: a name of sound/player.py. phrase: a key of words/phrases.py. At most one."""

    tone: str | None = None
    phrase: str | None = None


@dataclass(frozen=True)
class WayState:
    """What `step` remembers. Times in session seconds. sign, since_s: the sign, and since when it stands. said_s, said,
    times: when words were said last, which, and how often these. toned_s: when a tone began. told: whether anything was
    said on this way back. confirm: whether the tone for being back waits for the end of a sentence. hold_until_s: how
    long "that's it" may still be said."""

    sign: Cue | None = None
    since_s: float = 0.0
    said_s: float = -math.inf
    said: str = ""
    times: int = 0
    toned_s: float = -math.inf
    told: bool = False
    confirm: bool = False
    hold_until_s: float = -math.inf


def phrase_of(cue: Cue) -> str:
    """The phrase that says this way."""
    return f"way_{cue.value}"


PHRASES = (*map(phrase_of, Cue), MORE, NEARLY, HOLD)


def step(state: WayState, moment: Moment) -> tuple[WayState, Heard]:
    """Decide on one moment: what is known after it, and what is to be heard now."""
    feedback, t_s = moment.feedback, moment.t_s
    if feedback.state not in (PostureState.NEUTRAL, PostureState.OUT):
        return WayState(said_s=state.said_s, toned_s=state.toned_s), Heard()
    if feedback.way_back is not state.sign:
        state = replace(state, sign=feedback.way_back, since_s=t_s, said="", times=0)
    if feedback.regained:
        hold_until_s = t_s + HOLD_WITHIN_S if state.told else -math.inf
        state = replace(state, confirm=True, told=False, hold_until_s=hold_until_s)
    elif feedback.state is PostureState.OUT:
        state = replace(state, confirm=False, hold_until_s=-math.inf)
    if t_s - state.said_s < LONGEST_SENTENCE_S:  # a cue in the middle of a sentence would say what that says
        return state, Heard()
    if feedback.cue is not None or state.confirm:
        tone = REGAINED if feedback.cue is None else feedback.cue.value
        return replace(state, toned_s=t_s, confirm=False), Heard(tone)
    free = moment.voice and not moment.busy and t_s - state.toned_s >= LONGEST_TONE_S
    phrase = _due(state, moment) if free and t_s - state.said_s >= EVERY_S else None
    if phrase is None:
        return state, Heard()
    times = state.times + 1 if phrase == state.said else 1
    spoken = replace(state, said_s=t_s, said=phrase, times=times, told=phrase != HOLD, hold_until_s=-math.inf)
    return spoken, Heard(phrase=phrase)


def _due(state: WayState, moment: Moment) -> str | None:
    """The words for this moment, None for none."""
    if state.sign is None:
        return HOLD if moment.t_s <= state.hold_until_s else None
    if moment.t_s - state.since_s < STOOD_S:
        return None
    phrase = _NEARER.get(moment.nearer) or phrase_of(state.sign)
    again_s = SAME_AGAIN_S * 2 ** min(state.times - 1, MOST_DOUBLED)
    return None if phrase == state.said and moment.t_s - state.said_s < again_s else phrase
