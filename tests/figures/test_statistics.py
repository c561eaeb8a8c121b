"""The statistics of a session, on signals whose answers are known by construction."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from posture_trainer.errors import UserError
from posture_trainer.feedback import time_in_tolerance
from posture_trainer.figures import angle_figures, bands, excursions, movement, practice_time, trust
from posture_trainer.figures.samples import Floats, Samples
from posture_trainer.figures.spectrum import spectrum
from posture_trainer.figures.tremor import tremor
from posture_trainer.records.samples_file import load_samples

HEADER = (
    "t_s,face,rotation_deg,tilt_deg,flexion_deg,deviation_deg,measured_rotation_deg,measured_tilt_deg,"
    "measured_flexion_deg,x_cm,y_cm,z_cm,state"
)


def made(
    t_s: Floats | list[float],
    rotation_deg: Floats | list[float] | float = 0.0,
    state: str | list[str] = "neutral",
    good: list[bool] | None = None,
    flexion_deg: Floats | float = 0.0,
    x_cm: float = 0.0,
    y_cm: float = 0.0,
    unsmoothed: bool = True,
) -> Samples:
    """Samples with this rotation and flexion; measured and smoothed are the same."""
    times = np.asarray(t_s, dtype=float)
    count = len(times)
    angles = np.zeros((count, 4))
    angles[:, 0], angles[:, 2] = rotation_deg, flexion_deg
    angles[:, 3] = np.hypot(angles[:, 0], angles[:, 2])
    fine = np.ones(count, dtype=bool) if good is None else np.array(good)
    angles[~fine] = np.nan
    states = np.array([state] * count if isinstance(state, str) else state)
    position = np.tile([x_cm, y_cm, 0.0], (count, 1))
    return Samples(times, fine, fine, states, angles, angles[:, :3], position, np.full(count, unsmoothed))


def longest_hold_s(samples: Samples) -> float:
    return practice_time.longest_hold(samples)[1]


def regular(seconds: float, rate_hz: float = 30.0) -> Floats:
    return np.arange(round(seconds * rate_hz)) / rate_hz


# --- time -------------------------------------------------------------------------------------------------------


def test_the_time_to_the_next_row_belongs_to_the_earlier_one() -> None:
    samples = made([0.0, 0.1, 0.4, 0.5, 2.0, 2.2], state=["neutral", "out", "out", "neutral", "neutral", "out"])
    assert practice_time.neutral_s(samples) == pytest.approx(0.1 + 0.2)
    assert practice_time.out_s(samples) == pytest.approx(0.3 + 0.1)
    assert time_in_tolerance(practice_time.neutral_s(samples), practice_time.out_s(samples)) == pytest.approx(0.3 / 0.7)
    ((start_s, length_s),) = trust.gaps_s(samples)
    assert (start_s, length_s) == pytest.approx((0.5, 1.5))


def test_a_row_that_is_not_good_never_counts_as_neutral() -> None:
    samples = made([0.0, 0.2, 0.4, 0.6], state="neutral", good=[True, False, False, True])
    assert practice_time.neutral_s(samples) == pytest.approx(0.2)
    assert trust.usable_share(samples) == 0.5


def test_nothing_is_said_of_nothing() -> None:
    empty = made([])
    assert time_in_tolerance(practice_time.neutral_s(empty), practice_time.out_s(empty)) is None
    assert trust.usable_share(empty) is None
    assert trust.face_share(empty) is None
    assert trust.frame_rate_hz(empty) is None
    assert trust.off_middle_share(empty) is None
    assert angle_figures.angle_figures(empty.t_s) is None
    assert excursions.excursions(empty) == []
    assert longest_hold_s(empty) == 0
    assert bands.angle_band_shares(empty, "tilt") == []
    assert not tremor(spectrum(empty)).told
    assert movement.return_figures(empty, []).returns == 0


def test_a_hold_ends_at_a_gap_a_lost_face_and_out() -> None:
    times = [0.0, 0.3, 0.6, 0.9, 2.0, 2.4, 2.8, 3.2]
    assert longest_hold_s(made(times)) == pytest.approx(1.2)
    lost = made(times, good=[True] * 5 + [False] + [True] * 2)
    assert longest_hold_s(lost) == pytest.approx(0.9)


splits = st.lists(
    st.tuples(st.floats(0.01, 1.0), st.sampled_from(["neutral", "out", "paused", "no_face"]), st.booleans()),
    min_size=2,
    max_size=60,
).flatmap(lambda rows: st.tuples(st.just(rows), st.integers(0, len(rows) - 1)))


@given(splits)
def test_splitting_a_session_leaves_the_sums_the_same(drawn: tuple[list[tuple[float, str, bool]], int]) -> None:
    rows, where = drawn
    times = np.cumsum([step for step, _, _ in rows])
    whole = made(times, 7.0, [state for _, state, _ in rows], [good for _, _, good in rows])
    parts = whole.between(0, where + 1), whole.between(where, len(rows))  # the row in the middle ends one, begins one
    for total in (practice_time.neutral_s, practice_time.out_s):
        assert sum(total(part) for part in parts) == pytest.approx(total(whole), abs=1e-9)
    shares = bands.angle_band_shares(whole, "rotation")
    assert sum(share.share for share in shares) == pytest.approx(1.0 if shares else 0.0)
    assert max(map(longest_hold_s, parts)) <= longest_hold_s(whole) + 1e-9
    assert longest_hold_s(whole) <= practice_time.neutral_s(whole) + 1e-9
    lengths = sum(excursion.length_s for excursion in excursions.excursions(whole))
    assert lengths <= times[-1] - times[0] + 1e-9


@given(splits)
def test_holds_and_excursions_are_those_of_a_walk_from_row_to_row(
    drawn: tuple[list[tuple[float, str, bool]], int],
) -> None:
    """The same again, slowly: one row after the other, as a person would with a pencil."""
    rows, _ = drawn
    times = np.cumsum([step for step, _, _ in rows])
    samples = made(times, 7.0, [state for _, state, _ in rows], [good for _, _, good in rows])
    held = longest = 0.0
    out: list[tuple[float, float, bool]] = []
    begun_s = last_s = None
    for row, (_, state, good) in enumerate(rows):
        step = times[row + 1] - times[row] if row + 1 < len(rows) else 9.0
        held = held + step if good and state == "neutral" and step <= 0.5 else 0.0
        longest = max(longest, held)
        if state == "paused" or (last_s is not None and times[row] - last_s > 0.5):
            out += [(begun_s, last_s, False)] if begun_s is not None and last_s is not None else []
            begun_s = last_s = None
        if good and state in ("neutral", "out"):
            if state == "neutral" and begun_s is not None:
                out, begun_s = [*out, (begun_s, float(times[row]), True)], None
            elif state == "out" and begun_s is None:
                begun_s = float(times[row])
            last_s = float(times[row])
    out += [(begun_s, last_s, False)] if begun_s is not None and last_s is not None else []
    assert longest_hold_s(samples) == pytest.approx(longest)
    found = excursions.excursions(samples)
    assert [(each.start_s, each.ended is excursions.Excursion.RETURNED) for each in found] == [
        (start_s, back) for start_s, _, back in out
    ]
    assert [each.length_s for each in found] == pytest.approx([end_s - start_s for start_s, end_s, _ in out])


# --- angles -----------------------------------------------------------------------------------------------------


def test_figures_of_an_angle() -> None:
    figures = angle_figures.angle_figures(np.arange(101, dtype=float))
    assert figures is not None
    assert (figures.median_deg, figures.mean_deg, figures.p5_deg, figures.p95_deg) == (50, 50, 5, 95)
    assert figures.sd_deg == pytest.approx(np.sqrt((101**2 - 1) / 12))


def test_symmetry_is_the_side_on_which_the_head_leaves() -> None:
    samples = made(regular(4), np.repeat([10.0, 0.0, -10.0, 10.0], 30))
    rotation = samples.angle_deg("rotation")
    assert angle_figures.symmetry(samples, rotation, (5.0, 5.0)) == pytest.approx(1 / 3, abs=0.01)
    assert angle_figures.symmetry(samples, rotation, (5.0, 11.0)) == 1
    assert angle_figures.symmetry(samples, rotation, (11.0, 11.0)) is None


def test_off_the_middle_is_measured_from_the_baseline() -> None:
    assert trust.off_middle_share(made(regular(1), x_cm=10.5)) == 1
    assert trust.off_middle_share(made(regular(1), y_cm=-8.5)) == 1
    assert trust.off_middle_share(made(regular(1), x_cm=-9.5, y_cm=7.5)) == 0


@pytest.mark.parametrize(
    ("axis", "angle_deg", "band"),
    [
        ("rotation", 0.4, "under 1°"),
        ("rotation", -22.4, "1–22°"),
        ("rotation", 22.5, "23–45°"),
        ("rotation", 67.6, "68–90°"),
        ("tilt", 15.4, "1–15°"),
        ("tilt", -16.0, "16–35°"),
        ("tilt", 36.0, "over 35°"),
    ],
)
def test_angle_bands(axis: str, angle_deg: float, band: str) -> None:
    assert bands.angle_band(axis, angle_deg) == band


def test_shares_of_angle_bands() -> None:
    shares = {
        share.band: share.share
        for share in bands.angle_band_shares(made(regular(4), np.repeat([0.0, 10.0, -30.0, 30.0], 30)), "rotation")
    }
    assert shares["1–22°"] == pytest.approx(0.25, abs=0.01)
    assert shares["23–45°"] == pytest.approx(0.5, abs=0.01)
    assert shares["68–90°"] == 0


def test_bands_of_time_out() -> None:
    shares = [0.24, 0.25, 0.5, 0.75, 0.76]
    assert [bands.out_share_band(share) for share in shares] == [
        "under 25 %", "25–50 %", "50–75 %", "50–75 %", "over 75 %",
    ]  # fmt: skip


# --- excursions and returns -------------------------------------------------------------------------------------


def returning(seconds: float = 1.0, peak_deg: float = 20.0, rate_hz: float = 30.0) -> tuple[Floats, Floats]:
    """2 s neutral, a jump to the peak, a smooth (minimum jerk) way back, 2 s neutral."""
    share = np.linspace(0, 1, round(seconds * rate_hz) + 1)
    back = peak_deg * (1 - (10 * share**3 - 15 * share**4 + 6 * share**5))
    still = np.zeros(round(2 * rate_hz))
    rotation = np.concatenate((still, back, still))
    return np.arange(len(rotation)) / rate_hz, rotation


def test_an_excursion_its_length_peak_and_return() -> None:
    t_s, rotation = returning()
    (found,) = excursions.excursions(made(t_s, rotation, np.where(rotation > 3, "out", "neutral").tolist()))
    assert found.start_s == pytest.approx(2.0)
    assert found.peak_deg == pytest.approx(20.0)
    back_s = float(t_s[60:][rotation[60:] <= 3][0])
    assert found.return_s == found.length_s == pytest.approx(back_s - 2.0)
    assert found.ended is excursions.Excursion.RETURNED


def test_one_bad_frame_does_not_make_two_excursions_but_a_pause_does() -> None:
    t_s = regular(3)
    states = ["neutral"] * 30 + ["out"] * 40 + ["neutral"] * 20
    good = [True] * 90
    good[50] = False
    assert [round(found.length_s, 2) for found in excursions.excursions(made(t_s, 9.0, states, good))] == [1.33]
    states[50] = "paused"
    first, second = excursions.excursions(made(t_s, 9.0, states))
    assert (first.ended, first.return_s) == (excursions.Excursion.UNSEEN, None)
    assert second.ended is excursions.Excursion.RETURNED
    assert excursions.return_time_s([first]) is None


def test_an_excursion_at_the_end_has_no_return() -> None:
    (found,) = excursions.excursions(made(regular(2), 9.0, ["neutral"] * 30 + ["out"] * 30))
    assert found.return_s is None
    assert found.length_s == pytest.approx(29 / 30)


def test_speed_is_that_of_the_whole_rotation() -> None:
    t_s = np.array([0.0, 0.1, 0.3])
    angles = np.array([[0.0, 0, 0], [3.0, 0, 0], [3.0, 4.0, 0]])
    assert movement.speed_deg_s(t_s, angles) == pytest.approx([30.0, 20.0])


def test_speed_about_all_three_axes_is_that_of_scipys_rotations() -> None:
    angles = np.random.default_rng(1).uniform(-80, 80, (50, 3))
    turned = Rotation.from_euler("XZY", np.column_stack((angles[:, 2], angles[:, 1], -angles[:, 0])), degrees=True)
    expected = np.degrees((turned[:-1].inv() * turned[1:]).magnitude()) / 0.5
    assert movement.speed_deg_s(np.arange(50) / 2, angles) == pytest.approx(expected)


def test_peak_speed_of_a_return_is_that_of_its_curve() -> None:
    t_s, rotation = returning(seconds=1.0, peak_deg=20.0)
    samples = made(t_s, rotation, np.where(rotation > 0.01, "out", "neutral").tolist())
    figures = movement.return_figures(samples, excursions.excursions(samples))
    assert figures.returns == 1
    assert figures.peak_speed_deg_s == pytest.approx(1.875 * 20.0, rel=0.02)  # minimum jerk: 15/8 of the mean speed


def test_smoothness_falls_with_every_stop_and_not_with_size_or_duration() -> None:
    def speed(seconds: float, size: float, stops: int) -> Floats:
        share = np.linspace(0, 1, round(seconds * 100), endpoint=False)
        return np.asarray(size * np.sin(np.pi * (stops + 1) * share) ** 2)

    once = movement.spectral_arc_length(speed(1, 1, 0), 100)
    assert once is not None
    assert -1.8 < once < -1.3  # published for one smooth stroke: about -1.4 to -1.6
    assert movement.spectral_arc_length(speed(1, 50, 0), 100) == pytest.approx(once)
    assert movement.spectral_arc_length(speed(3, 1, 0), 100) == pytest.approx(once, rel=0.05)
    stopping = [movement.spectral_arc_length(speed(2, 1, stops), 100) or 0.0 for stops in range(4)]
    assert stopping == sorted(stopping, reverse=True)
    assert movement.spectral_arc_length(np.zeros(50), 100) is None


# --- reading ----------------------------------------------------------------------------------------------------


def written(folder: Path, rows: list[str], header: str = HEADER) -> Samples:
    (folder / "samples.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return load_samples(folder)


def row(t_s: float, rotation: str = "1.0", face: int = 1, state: str = "neutral", more: str = "") -> str:
    angles = f"{rotation},2,3,4,1,2,3,0.1,0.2,0.3" if face else "," * 9
    return f"{t_s},{face},{angles},{state}{more}"


def test_rows_are_read_and_broken_ones_left_out(tmp_path: Path) -> None:
    whole = written(tmp_path, [row(0), row(0.1, face=0, state="no_face"), row(0.2)])
    assert whole.good.tolist() == [True, False, True]
    assert whole.state.tolist() == ["neutral", "no_face", "neutral"]
    rows = [row(0), "nonsense", row(0.1, "abc"), row(0.2, "nan"), row(0.3, "1e300"), row(0.1), row(0.4), "0.5,1,2"]
    damaged = written(tmp_path, rows)
    assert damaged.t_s.tolist() == [0, 0.1, 0.4]
    assert damaged.good.all()
    assert damaged.smoothed[0].tolist() == [1, 2, 3, 4]
    assert damaged.left_out == 5


@pytest.mark.parametrize("leap", ["-0.1", "0.9", "604800", "1e308", "nan", "inf"])
def test_a_row_whose_time_leaps_takes_no_other_row_with_it(tmp_path: Path, leap: str) -> None:
    rows = [row(0), row(0.1), row(0.2).replace("0.2,", f"{leap},", 1), row(0.3), row(0.4)]
    found = written(tmp_path, rows)
    assert found.t_s.tolist() == [0, 0.1, 0.3, 0.4]
    assert found.left_out == 1


@pytest.mark.parametrize("angle", ["nan", "inf", "-1e308", "180.1", "1\r2", "-"])
def test_a_row_of_angles_that_no_head_has_is_left_out(tmp_path: Path, angle: str) -> None:
    found = written(tmp_path, [row(0), row(0.1, angle), row(0.2)])
    assert found.t_s.tolist() == [0, 0.2]
    assert found.left_out == 1


def test_a_half_written_last_line_is_no_row(tmp_path: Path) -> None:
    (tmp_path / "samples.csv").write_text("\n".join([HEADER, row(0), row(0.1)[:-3]]), encoding="utf-8")
    assert load_samples(tmp_path).t_s.tolist() == [0]


def test_only_good_quality_counts_and_a_missing_column_is_good(tmp_path: Path) -> None:
    rows = [row(0, more=",good"), row(0.1, more=',"too far, really"'), row(0.2, more=",good")]
    assert written(tmp_path, rows, HEADER + ",quality").good.tolist() == [True, False, True]
    assert written(tmp_path, [row(0), row(0.1)]).good.all()


def test_where_the_tracker_smoothed_is_known(tmp_path: Path) -> None:
    rows = [row(0, more=",1"), row(0.1, more=",0"), row(0.2, more=",")]
    assert written(tmp_path, rows, HEADER + ",unsmoothed").unsmoothed.tolist() == [True, False, False]
    assert written(tmp_path, [*rows[:1], "nonsense"], HEADER + ",unsmoothed").unsmoothed.tolist() == [True]
    assert written(tmp_path, [row(0), row(0.1)]).unsmoothed.all()


def test_no_rows_and_no_file(tmp_path: Path) -> None:
    assert len(written(tmp_path, []).t_s) == 0
    with pytest.raises(UserError, match="no column"):
        written(tmp_path, [], "a,b")
    (tmp_path / "samples.csv").unlink()
    with pytest.raises(UserError, match="can't be read"):
        load_samples(tmp_path)
