"""Tremor on made heads whose answer is known; bench/tremor.py asks the same of many more."""

import numpy as np
import pytest
from made.trembling_heads import Head
from scipy import signal

from posture_trainer.figures.samples import Samples
from posture_trainer.figures.spectrum import EVEN_HZ, Spectrum, spectrum
from posture_trainer.figures.tremor import Tremor, tremor

ARRAYS = ("t_s", "face", "good", "state", "smoothed", "measured", "position_cm", "unsmoothed")


def told(head: Head, seed: int = 1) -> Tremor:
    return tremor(spectrum(head.samples(seed)))


@pytest.mark.parametrize("hz", [0.5, 0.8, 1.95, 4.0, 8.0])
def test_a_regular_tremor_is_found_at_its_frequency(hz: float) -> None:
    found = told(Head(hz=hz, deg=1.0, axis=2, jitter=0.2, lost=0.02))
    assert (found.told, found.axis, found.lowest_hz) == (True, "flexion", 0.5)
    assert found.peak_hz == pytest.approx(hz, abs=0.05)
    assert found.amplitude_deg == pytest.approx(1.0, abs=0.05), "corrected for the frame rate"
    assert found.regularity == pytest.approx(1.0, abs=0.05)
    assert found.present_share == 1.0


@pytest.mark.parametrize("seed", range(4))
def test_an_irregular_tremor_is_found_and_given_a_band_instead_of_a_frequency(seed: int) -> None:
    found = told(Head(hz=2.0, deg=2.0, wander=0.3), seed)
    assert found.axis == "rotation"
    assert found.peak_hz is None
    assert found.low_hz is not None
    assert found.high_hz is not None
    assert 1.2 < found.low_hz < 2.0 < found.high_hz < 3.2
    assert found.regularity is not None
    assert found.regularity < 0.6
    assert found.amplitude_deg == pytest.approx(2.1, abs=0.4)


@pytest.mark.parametrize(
    ("head", "lowest_hz"),
    [
        (Head(), 0.5),
        (Head(seconds=60.0, fps=12.0), 0.5),
        (Head(pull_deg=12.0), 1.0),
        (Head(pull_deg=25.0, seconds=60.0), 1.0),
        (Head(pull_deg=12.0, even_s=2.0), 1.0),
        (Head(jump_deg=3.0), 0.5),
        (Head(gesture=True), 0.5),
        (Head(drift_deg=5.0), 0.5),
    ],
)
@pytest.mark.parametrize("seed", range(2))
def test_noise_moves_and_drift_are_no_tremor(head: Head, lowest_hz: float, seed: int) -> None:
    found = told(head, seed)
    assert (found.told, found.axis, found.peak_hz) == (True, None, None)
    assert found.lowest_hz == lowest_hz
    assert "no peak" in found.reason


def test_a_tremor_is_found_among_moves_and_their_windows_are_left_out_where_enough_others_are_there() -> None:
    among = told(Head(hz=2.5, deg=0.5, pull_deg=15.0))
    assert (among.axis, among.lowest_hz, among.left_out) == ("rotation", 1.0, 0)
    assert among.peak_hz == pytest.approx(2.5, abs=0.05)
    shaken = told(Head(hz=0.6, deg=1.0, gesture=True))
    assert shaken.peak_hz == pytest.approx(0.6, abs=0.05)
    moved = told(Head(hz=0.6, deg=1.0, pull_deg=12.0, seconds=300.0), 3)
    assert moved.left_out > 0
    assert moved.used_s >= 59.9
    assert moved.peak_hz == pytest.approx(0.6, abs=0.1)


def test_the_fundamental_is_told_and_not_a_larger_overtone() -> None:
    assert told(Head(hz=1.5, deg=1.0, shape="second")).peak_hz == pytest.approx(1.5, abs=0.05)
    slow = told(Head(pull_deg=12.0, even_s=1.5))  # back and forth in 3 s: a third harmonic at 1 Hz
    assert slow.axis is None
    assert "movement of 0.3 Hz" in slow.reason


def test_at_few_frames_a_second_what_could_be_faster_is_refused_or_said() -> None:
    refused = told(Head(hz=8.0, deg=1.0, fps=12.0))
    assert (refused.told, refused.axis, refused.peak_hz) == (False, None, None)
    assert refused.reason == "at 12 frames a second a rhythm of 4.0 Hz and one of 8.0 Hz look the same"
    assert refused.highest_hz == pytest.approx(4.8, abs=0.1)
    warned = told(Head(hz=3.0, deg=1.0, fps=12.0))
    assert warned.peak_hz == pytest.approx(3.0, abs=0.05)
    assert warned.faster_hz == pytest.approx(9.0, abs=0.2)
    apart = told(Head(hz=4.0, deg=1.0, fps=12.0, jitter=0.3))  # uneven steps tell the two apart
    assert apart.peak_hz == pytest.approx(4.0, abs=0.05)
    assert told(Head(hz=4.0, deg=1.0)).faster_hz is None
    assert told(Head(hz=5.5, deg=1.0, fps=12.0)).axis is None


def test_one_gesture_and_a_swing_smaller_than_a_camera_sees_are_none() -> None:
    assert told(Head(hz=4.0, deg=2.0, share=0.25)).axis == "rotation"
    assert told(Head(hz=2.0, deg=0.05)).axis is None


def test_why_it_cannot_be_told() -> None:
    assert "too short: 40 s" in told(Head(seconds=40.0)).reason
    assert told(Head(seconds=60.0)).told
    assert "too few frames" in told(Head(fps=8.0)).reason
    assert "too short: 0" in tremor(spectrum(broken(Head()))).reason


def broken(head: Head) -> Samples:
    """A second without frames every 6 s."""
    samples = head.samples(1)
    rows = samples.t_s % 6 > 1
    return Samples(*(getattr(samples, name)[rows] for name in ARRAYS))


def test_the_average_is_welchs() -> None:
    samples = Head(deg=1.0, wander=0.3, fps=EVEN_HZ).samples(1)
    found = spectrum(samples)
    assert isinstance(found, Spectrum)
    size = round(8 * EVEN_HZ)
    _, power = signal.welch(samples.measured.T, EVEN_HZ, "hann", size, detrend=signal.detrend)
    assert found.power[:, 1:40] * found.kept[1:40] ** 2 == pytest.approx(power[:, 1:40], rel=1e-6)
    assert found.frequency_hz[1] == 0.125


def test_the_frame_rate_keeps_what_straight_lines_between_frames_keep() -> None:
    found = spectrum(Head(fps=20.0).samples(1))
    assert isinstance(found, Spectrum)
    assert float(np.interp(8.0, found.frequency_hz, found.kept)) == pytest.approx(np.sinc(8 / 20) ** 2, abs=1e-3)
