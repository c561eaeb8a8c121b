"""What the therapist has set for one patient, and what the patient answered once: the tables of patient.toml. Pure."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from posture_trainer.exercises.follow import Reach
from posture_trainer.feedback import Tolerances
from posture_trainer.plans.fields import (
    Day,
    FeedbackShare,
    Flag,
    ShortText,
    StretchLimits,
    Table,
    Text,
    TolerancesTable,
    beyond_limit,
)
from posture_trainer.plans.limits import FURTHEST_DEG
from posture_trainer.pose.directions import OPPOSITE, Direction
from posture_trainer.pose.trunk.signs import TrunkLimits

_TURN_DEG, _TILT_DEG, _NOD_DEG = (
    FURTHEST_DEG[way] for way in (Direction.ROTATION_RIGHT, Direction.TILT_RIGHT, Direction.FLEXION)
)


def _one_way_an_axis(ways: tuple[Direction, ...]) -> tuple[Direction, ...]:
    """No head is pulled both ways: nobody knows then which is the other side, so neither is."""
    kept = tuple(dict.fromkeys(way for way in ways if OPPOSITE[way] not in ways))
    if kept != ways:
        raise beyond_limit((), ", ".join(ways), "each once, and one way of two that are opposite", list(map(str, kept)))
    return ways


class ReachTable(Table):
    """The head angle, in degrees, that brings the pointer of the follow exercise to the edge."""

    rotation_deg: Annotated[float, Field(strict=True, ge=3, le=_TURN_DEG)] = Reach.rotation_deg
    tilt_deg: Annotated[float, Field(strict=True, ge=3, le=_TILT_DEG)] = Reach.tilt_deg
    flexion_deg: Annotated[float, Field(strict=True, ge=3, le=_NOD_DEG)] = Reach.flexion_deg

    def reach(self) -> Reach:
        """As the exercise takes it."""
        return Reach(self.rotation_deg, self.tilt_deg, self.flexion_deg)


class QuestionsTable(Table):
    """The answers to the questions of once a year; None: not answered, which is never a no.

    asked: the day they were last answered. alone: without a diagnosis or a therapist's advice. injury: a fall, crash or
    blow, new severe pain, or ever a torn neck artery. cleared: the day the therapist cleared such a neck. fragile: an
    illness that makes far movements risky. far_movements: the therapist's yes to them. unsteady: often dizzy, or fallen
    in the past year.
    """

    asked: Day | None = None
    alone: Flag | None = None
    injury: Flag | None = None
    cleared: Day | None = None
    fragile: Flag | None = None
    far_movements: Flag = False
    unsteady: Flag | None = None


class DosesTable(Table):
    """How much in a day, where the therapist has set it; None: as the program does. why: the reason for more than that,
    without which more is not in force."""

    sessions_a_day: Annotated[int, Field(strict=True, ge=1, le=12)] | None = None
    minutes_a_day: Annotated[float, Field(strict=True, ge=1, le=240)] | None = None
    hours_apart: Annotated[float, Field(strict=True, ge=0, le=24)] | None = None
    why: Text = ""


class SoundTable(Table):
    """What is heard. pace: on the way back soft touches, the quicker the nearer it is. volume: 0 to 1."""

    cues: Flag = True
    pace: Flag = False
    spoken: Flag = True
    volume: Annotated[float, Field(strict=True, ge=0, le=1)] = 0.7


class TrunkTable(Table):
    """Whether the body is told of in the mirror, and how far it may be off before: its turn, the shoulders' line."""

    signs: Flag = False
    rotation_deg: Annotated[float, Field(strict=True, ge=5, le=45)] = TrunkLimits.rotation_deg
    line_deg: Annotated[float, Field(strict=True, ge=3, le=30)] = TrunkLimits.line_deg

    def limits(self, in_plan: bool = False) -> TrunkLimits | None:
        """The limits, where signs are wanted here or in the plan; else None."""
        return TrunkLimits(self.rotation_deg, self.line_deg) if self.signs or in_plan else None


class DiaryTable(Table):
    """The diary of a minute. asked: whether it is asked at home. every_days: how often."""

    asked: Flag = True
    every_days: Annotated[int, Field(strict=True, ge=1, le=14)] = 7


class DeskTable(Table):
    """Awareness at the desk. tolerance_share: of the tolerances of practice. held_s: so long a posture has to be held
    outside before a reminder. apart_min: at least so long between two. break_every_min: None proposes no breaks. tone:
    a quiet tone with each reminder."""

    tolerance_share: Annotated[float, Field(strict=True, ge=1, le=4)] = 2.0
    held_s: Annotated[int, Field(strict=True, ge=20, le=600)] = 60
    apart_min: Annotated[int, Field(strict=True, ge=5, le=120)] = 10
    break_every_min: Annotated[int, Field(strict=True, ge=30, le=60)] | None = 45
    tone: Flag = False


def _in_order(times: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(times)))


TimeOfDay = Annotated[str, Field(strict=True, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class RemindersTable(Table):
    """Reminders of practice. times: of day, on this computer's clock, as 09:00; none: no reminder."""

    times: Annotated[tuple[TimeOfDay, ...], Field(max_length=6), AfterValidator(_in_order)] = ()


class PatientSettings(Table):
    """What is set for one patient. Nothing in it names a person.

    plan: None while none is assigned: then it is the mirror as it is, whatever else is set. pull: the directions the
    head is pulled to. pain_limit: of 0 to 100; from it on only the gentle set.
    dizziness_limit: of 0 to 100; above it, no session today. contact, emergency: telephone numbers, of the clinic and
    for an emergency ('' is the country's own). unstable: using the arms makes the head pull. hide_face: lines only.
    hide_face_told: whether what is said when it is first hidden has been said.
    injections: the days of earlier injections, before last_injection. injection_asked: when the patient was last
    asked. note: the therapist's remarks, for the report. message: a word to the patient. stretch_limits_deg: the
    comfortable angle of each direction that may be stretched.
    """

    schema_version: Literal[1] = 1
    plan: Annotated[str, Field(strict=True, min_length=1, max_length=500)] | None = None
    pull: Annotated[tuple[Direction, ...], Field(max_length=6), AfterValidator(_one_way_an_axis)] = ()
    feedback: FeedbackShare | None = None
    longest_session_min: Annotated[float, Field(strict=True, ge=1, le=60)] | None = None
    pain_limit: Annotated[int, Field(strict=True, ge=0, le=100)] = 70
    dizziness_limit: Annotated[int, Field(strict=True, ge=0, le=100)] = 30
    contact: ShortText = ""
    emergency: ShortText = ""
    unstable: Flag = False
    hide_face: Flag = False
    hide_face_told: Flag = False
    last_injection: Day | None = None
    injections: Annotated[tuple[Day, ...], Field(max_length=200)] = ()
    injection_asked: Day | None = None
    note: Text = ""
    message: Text = ""
    tolerances: TolerancesTable = TolerancesTable()
    reach: ReachTable = ReachTable()
    stretch_limits_deg: StretchLimits = Field(default_factory=dict)
    sound: SoundTable = SoundTable()
    trunk: TrunkTable = TrunkTable()
    questions: QuestionsTable = QuestionsTable()
    doses: DosesTable = DosesTable()
    diary: DiaryTable = DiaryTable()
    desk: DeskTable = DeskTable()
    reminders: RemindersTable = RemindersTable()

    def all_tolerances(self) -> Tolerances:
        """The patient's tolerances, the program's own where none are set."""
        return self.tolerances.over(Tolerances())

    def with_injection(self, day: date | None, asked: date) -> "PatientSettings":
        """The settings after the patient was asked for the last injection. day: None when there was no answer.

        A day after the one that was known is a new injection, and the known one is kept among the earlier ones; any
        other day corrects it.
        """
        known = self.last_injection
        earlier = sorted({*self.injections, known}) if known and day and day > known else self.injections
        kept = {"last_injection": day or known, "injections": tuple(earlier), "injection_asked": asked}
        return self.model_copy(update=kept)


class ClinicSettings(Table):
    """What a clinic has set for all its patients: the tables of clinic.toml in the data folder.

    name, logo: on top of the reports; logo is a PNG or JPEG file beside clinic.toml. plans: which ready-made plans the
    window offers, by name, or as files in the folder `plans` beside clinic.toml; none: all of them. All else is what a
    patient without a file of their own begins with.
    """

    schema_version: Literal[1] = 1
    name: ShortText = ""
    logo: Annotated[str, Field(strict=True, max_length=200, pattern=r"^[^/\\]*$")] = ""
    plans: Annotated[
        tuple[Annotated[str, Field(strict=True, min_length=1, max_length=100)], ...], Field(max_length=100)
    ] = ()
    plan: Annotated[str, Field(strict=True, min_length=1, max_length=100)] | None = None
    contact: ShortText = ""
    emergency: ShortText = ""
    tolerances: TolerancesTable = TolerancesTable()

    def for_a_new_patient(self) -> PatientSettings:
        """What such a patient begins with."""
        return PatientSettings(
            plan=self.plan, contact=self.contact, emergency=self.emergency, tolerances=self.tolerances
        )
