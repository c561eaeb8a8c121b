"""What this computer remembers between two starts: who was here last, how each wants to see it, camera and window.

Kept in settings.json in the data folder and in no record of a patient, so no export has any of it; least of all the
name by which somebody wants to be greeted. Sound and the hidden face are settings of the patient (patient.toml).
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from posture_trainer.errors import UserError
from posture_trainer.private_files import make_private_folder, write_private_file
from posture_trainer.records.json_file import TooMuch, json_bytes

FILE, DAMAGED = "settings.json", "settings-damaged.json"
LONGEST_NAME = 24  # signs
PUT_ASIDE = f"The settings could not be read. They lie in {DAMAGED} now, and we begin with the usual ones."
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


class PersonSettings(BaseModel):
    """Of one person. name: to be greeted by, '' for none. text_scale: 1 to 2. figures: degrees are shown. first_steps:
    the first pages were seen."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    name: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
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
    path = data / FILE
    try:
        return Settings.model_validate_json(json_bytes(path, _LARGEST_BYTES)), ""
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, ValidationError, TooMuch, ValueError):
        with suppress(OSError):
            path.replace(data / DAMAGED)
        return Settings(), PUT_ASIDE


def save_settings(data: Path, settings: Settings) -> None:
    """Remember it. Raises UserError when it can't be kept."""
    make_private_folder(data)
    try:
        write_private_file(data / FILE, settings.model_dump_json(indent=1) + "\n")
    except OSError as error:
        raise UserError(f"The settings can't be kept in {data} ({error.strerror}).") from error
