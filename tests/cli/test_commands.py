"""The command line: exit codes, short messages, help that fits a screen, and no chatter of libraries."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made.common import RunCommand
from made.scripted import made_baseline

from posture_trainer.cli.commands import COMMANDS as FILES
from posture_trainer.cli.commands import loaded
from posture_trainer.records.baseline_files import save_baseline
from posture_trainer.records.session_reader import read_events, read_samples, read_session

COMMANDS = list(FILES)


def errors_of(done: Any, exit_code: int) -> str:
    """What a failed command said: the exit code must fit, and it may be one or two lines of the program's own."""
    assert done.returncode == exit_code, done.stdout + done.stderr
    lines = [line for line in done.stderr.splitlines() if "Sit on a firm chair" not in line]
    assert 1 <= len(lines) <= 2, done.stderr
    assert all(line.startswith("posture-trainer: ") for line in lines)
    assert "Traceback" not in done.stderr
    assert "Errno" not in done.stderr
    return "\n".join(lines)


# --- help -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_a_screen_and_has_an_example(call_command: RunCommand, command: str) -> None:
    done = call_command(*command.split(), "--help")
    assert done.returncode == 0
    assert done.stderr == ""
    lines = done.stdout.rstrip().splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert f"Example: posture-trainer {command}" in done.stdout


def test_the_commands_are_those_of_the_design() -> None:
    assert {"practice", "demo", "calibrate", "analyze", "review", "check"} <= set(COMMANDS)


@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "home"])
def test_the_line_of_a_command_is_the_first_of_its_own_help(command: str) -> None:
    first, _, _ = loaded(command).help.partition("\n\n")
    assert first.replace("\n", " ") == FILES[command][1]


def test_help_loads_no_command(run_command: RunCommand) -> None:
    done = run_command("--help", env={"PYTHONPROFILEIMPORTTIME": "1", "POSTURE_TRAINER_DEBUG": "1"})
    names = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "posture_trainer.cli.commands" in names
    assert not names & {f"posture_trainer.cli.{file}" for file, _ in FILES.values()}


@pytest.mark.parametrize(("call", "meant"), [("practise", "practice"), ("exports", "export"), ("inport", "import")])
def test_a_misspelt_command_is_told_what_may_be_meant(call_command: RunCommand, call: str, meant: str) -> None:
    assert f"Did you mean '{meant}'" in errors_of(call_command(call), 2)


def test_the_version_is_told(run_command: RunCommand) -> None:
    from posture_trainer import __version__

    done = run_command("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"posture-trainer {__version__}")


# --- wrong calls ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (["dance"], "dance"),
        (["practice", "--loud"], "--loud"),
        (["analyze"], "video"),
        (["analyze", "film.mp4"], "--out"),
        (["analyze", "film.mp4", "--out", "log", "--neutral-seconds", "soon"], "--neutral-seconds"),
        (["practice", "--seconds", "-1"], "--seconds"),
        (["calibrate"], "--patient"),
        (["calibrate", "--patient", "../anna", "--no-window"], "../anna"),
        (["practice", "--patient", "Anna Smith"], "Anna Smith"),
        (["review", "--patient", "a/b"], "a/b"),
        (["--patient", "änna"], "nna"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_is_told_in_a_line_or_two(call_command: RunCommand, call: list[str], names: str) -> None:
    assert names in errors_of(call_command(*call), 2).replace("VIDEO", "video")


# --- files that are not what they should be ---------------------------------------------------------------------


def changed(**values: Any) -> Callable[[dict[str, Any]], str]:
    return lambda stored: json.dumps({**stored, **values})


def without(key: str) -> Callable[[dict[str, Any]], str]:
    return lambda stored: json.dumps({name: value for name, value in stored.items() if name != key})


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda _stored: "not json at all", "the file"),
        (lambda _stored: "", "the file"),
        (lambda _stored: "[1, 2, 3]", "the file"),
        (lambda stored: json.dumps(stored)[:400], "the file"),
        (without("rotation"), "rotation"),
        (without("landmarks"), "without the shape of the face"),
        (without("face_model"), "without the shape of the face"),
        (without("vfov_deg"), "vfov_deg"),
        (changed(rotation=[[1, 0, 0], [0, 1, 0], [0, 0, 2]]), "rotation"),
        (changed(rotation=[[1, 0, 0], [0, 1, 0], [0, 0, -1]]), "rotation"),
        (changed(rotation=[[1, 0], [0, 1]]), "rotation"),
        (changed(rotation="straight"), "rotation"),
        (changed(position_cm=[0, 1]), "position_cm"),
        (changed(landmarks=[[0.5, 0.5]]), "landmarks"),
        (changed(schema_version=99), "schema_version"),
    ],
)
def test_a_damaged_baseline_is_named_and_never_used(
    tmp_path: Path, damage: Callable[[dict[str, Any]], str], what: str
) -> None:
    from posture_trainer.errors import UserError
    from posture_trainer.records.baseline_files import load_baseline

    path = save_baseline(tmp_path, made_baseline())
    path.write_text(damage(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_baseline(path)
    assert str(path) in str(caught.value)
    assert what in str(caught.value).removeprefix(f"The straight position in {path} ")
    assert "\n" not in str(caught.value)


def test_analyze_names_a_damaged_baseline(call_command: RunCommand, no_face_video: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text("{}", encoding="utf-8")
    done = call_command("analyze", no_face_video, "--out", tmp_path / "log", "--baseline", path)
    assert f"{path} is damaged" in errors_of(done, 1)
    assert not (tmp_path / "log").exists()


def test_practice_does_not_start_on_a_damaged_baseline(
    run_command: RunCommand, still_face_video: Path, tmp_path: Path
) -> None:
    path = save_baseline(tmp_path / "patients" / "anna", made_baseline())
    path.write_bytes(path.read_bytes()[:100])
    call = ("practice", "--patient", "anna", "--source", still_face_video, "--no-window", "--data-dir", tmp_path)
    assert str(path) in errors_of(run_command(*call), 1)
    assert not (tmp_path / "patients" / "anna" / "sessions").exists()


def test_a_missing_baseline_is_named(call_command: RunCommand, no_face_video: Path, tmp_path: Path) -> None:
    done = call_command("analyze", no_face_video, "--out", tmp_path / "log", "--baseline", tmp_path / "gone.json")
    assert f"There is no file {tmp_path / 'gone.json'} with a straight position" in errors_of(done, 1)


def test_out_may_not_be_a_file(call_command: RunCommand, no_face_video: Path, tmp_path: Path) -> None:
    out = tmp_path / "notes.txt"
    out.write_text("mine", encoding="utf-8")
    assert f"{out} is a file" in errors_of(call_command("analyze", no_face_video, "--out", out), 1)
    assert out.read_text(encoding="utf-8") == "mine"


def test_out_may_not_hold_a_session(call_command: RunCommand, no_face_video: Path, tmp_path: Path) -> None:
    (tmp_path / "samples.csv").write_text("mine", encoding="utf-8")
    done = call_command("analyze", no_face_video, "--out", tmp_path)
    assert "already holds a session" in errors_of(done, 1)
    assert (tmp_path / "samples.csv").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("command", ["analyze", "practice"])
def test_a_missing_video_is_named(call_command: RunCommand, tmp_path: Path, command: str) -> None:
    film = tmp_path / "gone.mp4"
    call: list[str | Path] = ["analyze", film, "--out", tmp_path / "log"]
    if command == "practice":
        call = ["practice", "--source", film]
    assert f"There is no file {film}" in errors_of(call_command(*call), 1)


def test_review_of_nobody(call_command: RunCommand, tmp_path: Path) -> None:
    empty = call_command("review", "--data-dir", tmp_path)
    assert (empty.returncode, empty.stderr) == (0, "")
    assert "no records yet" in empty.stdout
    assert "no records of bert" in errors_of(call_command("review", "--patient", "bert", "--data-dir", tmp_path), 1)


def test_records_can_go_where_the_environment_says(call_command: RunCommand, tmp_path: Path) -> None:
    done = call_command("review", env={"POSTURE_TRAINER_HOME": str(tmp_path / "elsewhere"), "COLUMNS": "200"})
    assert str(tmp_path / "elsewhere") in done.stdout


# --- calibrate --------------------------------------------------------------------------------------------------


def test_calibrate_keeps_earlier_baselines_and_refuses_bad_ones(
    run_command: RunCommand,
    call_command: RunCommand,
    still_face_video: Path,
    restless_face_video: Path,
    no_face_video: Path,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "patients" / "anna" / "baselines"

    def calibrate(video: Path, run: RunCommand = call_command) -> Any:
        return run("calibrate", "--patient", "anna", "--source", video, "--no-window", "--data-dir", tmp_path)

    def stored() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    first = calibrate(still_face_video, run_command)
    assert first.returncode == 0, first.stderr
    assert len(stored()) == 1
    assert str(folder) in first.stdout
    assert "pygame" not in first.stdout
    assert all(line.startswith("posture-trainer: ") for line in first.stderr.splitlines())
    kept = stored()

    restless = calibrate(restless_face_video)
    assert restless.returncode == 1
    assert "Your head wandered a little too much" in restless.stderr
    assert "Nothing was changed." in restless.stderr
    assert "Traceback" not in restless.stderr
    assert stored() == kept

    faceless = calibrate(no_face_video)
    assert faceless.returncode == 1
    assert "I could not see your face" in faceless.stderr
    assert stored() == kept

    second = calibrate(still_face_video)
    assert second.returncode == 0, second.stderr
    assert len(stored()) == 2
    assert kept.items() <= stored().items()
    newest = json.loads(stored()[max(stored())])
    assert newest["spread_deg"] < 2
    assert newest["frames"] >= 20
    assert newest["source"]["name"] == still_face_video.name


# --- analyze ----------------------------------------------------------------------------------------------------


def test_a_video_without_a_face_gives_a_log_without_a_cue(
    run_command: RunCommand, no_face_video: Path, tmp_path: Path
) -> None:
    done = run_command("analyze", no_face_video, "--out", tmp_path / "log")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "posture-trainer: No face was seen in the whole video, so the log holds no angles."
    ]
    assert done.stdout.splitlines()[2:] == ["Used 30 pictures, 3.0 s of video."]
    rows = list(read_samples(tmp_path / "log"))
    assert len(rows) == 30
    assert all(row.smoothed is None and state == "no_face" for row, state in rows)
    assert not [event for event in read_events(tmp_path / "log") if event["event"] == "cue"]
    summary = read_session(tmp_path / "log").summary
    assert summary is not None
    assert (summary.face_share, summary.cue_count, summary.seen_s) == (0, 0, 0)


def test_a_video_with_a_face_is_analysed_without_chatter(
    run_command: RunCommand, restless_face_video: Path, tmp_path: Path
) -> None:
    done = run_command("analyze", restless_face_video, "--out", tmp_path / "log")
    assert done.returncode == 0
    (warning,) = done.stderr.splitlines()
    assert warning.startswith("posture-trainer: The head was restless")
    summary_line, share, where, used = done.stdout.splitlines()
    assert summary_line.startswith("Time straight")
    assert share.endswith("of the time seen.")
    assert where == f"Recorded in {tmp_path / 'log'}"
    assert used == "Used 60 pictures, 3.0 s of video."
    tilts = [row.smoothed.tilt_deg for row, _ in read_samples(tmp_path / "log") if row.smoothed]
    assert len(tilts) == 60
    assert max(tilts) - min(tilts) > 15
