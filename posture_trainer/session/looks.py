"""How the window looks and sounds for somebody: as it was left, and kept as it is left now.

The size of text and the figures are this computer's memory (records/settings.py), sound is the patient's own file.
"""

from dataclasses import dataclass
from pathlib import Path

from posture_trainer.errors import UserError
from posture_trainer.pages.views import Controls
from posture_trainer.plans.patient_file import load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.records.settings import load_settings, save_settings
from posture_trainer.session.devices import Devices


@dataclass(frozen=True)
class Looks:
    """Whose. data: the data folder. code: the person's. folder: of a patient with a code, who has a file for sound."""

    data: Path
    code: str
    folder: Path | None


def set_up(devices: Devices, own: PatientSettings, looks: Looks) -> None:
    """Sound and window as they are set for the patient."""
    settings, damaged = load_settings(looks.data)
    devices.controls = controls_of(own, settings.of(looks.code).text_scale, settings.of(looks.code).figures)
    devices.cue_tones, devices.hiding_told = own.sound.cues, own.hide_face_told
    devices.pace_tones = own.sound.pace
    if damaged:
        devices.notice(damaged)


def controls_of(own: PatientSettings, text_scale: float, figures: bool) -> Controls:
    """The controls as they begin."""
    sound = own.sound
    return Controls(
        volume=sound.volume,
        voice=sound.spoken,
        hide_face=own.hide_face,
        text_scale=text_scale,
        show_figures=figures,
    )


def keep_looks(devices: Devices, own: PatientSettings, looks: Looks) -> None:
    """Keep what was changed by keys. What cannot be kept is said, and stops nothing."""
    now = devices.controls
    try:
        settings, _ = load_settings(looks.data)
        before = settings.of(looks.code)
        if (before.text_scale, before.figures) != (now.text_scale, now.show_figures):
            kept = settings.with_person(looks.code, text_scale=now.text_scale, figures=now.show_figures)
            save_settings(looks.data, kept)
        if looks.folder is not None and (own.sound.volume, own.sound.spoken) != (now.volume, now.voice):
            keep_sound(looks.folder, now)
    except UserError as error:
        devices.say(str(error))


def keep_sound(folder: Path, controls: Controls, cues: bool | None = None) -> PatientSettings:
    """Keep volume and voice, and whether there are tones, in the patient's file. Raises UserError."""
    known = load_patient_settings(folder)
    sound = known.sound.model_copy(update={"volume": controls.volume, "spoken": controls.voice})
    if cues is not None:
        sound = sound.model_copy(update={"cues": cues})
    changed = known.model_copy(update={"sound": sound})
    if changed != known:
        save_patient_settings(folder, changed)
    return changed
