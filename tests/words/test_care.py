"""What is said to somebody who is not well, and which number is shown."""

import pytest

from posture_trainer.words.care import Care, Numbers, care_text, spoken_care
from posture_trainer.words.emergency import ANY_NUMBER, emergency_number


@pytest.mark.parametrize(
    ("locale", "utc_offset_h", "number"),
    [
        ("de_DE", 1, "112"),
        ("de_AT.UTF-8", 2, "112"),
        ("pt_PT@euro", -1, "112"),
        ("en_GB", 0, "999"),
        ("English_United Kingdom", 1, "999"),
        ("en_US", -5, "911"),
        ("English_United States", -10, "911"),
        ("fr_CA", -3.5, "911"),
        ("en_AU", 10, "000"),
        ("en_NZ", 13, "111"),
        ("en_US", 1, ANY_NUMBER),
        ("en_GB", 8, ANY_NUMBER),
        ("ja_JP", 9, ANY_NUMBER),
        ("C", 0, ANY_NUMBER),
        ("", 0, ANY_NUMBER),
    ],
)
def test_the_emergency_number_is_of_the_country_where_the_clock_agrees(
    locale: str, utc_offset_h: float, number: str
) -> None:
    assert emergency_number(locale, utc_offset_h) == number


def test_the_texts_are_those_of_the_safety_rules() -> None:
    numbers = Numbers("0123 456", "112")
    assert care_text(Care.A, numbers).words == (
        "Stop. Sit or lie down. Call 112 now, or have someone call. Do not drive. Do this even if it passes."
    )
    assert care_text(Care.B, numbers).words == (
        "No practice today. Call your clinic or doctor today: 0123 456. If you choke, cannot swallow, struggle to "
        "breathe or get worse, call 112."
    )
    assert care_text(Care.C, numbers).words == (
        "That is enough for today. Rest your head against something. If it is not better tomorrow, tell your therapist."
    )
    assert (care_text(Care.A, numbers).number, care_text(Care.B, numbers).number) == ("112", "0123 456")


def test_without_a_number_the_text_says_so_plainly() -> None:
    text = care_text(Care.B, Numbers())
    assert text.lines[0] == "Call your clinic or doctor today. Their number is not entered here."
    assert spoken_care()["care_b"].startswith("No practice today. Call your clinic or doctor today. If you choke")
    assert text.number == ""
    assert "call 112, 999 or 911." in text.lines[1]
