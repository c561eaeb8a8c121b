"""Which real key asks for what on the pages of a session."""

from types import ModuleType

from posture_trainer.pages.keys import Key, Keyboard

_LETTERS = {
    "c": Key.CALIBRATE,
    "m": Key.MUTE,
    "v": Key.VOICE,
    "t": Key.TEXT_SIZE,
    "f": Key.FULL_SCREEN,
    "d": Key.FIGURES,
    "h": Key.HIDE_FACE,
    "i": Key.INJECTION,
    "y": Key.YES,
    "n": Key.NO,
    "s": Key.UNSURE,
    "u": Key.UNWELL,
}
KeyMap = dict[int, Key]


def key_maps(pygame: ModuleType) -> dict[Keyboard, KeyMap]:
    """What each of pygame's key codes asks for, by what the keyboard is for just now."""
    session = {
        pygame.K_SPACE: Key.PAUSE,
        pygame.K_PLUS: Key.LOUDER,
        pygame.K_KP_PLUS: Key.LOUDER,
        pygame.K_EQUALS: Key.LOUDER,  # + without Shift on many keyboards
        pygame.K_MINUS: Key.QUIETER,
        pygame.K_KP_MINUS: Key.QUIETER,
        pygame.K_F1: Key.HELP,
        pygame.K_F11: Key.FULL_SCREEN,
        pygame.K_ESCAPE: Key.STOP,
        pygame.K_UP: Key.MORE,
        pygame.K_RIGHT: Key.BIT_MORE,
        pygame.K_DOWN: Key.LESS,
        pygame.K_LEFT: Key.BIT_LESS,
        pygame.K_RETURN: Key.CONFIRM,
        pygame.K_KP_ENTER: Key.CONFIRM,
        pygame.K_BACKSPACE: Key.ERASE,
        **{getattr(pygame, f"K_{letter}"): key for letter, key in _LETTERS.items()},
        **{getattr(pygame, f"K_{row}{digit}"): Key(str(digit)) for row in ("", "KP") for digit in range(10)},
    }
    form = {
        pygame.K_UP: Key.PREVIOUS,
        pygame.K_DOWN: Key.NEXT,
        pygame.K_RIGHT: Key.MORE,
        pygame.K_LEFT: Key.LESS,
        pygame.K_TAB: Key.PAGE,
        pygame.K_BACKSPACE: Key.ERASE,
    }
    signless = (pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_F11, pygame.K_F1)
    return {
        Keyboard.SESSION: session,
        Keyboard.FORM: session | form,
        Keyboard.TYPING: {key: session[key] for key in signless} | form,
    }


def by_letter(unicode: str) -> int:
    """The key code of the sign that was typed: "+" has a place of its own on many keyboards."""
    return ord(unicode.lower()) if len(unicode) == 1 else 0
