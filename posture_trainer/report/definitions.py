"""What every number on the page means, and where it comes from."""

WHAT_IT_IS_NOT = (
    "This is a record of practice, not a medical device: it diagnoses and treats nothing, and it makes no "
    "promise of benefit."
)

# What a reader on paper needs for the words of the first page; the others stand on the screen alone.
ON_PAPER = (
    "Rotation, tilt, flexion", "Deviation", "How good an angle is", "Hold test", "5 min; pull; when holding",
    "Better, worse, no change that matters, can't be told, too few", "Around an injection", "Healthy people's range",
)  # fmt: skip

DEFINITIONS: tuple[tuple[str, str, str], ...] = (
    (
        "Rotation, tilt, flexion",
        "Degrees from the neutral baseline, in the neutral head's own axes, as the patient sees it: + is turned to "
        "the right, right ear to the right shoulder, chin down.",
        "Order of the ISB for the spine: Wu et al. 2002.",
    ),
    (
        "Deviation",
        "Angle of the whole rotation away from neutral, degrees, never negative.",
        "docs/formats.md",
    ),
    (
        "How good an angle is",
        "A good webcam tracker is off by 2.8–3.9° on average, more beyond about 45°. Putting the head in neutral "
        "again by eye varies by 3° rotation, 5° tilt, 9° flexion; range of motion by 12–20° from day to day.",
        "Cambridge Face Tracker against real data sets; 95 % interval of neutral placement.",
    ),
    (
        "Counted time",
        "Seconds seen: in the states neutral and out, which a face that is turned beyond 45° is too, as out. Not "
        "paused. The time from one frame to the next belongs to the earlier one; a step of more than 0.5 s is a gap "
        "and counts as nothing. A frame without a face never counts as neutral.",
        "Own definition, docs/formats.md.",
    ),
    (
        "Time in tolerance; time outside",
        "Share of the counted time in the states neutral and out, as the cues were decided. Bands of the time "
        "outside: under 25, 25–50, 50–75, over 75 %.",
        "docs/feedback.md; bands after Consky and Lang 1994.",
    ),
    (
        "Median, mean, SD, 5 % and 95 %",
        "Of the smoothed angle over the counted frames of good quality, each frame once. 9 of 10 frames lie between "
        "the 5 % and the 95 % value. Of a face turned beyond 45° only the side is certain: in the median and the 5 and "
        "95 % values of rotation and deviation it counts as at least 45°, and “≥” or “≤” says that a value rests on "
        "such a frame. It is in no mean and no SD.",
        "Usual statistics.",
    ),
    (
        "Symmetry",
        "(Counted time beyond the + edge of the tolerance then in force − time beyond the − edge) / both: +1 only "
        "right or chin down, −1 only left or chin up, 0 both alike.",
        "Own definition.",
    ),
    (
        "Longest hold in practice",
        "The longest time in tolerance without a break, hold tests included, seconds.",
        "Own definition.",
    ),
    (
        "Hold test",
        "Seconds within 10° of neutral without hands or cues, at most 60, mean of the tries. Bands: > 60, 46–60, "
        "31–45, 16–30, ≤ 15 s.",
        "After Consky and Lang 1994; not a score.",
    ),
    (
        "Excursion",
        "A stay outside the tolerance, from the first frame out until the head is well inside again for a moment, "
        "so that a tremor across the edge is one. Length in seconds; peak: largest deviation; “≥”: turned beyond 45°.",
        "docs/feedback.md.",
    ),
    (
        "Return time, peak speed",
        "Seconds from an excursion's peak to being back in neutral; largest speed of the head on that way (angle "
        "of the whole rotation by time, over frames of good quality). Medians over the returns that were seen.",
        "Own definition.",
    ),
    (
        "Smoothness (SPARC)",
        "Spectral arc length of the speed on the way back, no unit: below 0, nearer to 0 is smoother. One smooth "
        "stroke has about −1.4 to −1.6. Median over the returns.",
        "Balasubramanian et al. 2015, J NeuroEng Rehabil 12:112.",
    ),
    (
        "Angle bands",
        "Share of the counted time of good quality by whole degrees: rotation 1–22, 23–45, 46–67, 68–90; tilt 1–15, "
        "16–35, over 35, whatever the side. Over 45°: turned further than can be measured well. Bands of angles, not a "
        "clinical score.",
        "After Consky and Lang 1994.",
    ),
    (
        "Tremor",
        "Measured angles before any smoothing, in windows of 8 s that overlap by half, at least 60 s in all; windows "
        "in which the head went to another place are left out. Looked at from 0.5 to 10 Hz, at most 0.4 of the frame "
        "rate. A tremor is a band with at least 5 times the power on both sides of it, in at least a fifth of the "
        "windows. Regularity: how like each swing is to the one before, 0 to 1; from 0.75 on a frequency is given, "
        "below it the band with the middle two thirds of the power. That a camera finds the frequency was shown for "
        "hands; for heads only on made clips. Amplitude: half of peak to peak of a swing of that power, corrected for "
        "the frame rate, indicative only. In 93 patients the mean peak was 1.95 ± 0.94 Hz.",
        "Welch 1967; Lomb 1976 (faster rhythms that look the same); Vu 2022; the thresholds are our own.",
    ),
    (
        "Frames of good quality",
        "Share of all frames outside pauses, those without a face included, that are of good quality. (good_share in "
        "summary.json and the exports is the share among the frames with a face.)",
        "Own definition.",
    ),
    (
        "Off the middle",
        "Share of the counted time of good quality with the head "
        "more than 10 cm sideways or 8 cm up or down from the baseline's "
        "place: there a slide without a turn reads as about 5°.",
        "How the tracker's picture geometry turns a slide into a turn.",
    ),
    (
        "5 min; pull; when holding",
        "What is compared from session to session is looked at in the first five counted minutes of the mirror without "
        "another task (if there are under 30 s of it, of the holds), and only with sessions of the same kind of time. "
        "Pull: median deviation of the time out of tolerance then; of a head that was hardly ever out, of its furthest "
        "tenth. When holding: of the time in tolerance. Longest hold: only of sessions with the whole five minutes.",
        "Own definitions, figures/mirror_time.py.",
    ),
    (
        "Better, worse, no change that matters, can't be told, too few",
        "From all comparable sessions: the change from their first third to their last, with its 95 % interval. "
        "Better or worse: at most one in ten unchanged records, with spells of up to ten days and on these days, looks "
        "so changed, all figures taken together, and the change is large enough to matter (3° of pull or "
        "deviation, 5 s of a hold, 10 points of time in tolerance, 10 of 100 in a rating). No change that matters: the "
        "whole interval is smaller than that. Can't be told: neither. Too few: under 8 sessions or a week. Detectable: "
        "a smaller change could have stayed unseen. Angles are compared over a new neutral with what its placement may "
        "add (95 %: rotation 3°, tilt 5°, flexion 9°), with other tolerances not; time in tolerance not over a new "
        "neutral; hold tests and ratings always.",
        "docs/report-method.md; Holm 1979; what matters is our own, 3° after the error of a good webcam tracker.",
    ),
    (
        "Around an injection",
        "Days 0–7 after it are week 1, day 14 is in week 2. What it did: the mean of a smooth course over weeks 3–6 "
        "against the 4 weeks before. Begun and half gone: where that course passes half of its largest value. Change "
        "over a longer time is told of sessions at the same phase of two or more cycles alone.",
        "docs/report-method.md.",
    ),
    (
        "Healthy people's range",
        "Means of both ways together, of the head on the trunk. Women: Active head and cervical range of motion: "
        "effect of age in healthy females, Spine, August 2009. Men: Sforza et al. 2002. Over 50 all directions but "
        "extension and tilt are clearly smaller than in the decade before, alike in both sexes (400 people; Swinkels "
        "and Swinkels-Meewisse 2014); at 70 to 90 there was about 25 % less rotation, 22 % less tilt, 12 % less "
        "flexion and 32 % less extension than at 20 to 30 (73 people; Kuhlman 1993). A webcam measures up to 45° each "
        "way and sees the trunk move too, and from day to day range varies by 12–20°: to be read beside the figures, "
        "not as a limit.",
        "Clin Biomech 17:611; Spine 39:362; Arch Phys Med Rehabil, doi 10.1016/0003-9993(93)90064-H.",
    ),
    (
        "Days",
        "Calendar days where the patient is: in the time zone that each session's header states (of older "
        "sessions in that of this computer). A day has practice when one of its sessions came to its end or has two "
        "minutes of counted time. A plan asks for its days of a week, whichever they are, from its first session on; "
        "of the last 28 days each counts a seventh of that (20 for five days a week). A week that reached its days has "
        'no day "asked, none"; any other has as many as were missing.',
        "docs/formats.md",
    ),
)
