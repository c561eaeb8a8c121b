"""What the keys of the window's settings change, and how that changes what they say. Pure."""

from dataclasses import replace

from posture_trainer.pages.actions import Action
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import Controls

_VOLUME_STEP = 0.1
_TEXT_SCALES = (1.0, 1.25, 1.5, 2.0)


def controls_after(controls: Controls, key: Key) -> Controls:
    """The controls after a key press; keys that are none of theirs change nothing."""
    match key:
        case Key.MUTE:
            return replace(controls, muted=not controls.muted)
        case Key.LOUDER:
            return replace(controls, volume=round(min(1.0, controls.volume + _VOLUME_STEP), 2), muted=False)
        case Key.QUIETER:
            return replace(controls, volume=round(max(0.0, controls.volume - _VOLUME_STEP), 2))
        case Key.TEXT_SIZE:
            larger = [scale for scale in _TEXT_SCALES if scale > controls.text_scale]
            return replace(controls, text_scale=larger[0] if larger else _TEXT_SCALES[0])
        case Key.VOICE:
            return replace(controls, voice=not controls.voice)
        case Key.FIGURES:
            return replace(controls, show_figures=not controls.show_figures)
        case Key.HIDE_FACE:
            return replace(controls, hide_face=not controls.hide_face)
        case _:
            return controls


def word_now(action: Action, controls: Controls) -> str:
    """What an action does next: where the sound, the voice or the face is off, its key turns it on."""
    off = {Key.MUTE: controls.muted, Key.VOICE: not controls.voice, Key.HIDE_FACE: controls.hide_face}
    return action.undo if any(off.get(key, False) for key in action.keys) else action.word
