"""Plans and patients' files: every preset is valid, every fault is named, what is written reads back the same."""

import itertools
import os
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posture_trainer.errors import UserError
from posture_trainer.exercises.feedback_schedule import LADDER, TrialFeedback, faded_share, schedule, went_well_share
from posture_trainer.exercises.trial import Numbers
from posture_trainer.feedback import Tolerances
from posture_trainer.plans.expand import History, feedback_share_today, session_today
from posture_trainer.plans.fields import TolerancesTable
from posture_trainer.plans.patient_file import as_toml, load_patient_settings, save_patient_settings
from posture_trainer.plans.patient_settings import PatientSettings, ReachTable, SoundTable
from posture_trainer.plans.plan import Plan, load_plan, preset_names
from posture_trainer.plans.toml_files import parse_toml
from posture_trainer.pose.directions import OPPOSITE, Direction

HOLD = 'title = "x"\n[[block]]\nkind = "hold"\n'


def test_the_presets_are_all_there_with_what_they_are_for() -> None:
    assert set(preset_names()) == {
        "free", "home", "meige", "hold-test", "position-sense", "range",
        "follow-easy", "follow-medium", "follow-hard", "opposite", "gentle",
        "settle", "shoulder-blades", "chin-glide", "press", "other-side", "lengthen", "read", "look-over", "reach",
        "stand", "trick", "shoulders",
    }  # fmt: skip
    for name in preset_names():
        found, plan = load_plan(name)
        assert found == name
        assert len(plan.description) > 80
        assert len(plan.source) > 80
        assert "\n" not in plan.description.strip(), "one paragraph"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HOLD + "hold_s = 500", r"block 1 \(hold\), hold_s is 500; allowed: at most 30\."),
        (HOLD + 'hold_s = "5"', r"block 1 \(hold\), hold_s is '5'; allowed: a number\."),
        (HOLD + "repetitions = 2.5", "repetitions is 2.5; allowed: a whole number"),
        (HOLD + "rest = 5", "rest is not a key that is known here. Did you mean rest_s?"),
        (HOLD + "feedback = 0.5", "feedback is 0.5; allowed: 1.0, 0.67, 0.33, 0.0 or 'fade'"),
        (HOLD + "feedback = true", "feedback is true; allowed"),
        (HOLD + "on_leaving = 'stop'", "on_leaving is 'stop'; allowed: 'pause' or 'restart'"),
        (HOLD + "hold_s = 25\nlongest_hold_s = 20", r"hold_s \(25\) must not be above longest_hold_s \(20\)"),
        (HOLD + "tolerances = { flexion_deg = 0 }", "tolerances.flexion_deg is 0; allowed: at least 1"),
        (HOLD + "hold_s = inf", "hold_s is inf"),
        ('title = "x"\n[[block]]\nkind = "juggle"', r"block 1 \(juggle\) is 'juggle'; allowed: 'hold', 'hold_test'"),
        ('title = "x"\n[[block]]\nrest_s = 5', "block 1: kind is missing"),
        (
            'title = "x"\n[[block]]\nkind="range"\ndirections=["left"]',
            "directions.0 is 'left'; allowed: 'rotation_right'",
        ),
        (
            'title = "x"\n[[block]]\nkind="timed"\nwords="Sit."\ndrawing="bird"',
            r"block 1 \(timed\), drawing is 'bird'; allowed: 'shoulder_blades'",
        ),
        ('title = "x"\n[block]\nkind = "hold"', r"block is .*; allowed: one or more tables, each headed \[\[block\]\]"),
        (HOLD + "longest_session_min = 2026-01-31", "longest_session_min is not a key"),
        ("longest_session_min = 2026-01-31\n" + HOLD, "longest_session_min is 2026-01-31; allowed: a number"),
        ('title = "x"\n[[block]]\nkind = "stretch"\nlimits_deg = { left = 3 }', "limits_deg.left is 'left'; allowed"),
        ('title = "\\u001b[31mred"\n[[block]]\nkind = "free"', "title is .*; allowed: words without control char"),
        ('title = "x"\n[[block]]\nkind = "\\u0007"', r"block 1 is '\\x07'; allowed: 'hold'"),
        ("", "title is missing"),
        ('title = "x"\ntitle = "y"\n', "is not valid TOML: .*line 2"),
        pytest.param("a = " + 9000 * "[", "something in it is too deep", id="deep"),
        pytest.param(HOLD + "repetitions = " + 5000 * "9", "something in it is too long or too deep", id="long number"),
        ('title = "x"\nblok = 3', "blok is not a key that is known here. Did you mean block?"),
        ('title = "x"\nblock = []', "block is .*; allowed: at least 1 of them"),
        ("title = ", "is not valid TOML: Invalid value"),
        (HOLD + "hold_s = = 5", "is not valid TOML: .*line 4"),
    ],
)
def test_a_fault_is_named_with_place_what_was_found_and_what_is_allowed(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=words) as caught:
        load_plan(str(path))
    assert "mine.toml" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_plan_that_is_not_there() -> None:
    with pytest.raises(UserError, match=r"There is no plan 'meigge'\. There are chin-glide"):
        load_plan("meigge")
    with pytest.raises(UserError, match=r"There is no plan my/plan\.toml"):
        load_plan("my/plan.toml")


def test_a_plan_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="not text in UTF-8"):
        load_plan(str(tmp_path / "odd.toml"))


def test_a_plan_that_is_no_plain_file_or_has_no_end(tmp_path: Path) -> None:
    folder, large = tmp_path / "folder.toml", tmp_path / "large.toml"
    folder.mkdir()
    with pytest.raises(UserError, match=r"folder\.toml can't be read"):
        load_plan(str(folder))
    large.write_text("#" * 1_000_001, encoding="utf-8")
    with pytest.raises(UserError, match=r"large\.toml can't be read \(larger than 200 kB\)"):
        load_plan(str(large))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_plan_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(UserError, match=r"pipe\.toml can't be read \(not a file\)"):
        load_plan(str(tmp_path / "pipe.toml"))


def test_away_from_the_pull_needs_a_marked_side() -> None:
    plan = load_plan("opposite")[1]
    with pytest.raises(
        UserError, match=r"The plan opposite can't begin\. .* the side of the pull is to be marked first"
    ):
        session_today("opposite", plan)
    pulled = PatientSettings(pull=(Direction.ROTATION_RIGHT, Direction.TILT_LEFT))
    session = session_today("opposite", plan, pulled)
    ways = [trial.settings.direction for trial in session.trials if trial.kind == "follow"]
    assert ways == [Direction.ROTATION_LEFT] * 3 + [Direction.TILT_RIGHT] * 3


def test_tolerances_come_from_block_then_patient_then_program() -> None:
    patient = PatientSettings(tolerances=TolerancesTable(rotation_right_deg=8, tilt_left_deg=9))
    plan = parse_toml(HOLD + "tolerances = { rotation_right_deg = 3 }", Plan, "x")
    tolerances = session_today("x", plan, patient).trials[0].feedback.tolerances
    assert (tolerances.rotation_right_deg, tolerances.tilt_left_deg) == (3, 9)
    assert tolerances.rotation_left_deg == Tolerances().rotation_left_deg


def test_feedback_share_comes_from_block_then_patient_then_plan() -> None:
    plan = parse_toml('title = "x"\nfeedback = 0.33\n[[block]]\nkind = "hold"', Plan, "x")
    assert feedback_share_today(plan, PatientSettings(), History()) == 0.33
    assert feedback_share_today(plan, PatientSettings(feedback=1.0), History()) == 1.0
    faded = PatientSettings(feedback="fade")
    assert feedback_share_today(plan, faded, History(went_well=(0.9, 0.9))) == 0.67
    own = parse_toml(HOLD + "feedback = 0", Plan, "x")
    assert feedback_share_today(own, faded, History(), own.blocks[0]) == 0.0


def test_share_of_trials_with_cues() -> None:
    shares = {share: [trial.cues for trial in schedule(share, 6)] for share in LADDER}
    assert {share: sum(cues) for share, cues in shares.items()} == {1.0: 6, 0.67: 4, 0.33: 2, 0.0: 0}
    probes = schedule(1.0, 10, probe_every=5)
    assert [trial == TrialFeedback(False, probe=True) for trial in probes] == [False] * 4 + [True] + [False] * 4 + [
        True
    ]
    assert sum(trial.cues for trial in probes) == 8


def test_the_ladder_goes_down_after_two_good_sessions_and_up_after_one_poor_one() -> None:
    assert faded_share([]) == 1.0
    assert faded_share([0.9]) == 1.0
    assert faded_share([0.9, 0.8]) == 0.67
    assert faded_share([0.9, 0.6, 0.9]) == 1.0, "in a row"
    assert faded_share([0.9, None, 0.9]) == 0.67, "a session without holds says nothing"
    assert faded_share([0.9] * 4) == 0.33
    assert faded_share([0.9] * 40) == 0.33, "none at all is the therapist's choice"
    assert faded_share([0.9, 0.9, 0.2]) == 1.0
    assert faded_share([0.2] * 9) == 1.0


@given(st.lists(st.none() | st.floats(0, 1)))
def test_the_ladder_moves_one_step_at_a_time(sessions: list[float | None]) -> None:
    stands = [LADDER.index(faded_share(sessions[:count])) for count in range(len(sessions) + 1)]
    assert all(abs(two - one) <= 1 for one, two in itertools.pairwise(stands))


def test_what_counts_as_a_session_that_went_well() -> None:
    good: Numbers = {"ending": "done", "in_tolerance_share": 0.7}
    poor: Numbers = {"ending": "done", "in_tolerance_share": 0.69}
    missed: Numbers = {"ending": "not_reached", "in_tolerance_share": 0.9}
    broken_off: Numbers = {"ending": "unfinished"}
    assert went_well_share([good, good]) is None
    assert went_well_share([good, good, poor, missed, broken_off]) == 0.5


DEGREES = st.floats(1, 45).map(lambda value: round(value, 2))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
DAYS = st.dates(date(1970, 1, 1), date(2200, 12, 31))


@given(
    st.builds(
        PatientSettings,
        plan=TEXTS.filter(bool),
        pull=st.lists(st.sampled_from(Direction), max_size=3, unique_by=lambda way: min(way, OPPOSITE[way])).map(tuple),
        feedback=st.sampled_from([None, *LADDER, "fade"]),
        longest_session_min=st.none() | st.floats(1, 60),
        dizziness_limit=st.integers(0, 100),
        last_injection=st.none() | DAYS,
        injections=st.lists(DAYS, max_size=3).map(tuple),
        injection_asked=st.none() | DAYS,
        note=TEXTS,
        tolerances=st.builds(TolerancesTable, rotation_left_deg=st.none() | DEGREES, extension_deg=DEGREES),
        reach=st.builds(ReachTable, rotation_deg=st.floats(3, 45)),
        stretch_limits_deg=st.dictionaries(st.sampled_from(Direction), st.floats(1, 15)),
        sound=st.builds(SoundTable, cues=st.booleans(), spoken=st.booleans(), volume=st.floats(0, 1)),
    )
)
def test_patient_file_reads_back_as_it_was_written(settings: PatientSettings) -> None:
    assert parse_toml(as_toml(settings), PatientSettings, "x") == settings


def test_patient_file_on_disk(tmp_path: Path) -> None:
    patient = tmp_path / "anna-1"
    assert load_patient_settings(patient) == PatientSettings()
    settings = PatientSettings(plan="meige", last_injection=date(2026, 1, 15), note='Ask about "work".\nSecond line')
    path = save_patient_settings(patient, settings)
    assert load_patient_settings(patient) == settings
    assert save_patient_settings(patient, settings) == path, "it may be written again"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text(encoding="utf-8")
    assert "# longest_session_min = 15" in text, "what is not set is shown as a comment"
    path.write_text(text.replace("dizziness_limit = 30", "dizziness_limit = true"), encoding="utf-8")
    with pytest.raises(UserError, match=r"patient\.toml: dizziness_limit is true; allowed: a whole number\."):
        load_patient_settings(patient)


def test_what_stands_in_comments_may_be_taken_into_force() -> None:
    text = as_toml(PatientSettings())
    examples = "\n".join(line[2:] if line.startswith("# ") and " = " in line else line for line in text.splitlines())
    settings = parse_toml(examples, PatientSettings, "x")
    assert settings.feedback == "fade"
    assert settings.all_tolerances() == Tolerances()
    assert set(settings.stretch_limits_deg) == set(Direction)
