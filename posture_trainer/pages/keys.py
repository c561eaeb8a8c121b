"""The keys of the window. Pure; the window only translates real keys into these."""

from enum import StrEnum


class Key(StrEnum):
    """What a key press asks for. OTHER is any key without a meaning of its own. CLOSE ends the whole program at once,
    STOP what is on the screen.

    MORE and LESS are the arrows up and down, BIT_MORE and BIT_LESS right and left. DIGIT_0 and so on are numbers.
    """

    PAUSE = "pause"
    CALIBRATE = "calibrate"
    MUTE = "mute"
    LOUDER = "louder"
    QUIETER = "quieter"
    TEXT_SIZE = "text_size"
    FULL_SCREEN = "full_screen"
    FIGURES = "figures"
    HIDE_FACE = "hide_face"
    STOP = "stop"
    CLOSE = "close"
    VOICE = "voice"
    MORE = "more"
    LESS = "less"
    BIT_MORE = "bit_more"
    BIT_LESS = "bit_less"
    CONFIRM = "confirm"
    PREVIOUS = "previous"
    NEXT = "next"
    PAGE = "page"
    ERASE = "erase"
    INJECTION = "injection"
    DIGIT_0 = "0"
    DIGIT_1 = "1"
    DIGIT_2 = "2"
    DIGIT_3 = "3"
    DIGIT_4 = "4"
    DIGIT_5 = "5"
    DIGIT_6 = "6"
    DIGIT_7 = "7"
    DIGIT_8 = "8"
    DIGIT_9 = "9"
    OTHER = "other"


class Keyboard(StrEnum):
    """What the keys mean just now. SESSION: all arrows answer. FORM: up and down choose a row, Tab turns the page.
    TYPING: signs are text, only the keys without a sign do something."""

    SESSION = "session"
    FORM = "form"
    TYPING = "typing"
