"""The keys of the window. Pure; the window only translates real keys into these."""

from enum import StrEnum


class Key(StrEnum):
    """What a key press asks for. OTHER is any key without a meaning of its own. CLOSE ends the whole program at once,
    STOP what is on the screen.

    MORE and LESS are the arrows up and down, BIT_MORE and BIT_LESS right and left. DIGIT_0 and so on are numbers;
    STEP_0 and so on are steps of a scale, which have no key of the keyboard: they are pointed at. UNWELL: the patient
    feels unwell. HELP: what this page wants.
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
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    UNWELL = "unwell"
    HELP = "help"
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
    STEP_0 = "step 0"
    STEP_10 = "step 10"
    STEP_20 = "step 20"
    STEP_30 = "step 30"
    STEP_40 = "step 40"
    STEP_50 = "step 50"
    STEP_60 = "step 60"
    STEP_70 = "step 70"
    STEP_80 = "step 80"
    STEP_90 = "step 90"
    STEP_100 = "step 100"
    OTHER = "other"


STEPS = {key: int(key.value.split()[1]) for key in Key if key.value.startswith("step ")}
"""What each step of a scale stands for, of 100."""


class Keyboard(StrEnum):
    """What the keys mean just now. SESSION: all arrows answer. FORM: up and down choose a row, Tab turns the page.
    TYPING: signs are text, only the keys without a sign do something."""

    SESSION = "session"
    FORM = "form"
    TYPING = "typing"
