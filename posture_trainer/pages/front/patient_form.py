"""Every setting of patient.toml as a form, so that no text editor is ever needed. Pure."""

from dataclasses import replace
from typing import Any

from posture_trainer.pages.front.form import Form, Item
from posture_trainer.pages.front.page import Button, Choices, PageView, Part, back_to, choice
from posture_trainer.plans.key_specs import KeySpec, key_spec
from posture_trainer.plans.patient_settings import PatientSettings
from posture_trainer.plans.plan import preset_names
from posture_trainer.pose.directions import Direction
from posture_trainer.words.directions import LEANING_WORDS

SECTION, SAVE, UNDO, MORE = "section", "save", "undo", "more settings"
A_PAGE, LARGE_PAGE = 6, 2
NO_PLAN = "the mirror as it is"
NOT_HERE = ("schema_version", "hide_face_told", "injection_asked")
"""Keys of the program's own: nobody sets them."""
_AXES = {
    "rotation": ("Turned by the pull", (Direction.ROTATION_RIGHT, Direction.ROTATION_LEFT)),
    "tilt": ("Tilted by the pull", (Direction.TILT_RIGHT, Direction.TILT_LEFT)),
    "chin": ("Chin by the pull", (Direction.FLEXION, Direction.EXTENSION)),
}
_WORDS = tuple((way, words) for way, words in LEANING_WORDS.items())


def _item(path: str, label: str, unit: str = "", step: float = 1.0, unset: str = "not set") -> Item:
    """A field of the key at that path, with the bounds of its model."""
    model: Any = PatientSettings
    *tables, name = path.split(".")
    for table in tables:
        model = model.model_fields[table].annotation
    spec = key_spec(model, name)
    assert spec is not None, f"{path} is more than one value"
    return Item(path, label, spec, unit, step, unset)


_DEGREES = KeySpec("number", True, 1.0, 45.0)
SECTIONS: dict[str, tuple[Item, ...]] = {
    "Plan": (
        Item("plan", "Plan", KeySpec("choice", True, options=tuple(preset_names())), unset=NO_PLAN),
        _item("feedback", "Share of trials with cues", unset="as the plan says"),
        _item("longest_session_min", "Longest session", "min", unset="as the plan says"),
        *(Item(f"pull.{axis}", label, KeySpec("choice", True, options=ways), unset="no", words=_WORDS)
          for axis, (label, ways) in _AXES.items()),
    ),
    "Tolerance": (
        *(_item(f"tolerances.{way.value}_deg", f"Tolerance, {words}", "°", unset="the program's own")
          for way, words in LEANING_WORDS.items()),
        _item("trunk.signs", "Signs for the body in the mirror"),
        _item("trunk.rotation_deg", "Sign for a body turned beyond", "°"),
        _item("trunk.line_deg", "Sign for shoulders out of level beyond", "°"),
    ),
    "Reach": (
        _item("reach.rotation_deg", "Follow: turning to the edge", "°"),
        _item("reach.tilt_deg", "Follow: tilting to the edge", "°"),
        _item("reach.flexion_deg", "Follow: chin to the edge", "°"),
        *(Item(f"stretch_limits_deg.{way.value}", f"Stretch, {words}", _DEGREES, "°", unset="no stretch")
          for way, words in LEANING_WORDS.items()),
    ),
    "Limits": (
        _item("pain_limit", "Pain: gentle set from", "of 100", 5),
        _item("dizziness_limit", "Dizziness: no session above", "of 100", 5),
        _item("doses.sessions_a_day", "Sessions a day", unset="the program's own"),
        _item("doses.minutes_a_day", "Minutes a day", "min", 5, "the program's own"),
        _item("doses.hours_apart", "Hours between sessions", "h", 0.5, "the program's own"),
        _item("doses.why", "Reason for more than the program's own"),
    ),
    "Sound": (
        _item("sound.cues", "Tones for cues"),
        _item("sound.pace", "Touches, quicker when nearer"),
        _item("sound.spoken", "Spoken phrases"),
        _item("sound.volume", "Loudness", step=0.1),
        _item("hide_face", "Mirror without the face"),
        _item("unstable", "Using the arms makes the head pull"),
    ),
    "Asked": (
        _item("questions.asked", "Once-a-year questions asked on"),
        _item("questions.alone", "Without a therapist's advice", unset="not answered"),
        _item("questions.injury", "Injury of the neck", unset="not answered"),
        _item("questions.cleared", "Neck cleared on"),
        _item("questions.fragile", "Illness that makes far movements risky", unset="not answered"),
        _item("questions.far_movements", "Far movements allowed"),
        _item("questions.unsteady", "Dizzy often, or fallen", unset="not answered"),
        _item("last_injection", "Last injection"),
    ),
    "Desk": (
        _item("desk.tolerance_share", "Desk: times the tolerance of practice", step=0.5),
        _item("desk.held_s", "Desk: held outside before a reminder", "s", 10),
        _item("desk.apart_min", "Desk: between two reminders", "min", 5),
        _item("desk.break_every_min", "Desk: a break proposed every", "min", 5, "never"),
        _item("desk.tone", "Desk: a quiet tone with each reminder"),
        Item("reminders.times", "Practice at, as 09:00, with a space between", KeySpec("text")),
        _item("diary.asked", "Diary asked at home"),
        _item("diary.every_days", "Diary every", "days"),
    ),
    "Notes": (
        _item("contact", "Clinic's telephone"),
        _item("emergency", "Emergency number, if not the usual one"),
        Item("injections", "Earlier injections, days with a space between", KeySpec("text")),
        _item("note", "Remarks, for the report"),
        _item("message", "Word to the patient, on My progress"),
    ),
}  # fmt: skip


def form_of(settings: PatientSettings) -> Form:
    """The form as the settings stand."""
    values: dict[str, Any] = {}
    for items in SECTIONS.values():
        for item in items:
            values[item.path] = _value_at(settings, item.path)
    return Form(tuple(values.items()))


def _value_at(settings: PatientSettings, path: str) -> Any:
    table, _, name = path.partition(".")
    if table == "pull":
        return next((way for way in settings.pull if way in _AXES[name][1]), None)
    if table == "stretch_limits_deg":
        return settings.stretch_limits_deg.get(Direction(name))
    if path == "injections":
        return " ".join(map(str, settings.injections))
    if path == "reminders.times":
        return " ".join(settings.reminders.times)
    found = getattr(settings, table)
    return getattr(found, name) if name else found


def contents_of(form: Form, before: PatientSettings) -> dict[str, Any]:
    """The whole file's contents as the form stands, to be checked by the model."""
    contents: dict[str, Any] = before.model_dump()
    pull = [form.value(f"pull.{axis}") for axis in _AXES]
    contents["pull"] = tuple(way for way in pull if way is not None)
    stretch = {way: form.value(f"stretch_limits_deg.{way.value}") for way in Direction}
    contents["stretch_limits_deg"] = {way: float(value) for way, value in stretch.items() if value is not None}
    contents["injections"] = tuple(str(form.value("injections") or "").split())
    contents["reminders"] = {"times": tuple(str(form.value("reminders.times") or "").split())}
    for path, value in form.values:
        table, _, name = path.partition(".")
        if table in ("pull", "stretch_limits_deg", "injections", "reminders"):
            continue
        if name:
            contents[table] = {**contents[table], name: value}
        else:
            contents[table] = value
    return contents


def patient_view(code: str, form: Form, section: str, page: int, large: bool, plans: tuple[str, ...]) -> PageView:
    """A section, so many fields a page. plans: what may be chosen, with the patient's own."""
    items = with_plans(SECTIONS[section], plans)
    many = LARGE_PAGE if large else A_PAGE
    pages = -(-len(items) // many)
    shown = items[page % pages * many :][:many]
    parts: list[Part] = []
    if not large:
        parts.append(Choices("", tuple(choice(SECTION, name, name, name == section) for name in SECTIONS)))
    parts.append(form.fields(shown))
    more = Button(MORE, "More settings", short="More", sign="down", cap="PgDn")
    nexts = [Button(UNDO, "Undo")]
    if pages > 1 or large:
        nexts.insert(0, more)
    return PageView(
        f"{code}: {section}" if large else f"Settings of {code}",
        tuple(parts),
        back=back_to("Back"),
        main=Button(SAVE, "Save", cap="Enter", disabled=form.unfinished),
        nexts=tuple(nexts),
        note="Kept when you save." if not form.unfinished else "Something typed is out of its range.",
        focus=f"{SECTION}={section}" if not large else "",
    )


def with_plans(items: tuple[Item, ...], plans: tuple[str, ...]) -> tuple[Item, ...]:
    """The same items, where the plans that may be chosen are these."""
    return tuple(
        replace(item, spec=KeySpec("choice", True, options=plans)) if item.path == "plan" else item for item in items
    )
