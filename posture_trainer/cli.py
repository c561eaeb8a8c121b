"""The command line: reads the call, opens the real camera, window and sounds, and says what went wrong."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posture_trainer import cli_exchange, cli_plans
from posture_trainer.errors import UserError, WrongCall
from posture_trainer.quiet import quiet_native_libraries
from posture_trainer.terminal.streams import plain_terminal
from posture_trainer.unforeseen import unforeseen_words

if TYPE_CHECKING:  # imported where they are used: --help and a wrong call must not wait for OpenCV
    from posture_trainer.figures.session_summary import Summary
    from posture_trainer.session.devices import Devices
    from posture_trainer.sources.frames import FrameSource

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=False)

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Folder for all records.", show_default=False)]
Source = Annotated[str, typer.Option("--source", help="Camera number or name, or a video file.")]
NoWindow = Annotated[bool, typer.Option("--no-window", help="Run without a screen.")]
Mute = Annotated[bool, typer.Option("--mute", help="Run without sound.")]
Patient = Annotated[str | None, typer.Option("--patient", help="The patient's code.", show_default=False)]
Vfov = Annotated[
    float | None,
    typer.Option("--vfov", min=10, max=150, help="Camera's vertical field of view.", show_default=False),
]
Mirrored = Annotated[
    bool | None,
    typer.Option("--mirrored/--not-mirrored", help="The pictures are mirrored: set them right.", show_default=False),
]
UpsideDown = Annotated[
    bool | None,
    typer.Option("--upside-down/--upright", help="The pictures are upside down: set them right.", show_default=False),
]
PlanName = Annotated[str | None, typer.Option("--plan", help="A plan's name, or its file.", show_default=False)]
Seconds = Annotated[float | None, typer.Option("--seconds", min=0.1, help="End after so long.", show_default=False)]


def _print_version(wanted: bool) -> None:
    if wanted:
        from posture_trainer import __version__

        typer.echo(f"posture-trainer {__version__}")
        raise typer.Exit


@app.callback()
def top(
    context: typer.Context,
    data_dir: DataDir = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """A mirror that measures: head posture practice in cervical dystonia.

    Without a command: practice. An aid to practise, not a medical device.

    Example: posture-trainer practice --patient anna-1
    """
    context.obj = data_dir


@app.command()
def practice(
    context: typer.Context,
    patient: Patient = None,
    plan: PlanName = None,
    source: Source = "0",
    seconds: Seconds = None,
    data_dir: DataDir = None,
    vfov: Vfov = None,
    mirrored: Mirrored = None,
    upside_down: UpsideDown = None,
    no_window: NoWindow = False,
    mute: Mute = False,
) -> None:
    """A mirror session, guided by a plan if one is named or assigned.

    Example: posture-trainer practice --patient anna-1 --plan meige
    """
    told = _told(vfov, mirrored, upside_down)
    _practise("practice", patient, plan, source, seconds, data_dir or context.obj, no_window, mute, told)


@app.command()
def demo(
    context: typer.Context,
    plan: PlanName = None,
    seconds: Seconds = None,
    data_dir: DataDir = None,
    no_window: NoWindow = False,
    mute: Mute = False,
) -> None:
    """A session on a short clip: no camera needed.

    Example: posture-trainer demo
    """
    from posture_trainer import shipped_files

    _practise("demo", None, plan, str(shipped_files.demo_clip()), seconds, data_dir or context.obj, no_window, mute, {})


@app.command()
def calibrate(
    context: typer.Context,
    patient: Annotated[str, typer.Option("--patient", help="The patient's code.")],
    source: Source = "0",
    seconds: Annotated[
        float | None,
        typer.Option("--seconds", min=0.5, help="How long to hold (5; 2.5 for a file).", show_default=False),
    ] = None,
    max_spread: Annotated[
        float, typer.Option("--max-spread", min=0.1, help="Restlessness still taken, degrees.")
    ] = 2.0,
    with_turns: Annotated[bool, typer.Option("--with-turns", help='Then a slow "no" and a slow "yes".')] = False,
    vfov: Vfov = None,
    mirrored: Mirrored = None,
    upside_down: UpsideDown = None,
    data_dir: DataDir = None,
    no_window: NoWindow = False,
    mute: Mute = False,
) -> None:
    """Record a patient's neutral position. Earlier ones are kept.

    Example: posture-trainer calibrate --patient anna-1
    """
    from posture_trainer.plans.patient_file import load_patient_settings
    from posture_trainer.pose.neutral.recording import BaselineRules
    from posture_trainer.records.people import checked_code, data_folder, patient_folder
    from posture_trainer.session.calibrate import calibrate as run_calibration
    from posture_trainer.session.calibration_store import Calibration
    from posture_trainer.session.parts.baseline import CALIBRATE_S, FILE_S, LEAST_S
    from posture_trainer.sources.open_source import open_source

    code = checked_code(patient)
    data = data_folder(data_dir or context.obj)
    folder = patient_folder(data, code)
    settings = load_patient_settings(folder)
    opened = open_source(source)
    if opened.live and seconds is not None and seconds < LEAST_S:
        opened.close()
        raise WrongCall(f"--seconds must be at least {LEAST_S:g} with a camera.")
    wanted_s = seconds or (CALIBRATE_S if opened.live else FILE_S)
    with _stage(opened, no_window, mute, data, _told(vfov, mirrored, upside_down)) as devices:
        rules = BaselineRules(longest_spread_deg=max_spread)
        saved = run_calibration(devices, Calibration(code, folder, wanted_s, rules, with_turns, settings))
    if saved is None:
        typer.echo("Stopped. Nothing was changed.")
    else:
        path, baseline = saved
        typer.echo(
            f"Neutral position of {code} saved: held within {baseline.spread_deg:.2f}°, {baseline.frames} pictures."
        )
        typer.echo(f"Stored as {path}")


@app.command()
def analyze(
    video: Annotated[Path, typer.Argument(help="A recorded video.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the log.")],
    baseline: Annotated[Path | None, typer.Option("--baseline", help="A baseline file.", show_default=False)] = None,
    neutral_seconds: Annotated[
        float, typer.Option("--neutral-seconds", min=0.2, help="Neutral part at the start.")
    ] = 2.0,
    vfov: Vfov = None,
    mirrored: Mirrored = None,
    upside_down: UpsideDown = None,
) -> None:
    """A recorded video into the log of a session, as fast as it goes.

    Example: posture-trainer analyze visit.mp4 --out visit-log
    """
    from posture_trainer.progress import progress_bar
    from posture_trainer.records.baseline_files import load_baseline
    from posture_trainer.session import recorded_video as analysis
    from posture_trainer.sources.set_right import Setting, set_right
    from posture_trainer.sources.video_file import VideoFile
    from posture_trainer.tracking.faces import MediaPipeTracker
    from posture_trainer.tracking.upside_down import UpsideDownWatch

    what = analysis.Analysis(out, neutral_seconds, load_baseline(baseline) if baseline else None, baseline, vfov)
    analysis.check_out_folder(out)
    file = VideoFile(video)
    source = set_right(file, Setting(bool(mirrored), bool(upside_down)))
    try:
        with (
            closing(UpsideDownWatch(MediaPipeTracker(), MediaPipeTracker)) as tracker,
            MediaPipeTracker() as second,
            progress_bar("Analysing", file.length_s) as reached,
        ):
            result = analysis.analyze(
                source, tracker, what, lambda t_s: reached(t_s, None), second, faults=file.report.faults
            )
        missing_s = file.shortfall_s()
    finally:
        file.close()
    _print_summary(result.summary, out)
    typer.echo(file.report.used())
    for words in (*file.report.faults(), *result.warnings):
        _say(words)
    if missing_s:
        raise UserError(
            f"{video} stops {missing_s:.1f} s before its end: it is damaged. The log holds what could be read."
        )


@app.command()
def review(
    context: typer.Context,
    patient: Patient = None,
    session: Annotated[
        str | None, typer.Option("--session", help="One session alone, by its folder's name.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the report (the patient's).", show_default=False)
    ] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the report in the browser.")] = False,
    data_dir: DataDir = None,
) -> None:
    """What the session logs say: a table of all patients, or a report about one.

    Example: posture-trainer review --patient anna-1 --open
    """
    from posture_trainer.records.people import checked_code, data_folder
    from posture_trainer.report.command import ReviewCall, run_review
    from posture_trainer.terminal.console import PlainConsole

    code = checked_code(patient) if patient is not None else None
    run_review(ReviewCall(data_folder(data_dir or context.obj), code, session, out, open_page), PlainConsole())


@app.command()
def check(context: typer.Context, source: Source = "0", data_dir: DataDir = None) -> None:
    """Look at this computer: what works, what does not, what to do.

    Example: posture-trainer check
    """
    from rich.table import Table
    from rich.text import Text

    from posture_trainer.records.people import data_folder
    from posture_trainer.self_check import look
    from posture_trainer.terminal.console import PlainConsole

    findings = look(data_folder(data_dir or context.obj), source)
    table = Table(show_header=False, box=None)
    for finding in findings:
        state = "good" if finding.good else "FAULT" if finding.needed else "missing"
        table.add_row(state, finding.what, Text(finding.words))
    PlainConsole().print(table)
    if any(finding.needed and not finding.good for finding in findings):
        raise UserError("This computer can't run the mirror yet: see the lines marked FAULT.")


cli_exchange.register(app)
cli_plans.register(app)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives back the exit code. Says errors in one or two lines, never with a traceback."""
    quiet_native_libraries()
    with plain_terminal():
        return _run(list(sys.argv[1:] if arguments is None else arguments))


def _run(given: list[str]) -> int:
    commands = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}
    options_only = not given or given[0].startswith("-")
    if options_only and not commands.intersection(given) and not {"--help", "--version"}.intersection(given):
        given.insert(0, "practice")
    try:
        outcome = app(given, standalone_mode=False, prog_name="posture-trainer")
    except UserError as error:
        _say(str(error))
        return error.exit_code
    except typer.Abort:
        return 1
    except KeyboardInterrupt:
        return 1
    except Exception as error:
        words = getattr(error, "format_message", None)
        if words is None:
            _say(unforeseen_words(error, given))
            return 1
        _say(f"{words()} Try: posture-trainer --help")
        return 2
    return outcome if isinstance(outcome, int) else 0


def _practise(
    command: str,
    patient: str | None,
    plan: str | None,
    source: str,
    seconds: float | None,
    data_dir: Path | None,
    no_window: bool,
    mute: bool,
    told: "dict[str, float | bool]",
) -> None:
    from posture_trainer.feedback import FeedbackSettings
    from posture_trainer.pose.target import NEUTRAL
    from posture_trainer.records.baseline_files import latest_baseline
    from posture_trainer.records.people import DEMO, GUEST, checked_code, data_folder, patient_folder
    from posture_trainer.session.practice import Practice, practise
    from posture_trainer.session.todays_plan import settings_of, todays_plan
    from posture_trainer.sources.open_source import open_source

    code = checked_code(patient) if patient is not None else DEMO if command == "demo" else GUEST
    data = data_folder(data_dir)
    folder = patient_folder(data, code)
    known = latest_baseline(folder) if patient is not None else None
    own = settings_of(folder, demo=command == "demo")
    target = (known[1].target if known else None) or NEUTRAL
    todays = todays_plan(folder, plan, own, target)
    session = Practice(
        command=command,
        patient=code,
        folder=folder,
        baseline=known[1] if known else None,
        baseline_file=known[0] if known else None,
        keep_baseline=patient is not None,
        seconds=seconds,
        settings=FeedbackSettings(tolerances=own.all_tolerances(), target=target),
        plan=todays,
    )
    opened = open_source(source, repeat=command == "demo" and todays is not None and not todays.open_ended)
    if todays is not None and patient is not None and opened.live and not no_window:
        session = replace(session, questions=own)
    with _stage(opened, no_window, mute, data, told) as devices:
        devices.controls = replace(devices.controls, volume=own.sound.volume, voice=own.sound.spoken)
        devices.cue_tones = own.sound.cues
        summary = practise(devices, session)
    if summary is not None:
        _print_summary(summary, folder)


def _told(vfov: float | None, mirrored: bool | None, upside_down: bool | None) -> "dict[str, float | bool]":
    """What was told of the camera in this call, by the keys that it is kept under."""
    said = {"vfov_deg": vfov, "mirrored": mirrored, "upside_down": upside_down}
    return {key: value for key, value in said.items() if value is not None}


@contextmanager
def _stage(
    source: "FrameSource", no_window: bool, mute: bool, data: Path, told: "dict[str, float | bool]"
) -> "Iterator[Devices]":
    """The live things of a session, closed whatever happens. told: of the camera, as in `known_camera`."""
    from posture_trainer.records.known_cameras import KnownCamera, known_camera
    from posture_trainer.screen.window import NoWindow as Unseen
    from posture_trainer.screen.window import PygameWindow
    from posture_trainer.session.devices import Devices
    from posture_trainer.sound.player import open_sounds
    from posture_trainer.sources.frame_reader import FrameReader
    from posture_trainer.sources.set_right import Setting, set_right
    from posture_trainer.tracking.faces import MediaPipeTracker
    from posture_trainer.tracking.live import LiveTracking
    from posture_trainer.tracking.upside_down import UpsideDownWatch

    try:
        known = known_camera(data, source.info.name, told) if source.live else KnownCamera().model_copy(update=told)
        window = Unseen() if no_window else PygameWindow()
    except UserError:
        source.close()
        raise
    source = set_right(source, Setting(known.mirrored, known.upside_down))
    reader = FrameReader(source)
    tracking = LiveTracking(reader, lambda: UpsideDownWatch(MediaPipeTracker(), MediaPipeTracker))
    devices = Devices(source, reader, tracking, window, open_sounds(mute), _say)
    devices.known_vfov_deg = known.vfov_deg
    try:
        yield devices
    finally:
        devices.close()


def _print_summary(summary: "Summary", folder: Path) -> None:
    from posture_trainer.session.practice import summary_words

    for line in summary_words(summary, folder):
        typer.echo(line)


def _say(words: str) -> None:
    typer.echo(f"posture-trainer: {words}", err=True)
