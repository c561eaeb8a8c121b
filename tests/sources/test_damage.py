"""Damage spoils more than the damaged frame: what was made from it, before and after."""

from posture_trainer.sources.damage import Decoded, spoilt


def spoilt_of(script: str) -> str:
    """K a key frame, P from frames before, B from frames before and after; small letters are damaged, x is lost."""
    frames = [
        Decoded(None if what == "x" else what, what.islower(), what in "Kk", what in "Bb") for what in script.split()
    ]
    return " ".join("!" if damaged else "." for _, damaged in spoilt(frames))


def test_nothing_is_marked_without_damage() -> None:
    assert spoilt_of("K B B P B P K P") == ". . . . . . . ."


def test_damage_lasts_until_the_next_key_frame() -> None:
    assert spoilt_of("K P p P P K P") == ". . ! ! ! . ."


def test_frames_that_look_ahead_to_a_damaged_one_are_spoilt_too() -> None:
    assert spoilt_of("K P B B p B P K") == ". . ! ! ! ! ! ."


def test_a_lost_frame_spoils_what_follows() -> None:
    assert spoilt_of("K P x P P K") == ". . ! ! ."


def test_a_damaged_key_frame_helps_nobody() -> None:
    assert spoilt_of("K p k P K") == ". ! ! ! ."


def test_pictures_that_stand_alone_are_marked_alone() -> None:
    assert spoilt_of("K K k K x K") == ". . ! . ."


def test_many_frames_that_look_ahead_are_not_held_for_ever() -> None:
    script = " ".join(["K", *["B"] * 100, "b"])
    marks = spoilt_of(script).split()
    assert len(marks) == 102
    assert marks[:80] == ["."] * 80
    assert marks[-1] == "!"
