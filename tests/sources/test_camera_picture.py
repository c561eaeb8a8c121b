"""Whatever a camera's driver gives becomes a picture, or is refused."""

from typing import Any

import cv2
import numpy as np
import pytest
from made.video import colours, corners

from posture_trainer.sources.camera_picture import bgr_picture, plausible_rate_hz


def yuyv(picture: Any) -> Any:
    """Two channels as drivers give them: brightness, and the two colours in turn."""
    whole = cv2.cvtColor(picture, cv2.COLOR_BGR2YUV)
    packed = np.dstack([whole[:, :, 0], whole[:, :, 1]])
    packed[:, 1::2, 1] = whole[:, ::2, 2]
    return packed


def test_pictures_of_every_kind_are_converted() -> None:
    picture = corners()
    assert bgr_picture(picture) is picture
    for given in (
        cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA),
        yuyv(picture),
        picture.astype(np.uint16) << 8,
    ):
        found = bgr_picture(given)
        assert found.shape == picture.shape
        assert found.dtype == np.uint8
        assert colours(found) == "rgbx"
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    for given in (grey, grey[:, :, None]):
        assert np.array_equal(bgr_picture(given)[:, :, 1], grey)


@pytest.mark.parametrize(
    "given",
    [None, np.zeros((0, 0, 3), np.uint8), np.zeros((1, 1, 3), np.uint8), np.zeros((48, 0, 3), np.uint8),
     np.zeros((48, 64, 5), np.uint8), np.zeros((48, 63, 2), np.uint8), np.zeros((48, 64, 3), np.float32),
     np.zeros(100, np.uint8), "picture"],
)  # fmt: skip
def test_what_is_no_picture_is_refused(given: object) -> None:
    with pytest.raises(ValueError, match="picture"):
        bgr_picture(given)


@pytest.mark.parametrize("rate_hz", [float("nan"), float("inf"), -1.0, 0.0, 0.5, 1e9])
def test_a_rate_that_no_camera_has_is_none(rate_hz: float) -> None:
    assert plausible_rate_hz(rate_hz) is None
    assert plausible_rate_hz(29.97) == 29.97
