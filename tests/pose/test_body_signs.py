import pytest

from posture_trainer.pose.trunk.follow import TrunkSample
from posture_trainer.pose.trunk.shoulders import TrunkFigures
from posture_trainer.pose.trunk.signs import BodySign, BodySigns, TrunkLimits


def trunk(turn_deg: float = 0.0, line_deg: float = 0.0) -> TrunkSample:
    return TrunkSample(TrunkFigures(line_deg, turn_deg, 0.0, 0.0, 0.0, 0.0), None, True)


def shown(signs: BodySigns, sample: TrunkSample | None, seconds: float = 3.0, straight: bool = True) -> BodySign | None:
    found = None
    for step in range(int(seconds * 10) + 1):
        found = signs.after(step / 10, straight, sample)
    return found


@pytest.mark.parametrize(
    ("sample", "sign"),
    [
        (trunk(turn_deg=10.0), BodySign.BODY_LEFT),
        (trunk(turn_deg=-10.0), BodySign.BODY_RIGHT),
        (trunk(line_deg=8.0), BodySign.RIGHT_SHOULDER),
        (trunk(line_deg=-8.0), BodySign.LEFT_SHOULDER),
        (trunk(turn_deg=10.0, line_deg=8.0), BodySign.BODY_LEFT),
        (trunk(turn_deg=7.0, line_deg=5.0), None),
        (TrunkSample(None, None, True), None),
        (None, None),
    ],
)
def test_the_way_back_one_at_a_time(sample: TrunkSample | None, sign: BodySign | None) -> None:
    assert shown(BodySigns(TrunkLimits()), sample) is sign


def test_nothing_is_told_where_it_is_not_wanted() -> None:
    assert shown(BodySigns(None), trunk(turn_deg=30.0)) is None
    assert not BodySigns(None).sit_back(10.0, TrunkSample())


def test_the_head_comes_first() -> None:
    assert shown(BodySigns(TrunkLimits()), trunk(turn_deg=30.0), straight=False) is None


def test_a_moment_beyond_the_limit_is_not_told_and_a_sign_stays_until_well_inside() -> None:
    signs = BodySigns(TrunkLimits())
    assert shown(signs, trunk(turn_deg=10.0), seconds=1.5) is None
    assert signs.after(2.1, True, trunk(turn_deg=10.0)) is BodySign.BODY_LEFT
    assert signs.after(2.2, True, trunk(turn_deg=6.0)) is BodySign.BODY_LEFT
    assert signs.after(2.3, True, trunk(turn_deg=4.0)) is None


def test_to_sit_back_is_said_once_and_only_after_a_while() -> None:
    signs, low = BodySigns(TrunkLimits()), TrunkSample(None, None, False)
    told = [step / 10 for step in range(200) if signs.sit_back(step / 10, low)]
    assert told == [pytest.approx(5.0)]
