"""The right person: two faces, somebody beside the patient, another face in their place, and something before it."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from made.common import Picture
from made.scripted import made_baseline, made_face
from test_head_pose import moved

from posture_trainer.pose.angles import Matrix, rotation_from_angles
from posture_trainer.pose.face import Face
from posture_trainer.pose.face_look import FaceLook, Look
from posture_trainer.pose.first_face import first_face, is_picture, settled
from posture_trainer.pose.lower_face import LowerFace
from posture_trainer.pose.neutral.graded import Grader, lacking_in
from posture_trainer.pose.neutral.placement import Advice
from posture_trainer.pose.patient_face import Bystanders, FaceChoice, Place, choose_patient, pick_patient
from posture_trainer.pose.posture import PatientPosture
from posture_trainer.pose.quality import Quality
from posture_trainer.pose.skin_colours import colours_at, skin_points
from posture_trainer.pose.skin_map import is_of_two_colours, likeness, skin_map
from posture_trainer.sources.frames import Frame
from posture_trainer.tracking.mediapipe_tracker import MediaPipeTracker

PATIENT, BESIDE = moved(made_face(), 0.8), moved(made_face(), -0.8)
AHEAD: Matrix = np.eye(3)


def living(t_s: float, face: Face = PATIENT) -> Face:
    """A face that moves a little, as people do."""
    return moved(face, 0.06 * np.sin(3 * t_s))


def test_of_two_faces_nobody_is_taken_silently() -> None:
    assert choose_patient([PATIENT, moved(BESIDE, 0.0, 0.4)]) is Quality.TWO_FACES
    assert choose_patient([]) is Quality.NO_FACE
    assert choose_patient([BESIDE]) is BESIDE


@pytest.mark.parametrize(
    ("choice", "expected"), [(FaceChoice.LEFT, BESIDE), (FaceChoice.RIGHT, PATIENT), (FaceChoice.LARGEST, PATIENT)]
)
def test_choice_is_of_the_picture_as_it_is(choice: FaceChoice, expected: Face) -> None:
    smaller = moved(BESIDE, 0.0, 0.9)
    found = choose_patient([PATIENT, smaller], choice)
    assert found is (smaller if expected is BESIDE else PATIENT)


def test_who_was_beside_the_patient_is_not_the_patient_when_they_have_gone() -> None:
    beside = moved(made_face(), 1.2, 0.7)
    expected = Place.of(made_face())
    assert pick_patient([beside], None, expected) is beside, "near enough and large enough to be taken for the patient"
    posture = PatientPosture(made_baseline())
    posture.sample(0.0, [made_face(), beside])
    qualities = {posture.sample(t_s, [beside]).quality for t_s in (0.1, 0.3, 0.6, 1.0, 5.0)}
    assert qualities == {Quality.OTHER_FACE}
    assert posture.sample(7.0, [beside, made_face()]).quality is Quality.GOOD, "back again"


def test_bystander_who_moves_is_known_where_they_were_last() -> None:
    others = Bystanders().seen([BESIDE]).seen([moved(BESIDE, 0.2)])
    assert len(others.places) == 1
    assert others.include(moved(BESIDE, 0.3))
    assert not others.include(PATIENT)


def seen(pairs_until_s: float, alone: Face | None, until_s: float) -> list[tuple[float, tuple[Face, ...]]]:
    frames: list[tuple[float, tuple[Face, ...]]] = []
    for i in range(round(until_s * 10)):
        t_s = i / 10
        patient = living(t_s)
        if t_s < pairs_until_s:
            frames.append((t_s, (patient, BESIDE)))
        else:
            frames.append((t_s, () if alone is None else (patient if alone is PATIENT else alone,)))
    return frames


def test_neutral_is_of_the_face_that_stays_from_its_own_first_second() -> None:
    found = first_face(seen(3.0, PATIENT, 6.0))
    assert found.track[0][0] == 0.0
    assert all(face.centre_px[0] > 320 for _, face in found.track)
    assert "stayed" in found.words
    assert found.others.include(BESIDE)


def test_who_is_seen_a_moment_longer_at_the_end_has_not_stayed() -> None:
    both = [(i / 10, (living(i / 10), living(i / 10, BESIDE))) for i in range(40)]
    found = first_face([*both, *((4.0 + i / 10, (living(4.0 + i / 10),)) for i in range(5))])
    assert found.track == []
    assert "Choose one" in found.words


def test_picture_that_stays_when_the_patient_has_gone_is_not_taken() -> None:
    found = first_face(seen(3.0, BESIDE, 6.0))
    assert all(face.centre_px[0] > 320 for _, face in found.track)
    assert "Two faces" in found.words


def test_two_living_faces_to_the_end_are_not_decided_but_by_choice() -> None:
    frames = [(i / 10, (living(i / 10), living(i / 10, BESIDE))) for i in range(40)]
    assert first_face(frames).track == []
    chosen = first_face(frames, FaceChoice.LEFT)
    assert len(chosen.track) == 40
    assert all(face.centre_px[0] < 320 for _, face in chosen.track)


def test_neutral_part_waits_until_one_face_has_been_alone() -> None:
    assert settled([(i / 10, (PATIENT,)) for i in range(21)], 2.0, None)
    assert not settled(seen(3.0, PATIENT, 4.5), 2.0, None)
    assert settled(seen(3.0, PATIENT, 5.2), 2.0, None)
    assert settled(seen(3.0, PATIENT, 2.5), 2.0, FaceChoice.LEFT)


def test_picture_of_a_face_keeps_still_and_a_person_does_not() -> None:
    noise = np.random.default_rng(1)
    jitter = [Face(BESIDE.landmarks + noise.normal(0, 0.2, (478, 3)), BESIDE.picture_size) for _ in range(30)]
    assert is_picture([(i / 10, face) for i, face in enumerate(jitter)])
    assert not is_picture([(i / 10, living(i / 10)) for i in range(30)])


# What a face looks like


AS_THE_MODEL = np.zeros((468, 2))  # no landmark is away from where the face's model has it


def skin(seed: int = 0) -> np.ndarray:
    """Colours of a made-up face: a tone, and what is darker and lighter on it."""
    rng = np.random.default_rng(seed)
    tone = rng.uniform(60, 190, 3)
    return np.asarray(tone * np.exp(rng.normal(0, 0.25, (len(skin_points()), 1))), np.float32)


def coloured(face: Face, colours: np.ndarray) -> Face:
    return replace(face, colours=np.asarray(colours, np.float32))


def followed(look: FaceLook, colours: np.ndarray, from_s: float = 0.0, frames: int = 30) -> list[Look]:
    rng = np.random.default_rng(2)
    noisy = [np.asarray(colours + rng.normal(0, 1.0, colours.shape), np.float32) for _ in range(frames)]
    return [look.judge(from_s + i / 30, each, AHEAD, AS_THE_MODEL, lost=False) for i, each in enumerate(noisy)]


def test_light_that_changes_is_no_cover() -> None:
    look, colours = FaceLook(), skin()
    assert set(followed(look, colours)) == {Look.SAME}
    for i, gain in enumerate(np.linspace(1.0, 0.6, 30)):
        assert (
            look.judge(1.0 + i / 30, np.asarray(colours * gain, np.float32), AHEAD, AS_THE_MODEL, lost=False)
            is Look.SAME
        )
    assert look.judge(2.1, colours, AHEAD, AS_THE_MODEL, lost=False) is Look.SAME, "a lamp that is switched on"


def test_another_face_after_a_loss_is_not_the_same() -> None:
    look = FaceLook()
    followed(look, skin())
    assert look.judge(5.0, skin(1), AHEAD, AS_THE_MODEL, lost=True) is Look.OTHER
    again = [look.judge(9.0 + i / 30, skin(), AHEAD, AS_THE_MODEL, lost=True) for i in range(8)]
    assert set(again[:6]) == {Look.COVERED}
    assert Look.SAME in again[6:], "after a fifth of a second in which it looks the same"
    assert look.judge(12.0, skin(), AHEAD, AS_THE_MODEL, lost=True) is Look.COVERED, "that was another time"


def test_another_face_gives_no_angles_and_no_cue() -> None:
    posture = PatientPosture(made_baseline())
    mine, theirs = coloured(made_face(), skin()), coloured(made_face(rotation_from_angles(5, 2, 0)), skin(1))
    assert {posture.sample(i / 30, [mine]).quality for i in range(30)} == {Quality.GOOD}
    after_a_pause = posture.sample(4.0, [theirs])
    assert after_a_pause.quality is Quality.OTHER_FACE
    assert after_a_pause.smoothed is None
    assert [posture.sample(8.0 + i / 30, [mine]).quality for i in range(8)][-1] is Quality.GOOD


def of_other_shape(face: Face) -> Face:
    """The same place and attitude, with other features."""
    other = np.random.default_rng(7).normal(0, 2.5, face.landmarks.shape)
    return replace(face, landmarks=face.landmarks + other)


def test_face_that_is_another_from_one_frame_to_the_next_is_not_followed() -> None:
    posture = PatientPosture(made_baseline())
    mine, theirs = coloured(made_face(), skin()), coloured(of_other_shape(made_face()), skin(1))
    assert {posture.sample(i / 30, [mine]).quality for i in range(30)} == {Quality.GOOD}
    qualities = {posture.sample(1.0 + i / 30, [theirs]).quality for i in range(30)}
    assert qualities <= {Quality.OTHER_FACE, Quality.UNSURE_FACE, Quality.COVERED}
    assert Quality.OTHER_FACE in qualities


@pytest.mark.parametrize(("other_shape", "light"), [(True, 1.0), (False, 0.8), (True, 0.8)])
def test_shape_and_light_that_change_in_one_frame_are_doubted_for_a_moment(other_shape: bool, light: float) -> None:
    posture = PatientPosture(made_baseline())
    assert {posture.sample(i / 30, [coloured(made_face(), skin())]).quality for i in range(30)} == {Quality.GOOD}
    after = coloured(of_other_shape(made_face()) if other_shape else made_face(), skin() * light)
    qualities = [posture.sample(1.0 + i / 30, [after]).quality for i in range(10)]
    doubted = other_shape and light != 1.0  # a slip of the landmarks alone, or a lamp alone, is nothing
    assert qualities[:6] == [Quality.COVERED if doubted else Quality.GOOD] * 6
    assert qualities[7:] == [Quality.GOOD] * 3


@pytest.fixture(scope="module")
def astronaut_frames(astronaut_bgr: Picture) -> list[Picture]:
    """A real face, 512x512, with the noise of a camera."""
    rng = np.random.default_rng(3)
    return [
        np.asarray(np.clip(astronaut_bgr + rng.normal(0, 2, astronaut_bgr.shape), 0, 255), np.uint8) for _ in range(24)
    ]


def looks_of(pictures: list[Picture]) -> list[Look]:
    look, found = FaceLook(), []
    with MediaPipeTracker() as tracker:
        for i, picture in enumerate(pictures):
            face = tracker.track(Frame(i / 30, picture), fine=False)[0]
            found.append(look.judge(i / 30, colours_at(picture, face.landmarks), AHEAD, AS_THE_MODEL, lost=False))
    return found


@pytest.mark.parametrize(
    ("centre", "size", "colour"),
    [
        ((200, 150), (26, 40), (120, 140, 190)),
        ((222, 160), (45, 28), (200, 150, 90)),
        ((222, 130), (18, 30), (20, 20, 20)),
    ],
)
def test_hand_mask_and_telephone_before_a_real_face_are_noticed(
    astronaut_frames: list[Picture], centre: tuple[int, int], size: tuple[int, int], colour: tuple[int, int, int]
) -> None:
    covered = [cv2.ellipse(each.copy(), centre, size, 0, 0, 360, colour, -1) for each in astronaut_frames]
    found = looks_of([*astronaut_frames, *[np.asarray(each, np.uint8) for each in covered]])
    assert set(found[:24]) == {Look.SAME}
    assert Look.SAME not in found[26:]


def test_fist_in_the_colour_of_the_skin_before_a_real_chin_is_noticed(astronaut_frames: list[Picture]) -> None:
    skin_bgr = np.median(astronaut_frames[0][130:140, 195:205].reshape(-1, 3), axis=0)
    with_fist = []
    for picture in astronaut_frames:
        drawn = cv2.ellipse(picture.astype(float), (222, 178), (40, 24), 0, 0, 360, skin_bgr.tolist(), -1)
        noise = np.random.default_rng(4).normal(0, 2, drawn.shape)
        with_fist.append(np.asarray(np.clip(np.where(drawn == picture, picture, drawn + noise), 0, 255), np.uint8))
    found = looks_of([*astronaut_frames, *with_fist])
    assert set(found[:24]) == {Look.SAME}
    assert Look.SAME not in found[28:]


@pytest.mark.parametrize(("pulled_cm", "look"), [(0.0, Look.PARTLY), (0.3, Look.COVERED)])
def test_a_hand_that_pulls_at_the_landmarks_spoils_the_angle_and_one_that_does_not_spoils_nothing(
    pulled_cm: float, look: Look
) -> None:
    face, bare = FaceLook(), skin()
    followed(face, bare)
    under_hand = np.where(skin_map().regions[1][:, None], skin(5), bare).astype(np.float32)
    pulled = np.zeros((468, 2))
    pulled[::2] = pulled_cm, 0.0
    pulled[1::2] = 0.0, pulled_cm
    assert {face.judge(1.0 + i / 10, under_hand, AHEAD, pulled, lost=False) for i in range(5)} == {look}


NORMALS = skin_map().normals
ALL = np.ones(len(NORMALS), bool)


def marked(seed: int, hues: float = 0.1) -> np.ndarray:
    """Tones of a skin with marks in shades and hues."""
    rng = np.random.default_rng(seed)
    n = len(skin_points())
    return np.asarray(4.5 + rng.normal(0, 0.1, (n, 1)) + rng.normal(0, hues, (n, 3)))


@pytest.mark.parametrize("hues", [0.1, 0.0])
def test_marks_of_a_skin_are_known_in_another_light_and_those_of_another_are_not(hues: float) -> None:
    mine = marked(0, hues)
    lit = (
        0.7 * mine
        + 0.4 * NORMALS[:, [0]]
        + 0.2 * NORMALS[:, [1]] * np.array([1.2, 1.0, 0.7])
        + np.array([0.3, 0, -0.2])
    )
    assert likeness(mine, lit, ALL) > 0.95
    assert abs(likeness(mine, marked(1, hues), ALL)) < 0.3
    half = NORMALS[:, 0] > 0
    assert likeness(mine, np.where(half[:, None], lit, marked(2, hues)), half) > 0.9, "only what is seen counts"


def test_patient_who_comes_back_in_another_light_is_known_and_followed_in_it() -> None:
    look, mine = FaceLook(), np.exp(marked(0)).astype(np.float32)
    followed(look, mine)
    light = np.exp(0.35 * NORMALS[:, [0]] - 0.2) * np.array([0.8, 1.0, 1.1])
    lit = np.asarray(mine**0.8 * 2.5 * light, np.float32)
    assert followed(FaceLook(), mine, frames=1) == [Look.SAME]
    again = [look.judge(5.0 + i / 30, lit, AHEAD, AS_THE_MODEL, lost=True) for i in range(8)]
    assert again[-1] is Look.SAME
    assert set(followed(look, lit, 5.3)) == {Look.SAME}, "from then on that is how the patient looks"


@pytest.mark.parametrize("skin_bgr", [(120, 150, 190), (45, 65, 105)])
def test_what_has_its_own_colour_is_told_from_skin_and_a_beard_is_not(
    skin_bgr: tuple[int, int, int],
) -> None:
    bare = np.tile(np.array(skin_bgr, float), (len(NORMALS), 1)) * np.exp(0.4 * NORMALS[:, [0]])
    lower = skin_map().regions[-1][:, None]
    beard = np.where(lower, 0.5 * bare + 0.5 * bare.mean(axis=1, keepdims=True) * 0.8, bare)
    for each in (bare, beard):
        assert not is_of_two_colours(each, ALL)
    for colour in ((200, 150, 90), (90, 160, 60)):
        assert is_of_two_colours(np.where(lower, np.array(colour, float), bare), ALL)


def test_what_is_before_a_face_from_the_start_is_asked_about_before_a_neutral() -> None:
    bare = np.tile(np.array([120.0, 150.0, 190.0]), (len(NORMALS), 1))
    masked = np.where(skin_map().regions[-1][:, None], np.array([200.0, 150.0, 90.0]), bare)
    for colours, quality in ((bare, Quality.GOOD), (masked, Quality.COVERED)):
        grader = Grader(45.0)
        graded = [grader.grade(i / 30, [coloured(made_face(), colours)]) for i in range(30)]
        assert {each.quality for each in graded} == {quality}
        assert lacking_in(graded) == (() if quality is Quality.GOOD else (Advice.UNCOVER,))


LOWER = np.arange(100) < 30
SEEN = np.ones(100, bool)


def lower_face(tones: np.ndarray) -> LowerFace:
    """One that has been followed for half a second."""
    face = LowerFace(LOWER)
    for i in range(15):
        assert not face.is_covered(tones, SEEN, AHEAD, [])
        face.learn(i / 30, tones, AHEAD)
    return face


def test_step_of_the_lower_face_alone_is_a_cover_until_it_looks_as_before() -> None:
    tones = np.random.default_rng(5).normal(4.5, 0.2, (100, 3))
    face = lower_face(tones)
    covered = tones + 0.12 * LOWER[:, None]
    assert not face.is_covered(covered, SEEN, AHEAD, []), "one frame: a landmark may have slipped"
    assert face.is_doubtful
    assert all(face.is_covered(covered, SEEN, AHEAD, []) for _ in range(100)), "it does not become usual"
    further = rotation_from_angles(30, 0, 0)
    assert face.is_covered(tones, SEEN, further, []), "too far turned to be compared"
    assert not face.is_covered(tones, SEEN, further, [(tones, further)]), "known from before at that attitude"
    face = lower_face(tones)
    assert [face.is_covered(covered, SEEN, AHEAD, []) for _ in range(3)] == [False, True, True]
    assert not face.is_covered(tones - 0.3, SEEN, AHEAD, []), "gone, while the light changed"


def test_light_on_the_whole_face_and_what_comes_slowly_is_no_cover_of_its_lower_part() -> None:
    tones = np.random.default_rng(6).normal(4.5, 0.2, (100, 3))
    assert not any(lower_face(tones).is_covered(tones - 0.5, SEEN, AHEAD, []) for _ in range(5))
    face = lower_face(tones)
    for i in range(90):
        slowly = tones + 0.003 * i * LOWER[:, None]
        assert not face.is_covered(slowly, SEEN, AHEAD, [])
        face.learn(0.5 + i / 30, slowly, AHEAD)
