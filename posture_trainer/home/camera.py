"""Which camera, and what to do where there is none."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from posture_trainer.errors import UserError
from posture_trainer.home.room import Room
from posture_trainer.home.screen import Go, Instead, Move, Screen
from posture_trainer.pages.front import camera as pages
from posture_trainer.pages.front.home import DEMO
from posture_trainer.pages.front.page import PageView, Press
from posture_trainer.pages.views import Picture
from posture_trainer.sources.camera import camera_names

if TYPE_CHECKING:
    from posture_trainer.sources.frame_reader import FrameReader
    from posture_trainer.sources.frames import FrameSource

LOOK_EVERY_S = 4.0
_MOST, _MOST_LARGE = 3, 2  # pictures beside one another


class NoCameraScreen(Screen):
    """No camera can be used. again: tries once more what was wanted. demo: shows the clip instead, None where a clip is
    no help. It looks by itself from time to time."""

    help_title = "No camera yet"
    help = ("The mirror needs a camera.", "Try the three things, one by one.", "Then press Try again.")

    def __init__(self, room: Room, again: Callable[[], Go], demo: Callable[[], Go] | None) -> None:
        super().__init__(room)
        self._again, self._demo = again, demo
        self._looked_s = room.clock()
        self._were = set(camera_names())

    def view(self) -> PageView:
        """What to try."""
        return pages.no_camera_view(sys.platform, demo=self._demo is not None)

    def press(self, press: Press) -> Go:
        """Once more, or the demo."""
        if press.name == pages.AGAIN:
            return self._instead(self._again)
        if press.name == DEMO and self._demo is not None:
            return self._instead(self._demo)
        return None

    def tick(self) -> Go:
        """A camera that was plugged in is used by itself."""
        if self.room.clock() - self._looked_s < LOOK_EVERY_S:
            return None
        self._looked_s = self.room.clock()
        now = set(camera_names())
        new, self._were = now - self._were, now
        return self._instead(self._again) if new else None

    def _instead(self, run: Callable[[], Go]) -> Go:
        went = run()
        return Instead(went) if isinstance(went, Screen) else went or Move.HOME


class CamerasScreen(Screen):
    """The cameras of this computer with their pictures; the chosen one is remembered by its name."""

    help_title = "Camera"
    help = ("Choose the picture that shows you.", "It should look at you from the front.", "Your choice is remembered.")

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._names: tuple[tuple[int, str], ...] = ()
        self._readers: list[tuple[FrameSource, FrameReader] | None] = []
        self._looked = self._drawn = False
        self._chosen, self._first = 0, -1

    def view(self) -> PageView:
        """The pictures; while cameras are opened a word."""
        if not self._looked:
            self._drawn = True
            return pages.looking_view()
        if not self._names:
            return pages.no_camera_view(sys.platform, demo=False)
        pictures, remarks = [], []
        for each in self._readers:
            frame = each[1].newest() if each else None
            picture: Picture | None = frame.image_bgr if frame is not None else None
            pictures.append(picture)
            remarks.append(_remark(each is not None, picture))
        more = len(camera_names()) > len(self._names)
        return pages.cameras_view(self._names, tuple(pictures), tuple(remarks), self._chosen, more)

    def press(self, press: Press) -> Go:
        """Choose, look again, or take it."""
        for index, _ in self._names:
            if press.name == pages.camera_press(index):
                self._chosen = index
        if press.name in (pages.LOOK, pages.AGAIN, pages.MORE):
            self.leave()
            self._first += self._many if press.name == pages.MORE else 0
            self._looked = self._drawn = False
        if press.name == pages.USE:
            name = dict(self._names).get(self._chosen, "")
            self.room.remember(self.room.settings.model_copy(update={"camera": name}))
            return Move.BACK
        return None

    def tick(self) -> Go:
        """Open the cameras, once the page says so."""
        if self._drawn and not self._looked:
            self._open()
        return None

    @property
    def _many(self) -> int:
        return _MOST_LARGE if self.large else _MOST

    def leave(self) -> None:
        """Give the cameras back."""
        for each in self._readers:
            if each is not None:
                each[1].close()
        self._readers = []

    def _open(self) -> None:
        from posture_trainer.sources.camera import Camera
        from posture_trainer.sources.frame_reader import FrameReader

        self._looked = True
        every = sorted(camera_names().items())
        if self._first < 0:  # the page of the one that is remembered
            place = next((place for place, (_, name) in enumerate(every) if name == self.room.settings.camera), 0)
            self._first = place - place % self._many
        self._first = self._first if self._first < len(every) else 0
        self._names = tuple(every[self._first :][: self._many])
        known = {name: index for index, name in self._names}
        self._chosen = known.get(self.room.settings.camera, self._names[0][0] if self._names else 0)
        for index, _ in self._names:
            try:
                source = Camera(str(index))
            except UserError:
                self._readers.append(None)
                continue
            reader = FrameReader(source)
            reader.start()
            self._readers.append((source, reader))


def _remark(opened: bool, picture: Picture | None) -> str:
    if not opened:
        return pages.IN_USE
    return pages.DARK if picture is None or float(picture.mean()) < 12 else pages.LIVE
