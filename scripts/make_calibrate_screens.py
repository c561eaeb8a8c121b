"""Takes the screenshots of the calibration dialogue in docs/screens/. Look at every one of them afterwards.

    python scripts/make_calibrate_screens.py [--out FOLDER] [--all-sizes]

The dialogue is gone through by its keys over the demo clip's first picture; each page is drawn at text sizes of 100 and
200 percent (with --all-sizes also on 1920x1080).
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pygame
from make_exercise_screens import SCREENS, face_of_the_clip  # type: ignore[import-not-found]

from posture_trainer.pages.calibration import dialogue as dialogues
from posture_trainer.pages.calibration import form
from posture_trainer.pages.calibration.choices import Draft
from posture_trainer.pages.calibration.dialogue import Dialogue, Page
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import Controls, FormView, Picture
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.neutral.baseline import Baseline
from posture_trainer.pose.neutral.recording import Refusal
from posture_trainer.pose.target import NEUTRAL
from posture_trainer.screen import draw
from posture_trainer.words.seeing import NO_FACE

SIZES = ((1280, 720), (1920, 1080))
PRESSED = {  # what is changed on each page before it is photographed
    Page.TARGET: [Key.MORE] * 5 + [Key.NEXT, Key.NEXT] + [Key.LESS] * 3,
    Page.TOLERANCES: [Key.NEXT] + [Key.MORE] * 3,
    Page.PLAN: [Key.MORE, Key.NEXT, Key.NEXT, Key.NEXT, Key.LESS],
}
REFUSED = "Your head moved a little too much (3.2°, up to 2.0° is fine). Lean back, take a breath, and try again."
TURNS_REFUSED = 'The "no" was too small, too quick, or to one side only. Move a little further, slowly, both ways.'
NOTE = "Sits better with a cushion behind the lower back. Tires after about eight minutes."
FULL = "Not saved. The baseline could not be saved in baselines (No space left on device). {}".format(
    "Nothing is lost: press Enter to try again."
)
OPPOSITE = "Not saved yet. The plan opposite can't begin. The side of pull is not marked (pull in patient.toml)."


def stills(picture: Picture, baseline: Baseline) -> Iterator[tuple[str, FormView]]:
    """Each page once, with a name."""
    occasion = form.Occasion("anna-1", "2026-01-31", NEUTRAL, 2.0)
    now = HeadAngles(3.6, -1.2, 4.4, 5.8)
    seen = form.Seen(picture, now, baseline.guide())
    settings = PatientSettings()
    start = Dialogue(Draft(settings, settings))
    yield "calibrate-aim", form.view(start, occasion, seen)
    first = replace(occasion, last="")
    yield "calibrate-aim-first", form.view(start, first, replace(seen, guide=None))
    yield "calibrate-no-face", form.view(start, first, form.Seen(picture, trouble=NO_FACE))
    yield "calibrate-refused", form.view(dialogues.recorded(start, Refusal(REFUSED), None), occasion, seen)
    taken = dialogues.recorded(start, baseline, HeadAngles(6.4, -3.1, 8.2, 10.8))
    yield "calibrate-result", form.view(taken, occasion, seen)
    yield "calibrate-result-first", form.view(dialogues.recorded(start, baseline, None), first, seen)
    yield "calibrate-not-saved", form.view(dialogues.told(taken, Page.READY, FULL), occasion, seen)
    open_page = taken
    for page in (Page.TARGET, Page.TOLERANCES, Page.PLAN, Page.NOTE):
        for key in (Key.PAGE, *PRESSED.get(page, [])):
            open_page, _ = dialogues.press(open_page, key)
        open_page = dialogues.typed(open_page, NOTE)
        outlined = replace(seen, guide=baseline.guide(open_page.draft.target))
        yield f"calibrate-{page}", form.view(open_page, occasion, outlined)
    done, _ = dialogues.press(open_page, Key.CONFIRM)
    yield "calibrate-ready", form.view(done, occasion, seen)
    yield "calibrate-plan-refused", form.view(dialogues.told(taken, Page.PLAN, OPPOSITE), occasion, seen)
    turns = dialogues.turned(replace(taken, with_turns=True), Refusal(TURNS_REFUSED))
    yield "calibrate-turns", form.view(turns, occasion, seen)


def main() -> None:
    """Take all screenshots."""
    parser = argparse.ArgumentParser(description="Take the screenshots of the calibration dialogue.")
    parser.add_argument("--out", type=Path, default=SCREENS)
    parser.add_argument("--all-sizes", action="store_true", help="also on 1920x1080")
    arguments = parser.parse_args()
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    pygame.display.init()
    picture, baseline = face_of_the_clip()
    taken = list(stills(picture, baseline))
    for size in SIZES[: 2 if arguments.all_sizes else 1]:
        for text_scale in (1.0, 2.0):
            plain = (size, text_scale) == (SIZES[0], 1.0)
            suffix = "" if plain else f"-{size[0]}x{size[1]}-{round(100 * text_scale)}"
            for name, view in taken:
                surface = pygame.Surface(size)
                draw.draw(surface, view, Controls(text_scale=text_scale))
                pygame.image.save(surface, str(out / f"{name}{suffix}.jpg"))
    print(f"{len(taken)} screens: {', '.join(name for name, _ in taken)}")


if __name__ == "__main__":
    main()
