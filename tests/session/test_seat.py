"""The seat before any session: the live picture with the frame, until the face is well in it; nothing is recorded."""

from pathlib import Path

from test_live_session import NEUTRAL, Room

from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import PlacementView
from posture_trainer.session.front.seat import THEN
from posture_trainer.session.parts.placement import placement_part


def test_the_frame_goes_by_itself_once_the_face_is_well_in_it(tmp_path: Path) -> None:
    at = Room(tmp_path, lambda t: None if t < 2 else NEUTRAL)
    at.devices.reader.start()
    placed = placement_part(at.devices, then=THEN)
    views = at.views(PlacementView)
    assert placed is not None
    assert placed.lacking == ()
    assert views[-1].picture_bgr is not None
    assert len(views[-1].faces) == 1
    assert {view.then for view in views} == {THEN}
    assert at.clock() < 6
    assert not (tmp_path / "sessions").exists()


def test_escape_leaves_it(tmp_path: Path) -> None:
    at = Room(tmp_path, lambda _t: None, {1.0: Key.STOP})
    at.devices.reader.start()
    assert placement_part(at.devices, then=THEN) is None
