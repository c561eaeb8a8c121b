"""What the screens show, as plain records: made by the session, drawn by `screen/`. Each carries its actions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posture_trainer.exercises.exercise_view import ExerciseView
from posture_trainer.feedback import Feedback, PostureState
from posture_trainer.pages.actions import (
    BASELINE,
    HELPED,
    NEARER,
    SAFETY,
    SKIP_REST,
    STRAIGHT,
    SUMMARY,
    Actions,
    exercise_actions,
    hearing_actions,
    placement_actions,
    practice_actions,
    question_actions,
)
from posture_trainer.pages.care import CareView, ChoiceView
from posture_trainer.pages.front.page import PageView
from posture_trainer.pose.angles import HeadAngles
from posture_trainer.pose.neutral.attitude import Attitude
from posture_trainer.pose.neutral.baseline import NeutralGuide
from posture_trainer.pose.trunk.signs import BodySign
from posture_trainer.words.kept_place import IN_NEUTRAL, KeptPlace

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Controls:
    """How the window is set just now. volume: 0 to 1. text_scale: 1 to 2. notice: a short line, or ''.

    voice: whether phrases are spoken. hide_face: whether lines stand in for the camera's picture. buttons_rest: whether
    the buttons are out of sight, as while nobody moves the mouse on the mirror; their keys go on working.
    """

    muted: bool = False
    volume: float = 0.7
    text_scale: float = 1.0
    show_figures: bool = False
    notice: str = ""
    voice: bool = True
    hide_face: bool = False
    buttons_rest: bool = False


@dataclass(frozen=True, eq=False)
class SafetyView:
    """The screen before a session. progress: 0 to 1, how soon it goes on by itself. start_hint says how."""

    picture_bgr: Picture | None
    progress: float
    start_hint: str
    actions: Actions = SAFETY


@dataclass(frozen=True, eq=False)
class BaselineView:
    """The screen while neutral is recorded.

    countdown: whole seconds until recording starts, or None while recording. progress: 0 to 1 of the
    recording. message: why the last try was not taken, or what is in the way now ('' if nothing is).
    heading, detail: what to do, if not to hold still.
    """

    picture_bgr: Picture | None
    countdown: int | None
    progress: float
    message: str
    heading: str = ""
    detail: str = ""
    actions: Actions = BASELINE


@dataclass(frozen=True)
class FaceBox:
    """Where a face is, as shares (0 to 1) of the camera's own (unmirrored) picture, x to its right and y down."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, eq=False)
class PlacementView:
    """The screen before neutral is recorded, where one finds one's place.

    words: the one advice, or that all is good. good_share: 0 to 1 of the time that it has been good. left_s: whole
    seconds until it goes on regardless. faces: all that are seen, from left to right in the mirror. numbered: whether
    one of them is to be chosen. about: the one that was chosen, who is to stay there; None: the middle is the place.
    then: what comes when all has been good.
    """

    picture_bgr: Picture | None
    words: str
    good_share: float
    left_s: int
    faces: tuple[FaceBox, ...] = ()
    numbered: bool = False
    about: FaceBox | None = None
    then: str = "Recording comes next"

    @property
    def actions(self) -> Actions:
        """What can be done now."""
        return placement_actions(self.numbered)


@dataclass(frozen=True)
class StraightView:
    """The question whether the head can be held straighter.

    looks, question: its two sentences. attitude: of the head, for its drawing. hint: what waiting does. left_share: of
    the time until it goes on by itself, 1 to 0. What can be said is in STRAIGHT_ANSWERS.
    """

    looks: str
    question: str
    attitude: Attitude
    hint: str
    left_share: float
    actions: Actions = STRAIGHT


@dataclass(frozen=True, eq=False)
class PracticeView:
    """The mirror itself. message: what is in the way ("I can't see your face"), '' if nothing is.

    spoken: whether phrases are spoken meanwhile, so that there is a voice to turn off. place: what is kept to. nearer:
    a word on the way back, '' for none. body: what the body is told, while the head is straight.
    """

    picture_bgr: Picture | None
    guide: NeutralGuide | None
    feedback: Feedback
    angles: HeadAngles | None
    message: str
    neutral_s: float
    session_s: float
    spoken: bool = False
    place: KeptPlace = IN_NEUTRAL
    nearer: str = ""
    body: BodySign | None = None

    @property
    def actions(self) -> Actions:
        """What can be done now."""
        return practice_actions(self.feedback.state is PostureState.PAUSED, self.spoken)


@dataclass(frozen=True, eq=False)
class GuidedView:
    """An exercise of a plan: what it shows, on the mirror or without.

    feedback: with the way back, where the exercise allows it. message: what is in the way ('' if nothing is).
    subtitle: what was said last ('' when that is a while ago). answer: to a question, as it stands ('' for none yet).
    offer: whether a nearer aim is offered. nearer: a word on the way back, '' for none. body:
    what the body is told, while the head is straight.
    """

    picture_bgr: Picture | None
    guide: NeutralGuide | None
    feedback: Feedback
    exercise: ExerciseView
    angles: HeadAngles | None = None
    message: str = ""
    subtitle: str = ""
    offer: bool = False
    nearer: str = ""
    body: BodySign | None = None
    answer: str = ""

    @property
    def actions(self) -> Actions:
        """What can be done now."""
        kind, choices = self.exercise.kind, self.exercise.choices
        if kind == "hear":
            return hearing_actions()
        skip = (SKIP_REST,) if kind == "supported_rest" else NEARER if self.offer else ()
        return (*skip, *exercise_actions(kind == "paused", choices))


@dataclass(frozen=True)
class QuestionView:
    """A question before or after a session.

    title: where we are. words: the question. answer: as it stands, '' for none yet. detail: a line about it. hint:
    how to answer. left_share: of the time until it goes on by itself, 1 to 0. scale: of an answer that is a number,
    what its ends mean, with steps to point at between them; marked: where the answer lies on it, 0 to 1.
    """

    title: str
    words: str
    answer: str
    detail: str
    hint: str
    left_share: float
    scale: tuple[str, str] | None = None
    marked: float | None = None
    actions: Actions = question_actions()


@dataclass(frozen=True)
class HelpView:
    """What the page before it wants, and its keys (what is printed on them, what they do)."""

    title: str
    sentences: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    actions: Actions = HELPED


@dataclass(frozen=True)
class TrialBars:
    """The one picture of a summary, a bar for each trial. title: what it shows. shares: 0 to 1, None: not known."""

    title: str
    shares: tuple[float | None, ...]


@dataclass(frozen=True)
class SummaryView:
    """The screen after a session: a heading, rows of (what, value), a closing word, how to leave, a picture."""

    heading: str
    rows: tuple[tuple[str, str], ...]
    closing: str
    leave_hint: str
    bars: TrialBars | None = None
    actions: Actions = SUMMARY


@dataclass(frozen=True)
class FormRow:
    """A row of a form: its name, its value, a word on the value ('' for none)."""

    label: str
    value: str
    remark: str = ""


@dataclass(frozen=True, eq=False)
class FormView:
    """A page of rows beside the mirror, changed by keys.

    chosen: number of the row that the keys change, None where they change none. large: values to be read from afar.
    message: what is in the way ('' if nothing is). note: a text that is being typed, None where there is none.
    """

    picture_bgr: Picture | None
    guide: NeutralGuide | None
    heading: str
    detail: str
    rows: tuple[FormRow, ...]
    actions: Actions
    chosen: int | None = None
    large: bool = False
    message: str = ""
    note: str | None = None


PictureView = SafetyView | PlacementView | BaselineView | PracticeView | GuidedView | FormView
"""What may show the camera's picture."""
View = PictureView | StraightView | QuestionView | ChoiceView | CareView | HelpView | SummaryView
"""The pages of a session: each carries its actions."""
AnyView = View | PageView
