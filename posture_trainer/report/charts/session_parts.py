"""The smaller charts of one session: where the head was, excursions and returns, the spectrum of its trembling."""

import numpy as np

from posture_trainer.figures.excursions import ExcursionFigures
from posture_trainer.figures.practice_time import measured_well, steps_s
from posture_trainer.figures.samples import AXES, Samples
from posture_trainer.figures.spectrum import HIGHEST_HZ, LOWEST_HZ, Spectrum
from posture_trainer.figures.tolerance_edges import EdgesInForce
from posture_trainer.figures.tremor import Tremor
from posture_trainer.report.charts.parts import HALF, Chart, Drawing, across, foot, frame, plain_ticks, upwards
from posture_trainer.words.directions import AXIS_ENDS, pull_words

_SHADES = ("a-heat1", "a-heat2", "a-heat3", "a-heat4")
_LENGTHS_S = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, float("inf"))
_LENGTH_WORDS = ("<1", "1–2", "2–4", "4–8", "8–15", "15–30", "30–60", ">60")


def head_density(samples: Samples, edges: EdgesInForce) -> Chart:
    """Where the head was: seconds at each rotation and tilt, in squares of a degree or two, with the tolerance."""
    rows = measured_well(samples)
    rotation, tilt, weight_s = (
        samples.angle_deg("rotation")[rows],
        samples.angle_deg("tilt")[rows],
        steps_s(samples)[rows],
    )
    reach = 12.0
    for values in (rotation, tilt):
        if len(values):
            reach = max(reach, float(np.percentile(np.abs(values), 99.5)) + 2)
    step = 1.0 if reach <= 22 else 2.0
    reach = step * np.ceil(min(90.0, reach) / step)
    sides = np.arange(-reach - step / 2, reach + step, step)
    seconds, _, _ = np.histogram2d(tilt, rotation, [sides, sides], weights=weight_s)
    middles = (sides[:-1] + sides[1:]) / 2
    drawing = Drawing(HALF, 310)
    x, y = across(sides[0], sides[-1], 90, 332), upwards(sides[0], sides[-1], 26, 268)
    most_s = max(float(seconds.max()), 1e-9)
    for row, column in zip(*np.nonzero(seconds), strict=True):
        value_s = float(seconds[row, column])
        shade = _SHADES[min(3, int(4 * (value_s / most_s) ** 0.5))]
        title = f"rotation {middles[column]:.0f}°, tilt {middles[row]:.0f}°: {value_s:.1f} s"
        drawing.area(
            (x.px(sides[column]), x.px(sides[column + 1])), (y.px(sides[row]), y.px(sides[row + 1])), shade, title
        )
    frame(drawing, x, y, f"tilt, °  (+ {AXIS_ENDS['tilt'][1]}, − {AXIS_ENDS['tilt'][0]})")
    title = f"rotation, °  (+ {AXIS_ENDS['rotation'][1]}, − {AXIS_ENDS['rotation'][0]})"
    foot(drawing, x, y.first_px, title, plain_ticks(x.ticks(6)))
    for each in edges.judged:
        (right, left), (up, down) = each["rotation"], each["tilt"]
        corners = [(right, up), (right, -down), (-left, -down), (-left, up), (right, up)]
        drawing.line([(x.px(across_deg), y.px(up_deg)) for across_deg, up_deg in corners], "l-orange", 2.5)
    where = {"rotation": float(np.median(rotation)), "tilt": float(np.median(tilt))} if len(rotation) else {}
    spread = np.percentile(np.hypot(rotation, tilt), 90) if len(rotation) else 0.0
    described = (
        f"The head's middle place: {pull_words(where) or 'at neutral'}. Nine tenths of the time within {spread:.0f}° "
        f"of neutral in rotation and tilt together."
    )
    return Chart(described, drawing.svg(described))


def excursion_lengths(found: list[ExcursionFigures]) -> Chart:
    """How many excursions lasted how long."""
    counts = np.histogram([each.length_s for each in found], _LENGTHS_S)[0]
    drawing = Drawing(HALF, 184)
    x, y = across(-0.6, len(counts) - 0.4, 40, HALF - 10), upwards(0, int(counts.max()) * 1.15, 34, 144)
    frame(drawing, x, y, "excursions", plain_ticks(each for each in y.ticks(4) if each == int(each)))
    foot(drawing, x, y.first_px, "they lasted, s", list(enumerate(_LENGTH_WORDS)))
    for place, count in enumerate(counts):
        if count:
            drawing.area((x.px(place) - 16, x.px(place) + 16), (y.px(0), y.px(count)), "a-blue", f"{count}")
            drawing.text(x.px(place), y.px(count) - 4, count, "t-ink", "middle")
    short = sum(each.length_s < 4 for each in found)
    middle_s = float(np.median([each.length_s for each in found]))
    described = f"{len(found)} excursions, {short} of them shorter than 4 s; the median lasted {middle_s:.1f} s."
    return Chart(described, drawing.svg(described))


def excursion_returns(found: list[ExcursionFigures]) -> Chart | None:
    """How long the way back took from how far; None where no way back was seen."""
    back = [(each.peak_deg, each.return_s) for each in found if each.return_s is not None]
    if not back:
        return None
    drawing = Drawing(HALF, 184)
    x = across(0, max(peak for peak, _ in back) * 1.08 or 1.0, 40, HALF - 10)
    y = upwards(0, max(each for _, each in back) * 1.12 or 1.0, 34, 144)
    frame(drawing, x, y, "from the peak back to neutral, s")
    foot(drawing, x, y.first_px, "peak deviation, °")
    for peak_deg, return_s in back:
        drawing.mark(
            x.px(peak_deg), y.px(return_s), "diamond", "a-orange", f"{peak_deg:.1f}°, back after {return_s:.1f} s"
        )
    peak_deg, return_s = (float(np.median([each[place] for each in back])) for place in (0, 1))
    described = f"{len(back)} ways back to neutral: the median took {return_s:.1f} s, from a peak of {peak_deg:.1f}°."
    return Chart(described, drawing.svg(described))


def spectrum_chart(found: Spectrum, told: Tremor) -> Chart:
    """Power of the three measured angles from 0.5 to 10 Hz, with the tremor's peak or, if irregular, its band."""
    inside = (found.frequency_hz >= LOWEST_HZ) & (found.frequency_hz <= HIGHEST_HZ)
    frequency_hz, power = found.frequency_hz[inside], np.maximum(found.power[:, inside], 1e-9)
    drawing = Drawing(HALF, 240)
    x = across(LOWEST_HZ, HIGHEST_HZ, 52, HALF - 10)
    low, high = 10.0 ** np.floor(np.log10(power.min())), 10.0 ** np.ceil(np.log10(power.max()))
    y = upwards(low, max(high, 10 * low), 34, 172, logarithmic=True)
    words = "no tremor stands out"
    if told.peak_hz is not None:
        words = f"peak in {told.axis} at {told.peak_hz:.1f} Hz"
        drawing.line([(x.px(told.peak_hz), 34), (x.px(told.peak_hz), 172)], "l-ink", 1, "5 4")
    elif told.low_hz is not None and told.high_hz is not None:
        words = f"irregular in {told.axis}, {told.low_hz:.1f} to {told.high_hz:.1f} Hz"
        drawing.area((x.px(told.low_hz), x.px(told.high_hz)), (34, 172), "a-aside")
    frame(drawing, x, y, f"power, °²/Hz  ({words})", [(each, f"10{_raised(each)}") for each in y.ticks(5)])
    foot(drawing, x, y.first_px, "frequency, Hz")
    looks = {"rotation": ("l-blue", ""), "tilt": ("l-ink", "2 3"), "flexion": ("l-orange", "7 4")}
    for name, line in zip(AXES, power, strict=True):
        points = [(x.px(float(each)), y.px(float(value))) for each, value in zip(frequency_hz, line, strict=True)]
        drawing.line(points, looks[name][0], 1.8, looks[name][1])
    drawing.key(52, 234, [(f"line {dash}", look, name) for name, (look, dash) in looks.items()])
    strongest = AXES[int(power.max(axis=1).argmax())]
    described = (
        f"Spectrum of the three angles from {LOWEST_HZ:.1f} to {HIGHEST_HZ:.0f} Hz: {words}; most power in {strongest}."
    )
    return Chart(described, drawing.svg(described))


def _raised(value: float) -> str:
    """The power of ten, as small figures above the line."""
    figures = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
    return str(round(np.log10(value))).translate(figures)
