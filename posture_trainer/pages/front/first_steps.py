"""The first time, in five short pages: what it is, the seat, the sound, arrow and outline, what straight is. Pure."""

from posture_trainer.pages.front.page import Button, Choices, PageView, Part, Words, back_to
from posture_trainer.pages.front.sounds import SOUNDS

QUIETER, LOUDER, HEAR = "quieter", "louder", "hear"
NEXT, SKIP, TRY, SET = "next step", "skip", "try it", "set straight"
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "What this is",
        (
            "A mirror that shows the way back to straight.",
            "It helps you practise. It is not a medical device.",
            "No picture is kept. Nothing leaves this computer.",
        ),
    ),
    (
        "Seat and screen",
        (
            "Sit on a firm chair, your back supported, feet flat.",
            "The screen stands in front of you, at eye height.",
            "Light falls on your face. Next shows you in a frame.",
        ),
    ),
    ("Sound", ("Did you hear the voice?", "Make it louder or quieter until it is pleasant.")),
    (
        "Arrow and outline",
        (
            "The outline is where your face is to be.",
            "An arrow shows the way back, and a tone may sound.",
            "It is quiet while you are straight.",
        ),
    ),
    (
        "What is straight?",
        (
            "Sit tall if you can, and look into the camera.",
            "We remember how you hold your head then.",
            "Your best today is good enough.",
        ),
    ),
)
SEAT_STEP, SOUND_STEP, TRY_STEP, SET_STEP = 1, 2, 3, 4


def step_view(at: int, volume: float) -> PageView:
    """The page of that step, counted from 0."""
    title, words = STEPS[at]
    parts: list[Part] = [Words(words, numbered=at != SOUND_STEP)]
    nexts = [Button(SKIP, "Skip")]
    if at == SOUND_STEP:
        buttons = (Button(QUIETER, "−"), Button(LOUDER, "+"), Button(HEAR, "Hear it"))
        parts.append(Choices("Loudness", buttons, level=volume))
        nexts.append(Button(SOUNDS, "Hear each sound", short="Each sound", sign="play"))
    if at == TRY_STEP:
        nexts.append(Button(TRY, "Try it on a clip", short="Try it", sign="play"))
    if at == SET_STEP:
        nexts.append(Button(SET, "Set it now", sign="straight"))
    last = at == len(STEPS) - 1
    return PageView(
        title,
        tuple(parts),
        back=back_to("Back"),
        main=Button(NEXT, "Done" if last else "Next", cap="Enter"),
        nexts=tuple(nexts),
        note=f"Step {at + 1} of {len(STEPS)}",
    )
