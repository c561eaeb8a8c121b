"""What this computer remembers between two starts: who was here last, how each wants to see it, camera and window.

Kept in settings.json in the data folder and in no record of a patient, so no export has any of it; least of all the
name by which somebody wants to be greeted. Sound and the hidden face are settings of the patient (patient.toml).
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from posture_trainer.errors import UserError
from posture_trainer.private_files import make_private_folder, write_private_file
from posture_trainer.records.json_file import json_bytes

FILE = "settings.json"
LONGEST_NAME = 24  # signs
PUT_ASIDE = "The settings could not be read. They lie in {name} now, and we begin with the usual ones."
IN_THE_WAY = f"{FILE} in the data folder can't be read, or moved away. We begin with the usual settings."
_MOST_ASIDE = 100
_LARGEST_BYTES = 1_000_000
_Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,64}$")]
_Px = Annotated[int, Field(ge=-100_000, le=100_000)]


@dataclass(frozen=True)
class WindowPlace:
    """Its size and its top left corner in px. left, top: None where it never was. maximised: fills the screen beside
    the system's own bars. full_screen: over them."""

    width: int = 1280
    height: int = 720
    left: int | None = None
    top: int | None = None
    maximised: bool = False
    full_screen: bool = False


def printable(text: str) -> str:
    """The text without the signs that nobody can see, and that no font can draw."""
    return "".join(sign for sign in text if sign.isprintable())


class PersonSettings(BaseModel):
    """Of one person. name: to be greeted by, '' for none. text_scale: 1 to 2. figures: degrees are shown. first_steps:
    the first pages were seen."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    name: Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(printable)] = ""
    text_scale: Annotated[float, Field(ge=1, le=2)] = 1.0
    figures: bool = False
    first_steps: bool = False


class WindowSettings(BaseModel):
    """Where the window was left."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    width: Annotated[int, Field(ge=100, le=100_000)] = 1280
    height: Annotated[int, Field(ge=100, le=100_000)] = 720
    left: _Px | None = None
    top: _Px | None = None
    maximised: bool = True
    full_screen: bool = False


class Settings(BaseModel):
    """All of it. last: the code of who was here last, '' for nobody yet. camera: the name of the chosen one, '' for the
    first. shortcut_offered: that an icon can be made was said."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    schema_version: Literal[1] = 1
    last: _Code = ""
    people: dict[_Code, PersonSettings] = Field(default_factory=dict, max_length=10_000)
    camera: Annotated[str, Field(max_length=500)] = ""
    window: WindowSettings = WindowSettings()
    shortcut_offered: bool = False

    def of(self, code: str) -> PersonSettings:
        """Of that person."""
        return self.people.get(code, PersonSettings())

    def with_person(self, code: str, **changes: object) -> "Settings":
        """With these settings of a person changed."""
        changed = PersonSettings.model_validate({**self.of(code).model_dump(), **changes})
        return self.model_copy(update={"people": {**self.people, code: changed}})

    def without_person(self, code: str) -> "Settings":
        """With nothing left of a person."""
        people = {each: found for each, found in self.people.items() if each != code}
        return self.model_copy(update={"people": people, "last": "" if self.last == code else self.last})

    def with_window(self, place: WindowPlace) -> "Settings":
        """With the window where it is now."""
        now = WindowSettings.model_validate(vars(place))
        if now.full_screen or now.maximised:  # its own size is what it goes back to
            size = {"width": self.window.width, "height": self.window.height}
            now = now.model_copy(update=size)
        return self.model_copy(update={"window": now})

    def window_place(self) -> WindowPlace:
        """Where the window is to stand."""
        return WindowPlace(**self.window.model_dump())


def load_settings(data: Path) -> tuple[Settings, str]:
    """What is remembered, and a word where it could not be read: then the file is put aside, and nothing is lost."""
    found = _read(data)
    if found is not None:
        return found, ""
    aside = _put_aside(data)
    return Settings(), PUT_ASIDE.format(name=aside) if aside else IN_THE_WAY


def save_settings(data: Path, settings: Settings, before: Settings | None = None) -> Settings:
    """Remember it; gives what is remembered then. before: what it was changed from, so that only the changes are
    written, and what another window has kept meanwhile stays. Raises UserError when it can't be kept."""
    make_private_folder(data)
    meanwhile = _read(data) if before is not None and (data / FILE).exists() else None
    if before is not None and meanwhile is not None:
        settings = _changed(before, settings, meanwhile)
    try:
        write_private_file(data / FILE, settings.model_dump_json(indent=1) + "\n")
    except OSError as error:
        raise UserError(f"The settings can't be kept in {data} ({error.strerror}).") from error
    return settings


def _read(data: Path) -> Settings | None:
    """None where it could not be read."""
    try:
        return Settings.model_validate_json(json_bytes(data / FILE, _LARGEST_BYTES))
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, ValueError):
        return None


def _put_aside(data: Path) -> str:
    """Under a name that nothing else has; '' where that can't be done."""
    names = ("settings-damaged.json", *(f"settings-damaged-{number}.json" for number in range(2, _MOST_ASIDE)))
    free = (name for name in names if not os.path.lexists(data / name))
    for name in free:
        try:
            (data / FILE).rename(data / name)
        except OSError:
            return ""
        return name
    return ""


def _changed(before: Settings, now: Settings, meanwhile: Settings) -> Settings:
    """What was kept meanwhile, with all that differs between before and now."""
    differs = {
        name: getattr(now, name) for name in Settings.model_fields if getattr(now, name) != getattr(before, name)
    }
    if "people" in differs:
        codes = (*meanwhile.people, *(code for code in now.people if code not in meanwhile.people))
        of = {code: now if now.people.get(code) != before.people.get(code) else meanwhile for code in codes}
        differs["people"] = {code: each.people[code] for code, each in of.items() if code in each.people}
    return meanwhile.model_copy(update=differs)
