"""The squares that the face networks see: where they lie, and back from them to the picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posture_trainer.pose.canonical_face import canonical_face
from posture_trainer.tracking.crops import CROP_PX, Array, Crop, mirrored, mirrored_crop
from posture_trainer.tracking.windows import window

crops = st.builds(
    Crop, st.floats(150, 490), st.floats(150, 330), st.floats(60, 250), st.floats(-np.pi, np.pi, exclude_min=True)
)


def face_at(x: float, y: float, size_px: float, turn: float) -> Array:
    """Landmarks of a made face, in pixels."""
    flat = np.concatenate([canonical_face(), np.zeros((10, 3))]) * (1, -1, -1) * size_px / 15
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.column_stack([flat[:, :2] @ rotation.T + (x, y), flat[:, 2]])


@given(crops)
def test_what_is_cut_out_lies_where_it_is_said_to_lie(crop: Crop) -> None:
    """In this picture blue tells the place across and green the place down."""
    across, down = np.meshgrid(np.arange(640) * 255 / 640, np.arange(480) * 255 / 480)
    picture = np.stack([across, down, np.zeros_like(across)], axis=2).round().astype(np.uint8)
    seen = crop.cut(picture)
    for column, row in ((128, 128), (60, 100), (200, 220)):
        share = np.array([[column / CROP_PX - 0.5, row / CROP_PX - 0.5, 0.1]])
        x, y, z = crop.in_picture(share)[0]
        if 2 < x < 637 and 2 < y < 477:
            _, green, blue = seen[row, column].astype(float)
            assert (x, y) == pytest.approx((blue * 640 / 255, green * 480 / 255), abs=3.5)
        assert z == pytest.approx(0.1 * crop.side_px)


@given(st.floats(-3, 3), st.floats(60, 300))
def test_a_crop_follows_the_face_with_half_as_much_again_around_it(turn: float, size_px: float) -> None:
    upright, turned = (Crop.around_face(face_at(320, 240, size_px, each)) for each in (0.0, turn))
    assert turned.turn - upright.turn == pytest.approx(turn)
    assert turned.side_px == pytest.approx(upright.side_px)
    box = np.ptp(face_at(320, 240, size_px, 0.0)[:, :2], axis=0).max()
    assert upright.side_px == pytest.approx(1.5 * box)


def test_the_outside_of_the_picture_goes_on_as_its_rim() -> None:
    picture = np.zeros((100, 100, 3), np.uint8)
    picture[:, 0] = (10, 20, 30)
    assert (Crop(-200.0, 50.0, 80.0, 0.0).cut(picture) == (30, 20, 10)).all()


def test_in_a_mirror_each_landmark_is_its_partner() -> None:
    crop = Crop(320, 240, 300, 0.0)
    shares = (face_at(320, 240, 200, 0.0) - (320, 240, 0)) / crop.side_px
    shares[468:] = 0
    as_mirrored = mirrored(shares)
    assert np.abs(as_mirrored[:468] - shares[:468]).max() < 0.01, "this face is its own mirror image"
    assert mirrored(mirrored(shares)) == pytest.approx(shares, abs=1e-9)
    picture = np.random.default_rng(1).integers(0, 256, (CROP_PX, CROP_PX, 3), dtype=np.uint8)
    assert (mirrored_crop(picture)[:, 5] == picture[:, CROP_PX - 6]).all()


def test_two_crops_are_on_one_face_or_on_two() -> None:
    assert Crop(100, 100, 90, 0.0).is_on(Crop(120, 110, 80, 1.0))
    assert not Crop(100, 100, 90, 0.0).is_on(Crop(190, 100, 90, 0.0))


def test_the_windows_show_all_of_the_picture_and_the_last_place_first() -> None:
    picture = np.zeros((48, 64, 3), np.uint8)
    for look in range(34):
        part, across, down = window(picture, None, look)
        assert part.size
        picture[down : down + part.shape[0], across : across + part.shape[1]] = 255
    assert picture.min() == 255
    part, across, down = window(picture, Crop(40, 20, 10, 0.0), 0)
    assert across <= 32
    assert down <= 12
    assert part.shape[1] == 16
    assert window(picture, Crop(-90, 20, 10, 0.0), 0)[0].size, "a face that went out of the picture"
