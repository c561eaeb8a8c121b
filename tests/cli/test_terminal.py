"""All that is said: no terminal obeys it, no encoding stops it, and what nobody foresaw ends in words."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from made.common import ROOT, child_environment
from made.patients import change_header, make_patient
from made.scripted import made_baseline

from posture_trainer.cli import app
from posture_trainer.terminal.console import PlainConsole
from posture_trainer.terminal.streams import HarmlessStream, plain_terminal
from posture_trainer.unforeseen import LOG

EVIL = "\x1b]0;PWNED\x07\x1b[2J\x9b2J\u202e\r"
CONTROL = re.compile(r"(?![\n\t])[\x00-\x1f\x7f-\x9f\u202e]")
OUR_OWN = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\?25[hl]|\r?\x1b\[2K|\x1b\[1A|\r")  # colours and bars of our tables
IN_TOML = '"\\u001b]0;PWNED\\u0007\\u001b[2J\\u009b2J\\u202e"'


def test_a_stream_takes_out_what_a_terminal_would_obey() -> None:
    below = io.StringIO()
    stream = HarmlessStream(below)
    stream.write(f"12°\t安\n{EVIL}")
    assert below.getvalue().startswith("12°\t安\n�")
    assert not CONTROL.search(below.getvalue())
    assert not hasattr(stream, "buffer")
    with pytest.raises(TypeError):
        stream.write(b"\x1b")  # type: ignore[arg-type]


def test_a_console_keeps_its_own_colours_and_none_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    below = io.StringIO()
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", below)
    with plain_terminal():
        PlainConsole().print("[bold]plan[/bold]", EVIL.replace("[", "\\["))
    shown = below.getvalue()
    assert "\x1b[1mplan\x1b[0m" in shown
    assert not CONTROL.search(re.sub("\x1b\\[[0-9;]*m", "", shown))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_under_the_output_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "posture_trainer", "plans"],
            env={**child_environment(), "POSTURE_TRAINER_HOME": str(tmp_path)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr.startswith("posture-trainer: The disk is full")) == (1, True)
    assert not (tmp_path / LOG).exists()


@pytest.mark.parametrize(("encoding", "shown"), [("utf-8", "12° 安"), ("ascii", "12 deg \\u5b89"), ("cp437", "12°")])
def test_a_sign_that_the_terminal_lacks_is_written_in_other_words(
    monkeypatch: pytest.MonkeyPatch, encoding: str, shown: str
) -> None:
    below = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(below, encoding=encoding))
    with plain_terminal():
        sys.stdout.write("12° 安\n")
        sys.stdout.flush()
        said = below.getvalue().decode(encoding)
    assert said.startswith(shown)


def archive(path: Path, files: dict[str, str]) -> Path:
    """An archive as `export` makes them, of files that somebody else wrote."""
    members = {"export.json": json.dumps({"schema_version": 1, "patient": "bob"})}
    members |= {f"patients/bob/{name}": text for name, text in files.items()}
    members["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in members.items()
    )
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    return path


def hostile_baseline(**more: object) -> dict[str, str]:
    baseline = made_baseline().model_dump(mode="json") | more
    return {"baselines/2027-01-01T00-00-00.000Z.json": json.dumps(baseline)}


FROM_OTHERS: dict[str, dict[str, str]] = {
    "key of the patient's file": {"patient.toml": f"{IN_TOML} = 1\n"},
    "plan's name": {"patient.toml": f"plan = {IN_TOML}\n"},
    "direction": {"patient.toml": f"[stretch_limits_deg]\n{IN_TOML} = 5.0\n"},
    "versions of a baseline": hostile_baseline(versions={EVIL: 3}),
    "target of a baseline": hostile_baseline(target={EVIL: 1}),
}
PLANS = {
    "key": f'title = "x"\n{IN_TOML} = 1\n[[block]]\nkind = "hold"\n',
    "title": f'title = {IN_TOML}\n[[block]]\nkind = "free"\n',
    "kind": f'title = "x"\n[[block]]\nkind = {IN_TOML}\n',
    "key of a block": f'title = "x"\n[[block]]\nkind = "hold"\n{IN_TOML} = 1\n',
}
PROGRAM = f"""
import json, sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from made.scripted import ScriptedTracker
from posture_trainer.cli.app import main
from posture_trainer.session import open_devices
from posture_trainer.tracking import choice
choice.open_tracker = open_devices.open_tracker = lambda _way=None: ScriptedTracker(lambda _frame: None)
print("codes", *[main(call) for call in json.load(sys.stdin)])
"""


def said_by(calls: list[list[str]], encoding: str, terminal: bool) -> tuple[list[int], str]:
    """Exit codes of commands in one process, and all they said, on a terminal or into a pipe."""
    environment = {**child_environment(), "PYTHONIOENCODING": encoding, "TERM": "xterm", "COLUMNS": "200"}
    above, below = os.openpty() if terminal else os.pipe()
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=below, stderr=below, env=environment
    )
    os.close(below)
    assert child.stdin is not None
    with child.stdin as stdin:
        stdin.write(json.dumps(calls).encode())
    out = b"".join(_all_of(above)).replace(b"\r\n", b"\n").decode(encoding)
    os.close(above)
    assert child.wait(60) == 0, out
    return [int(code) for code in out.splitlines()[-1].split()[1:]], out


def _all_of(terminal: int) -> Iterator[bytes]:
    try:
        while found := os.read(terminal, 1 << 16):
            yield found
    except OSError:  # so Linux says that the other side has closed it
        return


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_file_of_others_reaches_the_terminal_raw(tmp_path: Path, encoding: str) -> None:
    calls, expected = [], []
    for number, files in enumerate(FROM_OTHERS.values()):
        home = ["--data-dir", str(tmp_path / f"home{number}")]
        calls.append(["import", str(archive(tmp_path / f"{number}.zip", files)), *home])
        calls.append(["practice", "--patient", "bob", "--no-window", "--mute", "--source", "nowhere.mp4", *home])
        expected += [0, 1]
    for name, text in PLANS.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        calls.append(["plans", str(tmp_path / f"{name}.toml")])
        expected.append(1)
    data = tmp_path / "data"
    folder = make_patient(data, "anna", rows=5)
    (folder / "patient.toml").write_text(f"note = {IN_TOML}\n", encoding="utf-8")
    for session in (folder / "sessions").iterdir():
        change_header(session, notes=[EVIL], plan={"name": EVIL, "title": EVIL}, source={"name": EVIL}, command=EVIL)
    session.rename(session.with_name("x\x1b]0;PWNED"))
    calls += [["review", "--patient", "anna", "--data-dir", str(data)], ["review", "--data-dir", str(data)]]
    calls += [["export", "--format", "csv", "--out", str(tmp_path / "csv"), "--data-dir", str(data)]]
    calls += [["export", "--patient", "anna", "--out", str(tmp_path / "o.zip"), "--data-dir", str(data)]]
    calls += [["practice", "--patient", EVIL], ["plans", f"{EVIL}.toml"], ["practice", EVIL]]
    calls += [["review", "--patient", "anna", "--session", EVIL, "--data-dir", str(data)]]
    codes, said = said_by(calls, encoding, terminal=True)
    assert codes == [*expected, 0, 0, 0, 0, 2, 1, 2, 1]
    assert not CONTROL.search(OUR_OWN.sub("", said))


def test_the_exit_codes_are_the_same_in_any_encoding(tmp_path: Path, no_face_video: Path) -> None:
    def calls(data: Path) -> list[list[str]]:
        home = ["--data-dir", str(data)]
        anna = ["--patient", "anna", *home]
        return [
            ["--version"], ["--help"], ["practice", "--help"], ["plans"], ["plans", "meige"], ["plans", "nowhere"],
            ["review", *home], ["review", *anna], ["review", "--patient", "安", *home], ["check", "--source", "no"],
            ["export", *anna, "--out", str(data / "安−°.zip")], ["import", str(data / "安−°.zip"), *home],
            ["export", "--format", "bids", "--out", str(data / "bids"), *home],
            ["analyze", str(no_face_video), "--out", str(data / "−°")],
            ["practice", "--no-window", "--mute", "--source", str(no_face_video), *home],
            ["delete", *anna, "--yes", "anna"], ["delete", *anna, "--yes", "anna"], ["nonsense", "安"],
        ]  # fmt: skip

    codes = {}
    for encoding in ("utf-8", "ascii", "cp1252"):
        make_patient(tmp_path / encoding, "anna", sessions=1, rows=30)
        codes[encoding], said = said_by(calls(tmp_path / encoding), encoding, terminal=False)
        assert "Traceback" not in said
    assert codes["utf-8"] == codes["ascii"] == codes["cp1252"]
    assert codes["utf-8"][-3:] == [0, 1, 2]


def test_what_nobody_foresaw_ends_in_words_and_a_report_that_names_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(*_: object) -> None:
        raise RuntimeError("anna is 12.5 degrees off")

    monkeypatch.setattr(app, "quiet_native_libraries", lambda: None)
    monkeypatch.setattr("posture_trainer.records.clinic.overview.overview", fault)
    assert app.main(["review", "--data-dir", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert said.startswith("posture-trainer: Something happened that should not.")
    assert str(tmp_path / LOG) in said.replace("\n", "")
    report = (tmp_path / LOG).read_text(encoding="utf-8")
    assert "builtins.RuntimeError" in report
    assert "posture_trainer/cli/review.py" in report
    assert "anna" not in report
    assert str(Path.home()) not in report
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert app.main(["review", "--data-dir", str(tmp_path / "file" / "x")]) == 1
    assert "RuntimeError" in capsys.readouterr().err
