"""What every part of a live session shares: the feed, the window, the sounds, the controls, the clock."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from posture_trainer.errors import UserError
from posture_trainer.pages.actions import PAUSE, named_keys
from posture_trainer.pages.controls import controls_after
from posture_trainer.pages.front.help import help_of
from posture_trainer.pages.front.page import PageView
from posture_trainer.pages.keys import Key
from posture_trainer.pages.views import Controls, Picture, PictureView, View
from posture_trainer.pose.camera_model import default_vfov_deg
from posture_trainer.pose.face import Face
from posture_trainer.screen.mirror.face_lines import line_picture
from posture_trainer.screen.window_protocol import Window
from posture_trainer.sound.player import Silence, Sounds
from posture_trainer.sources.frame_reader import FrameReader
from posture_trainer.sources.frames import FrameSource
from posture_trainer.spoken_way import LONGEST_TONE_S
from posture_trainer.tracking.careful import BadFrames
from posture_trainer.tracking.seen import TrackedFrame
from posture_trainer.words.care import Numbers
from posture_trainer.words.phrases import longest_s
from posture_trainer.words.safety import HIDE_FACE, NOT_KEPT

LOST_AFTER_S = 0.5  # without a picture for this long the camera counts as lost
_TICK_S = 0.05
_NOTICE_S, _LONG_NOTICE_S = 6.0, 14.0
_LEAST_VOLUME = 0.3  # of what must be heard
_LONGEST_UNDRAWN_S = 0.25  # what waits to be worked on comes before drawing, but no picture stands for longer


class Tracking(Protocol):
    """What follows the face: `tracking.live.LiveTracking`, or nothing at all where there is no camera."""

    ready: threading.Event
    fine: bool

    def next(self, timeout_s: float) -> TrackedFrame | None:
        """The next tracked frame; None when none came in time."""
        ...

    @property
    def way(self) -> str | None:
        """Which way of tracking it is; None while none is loaded."""
        ...

    @property
    def waiting(self) -> bool:
        """Whether a result waits already."""
        ...

    @property
    def bad(self) -> BadFrames:
        """The frames on which the tracker failed."""
        ...

    @property
    def finished(self) -> bool:
        """Whether the source has ended."""
        ...

    def close(self) -> None:
        """Stop."""
        ...


@dataclass
class Devices:
    """The live things of one session, and the small steps that all its parts are made of."""

    source: FrameSource
    reader: FrameReader
    tracking: Tracking
    window: Window
    sounds: Sounds
    say: Callable[[str], None]
    controls: Controls = field(default_factory=Controls)
    clock: Callable[[], float] = time.monotonic
    deadline_s: float | None = None
    known_vfov_deg: float | None = None
    cue_tones: bool = True
    """Whether cues are to be heard, or only seen."""
    pace_tones: bool = False
    """Whether the way back is to be heard too: the quicker the nearer."""
    stop_asked: Callable[[], bool] = lambda: False
    """Whether the system has asked the program to stop."""
    closing: bool = False
    """Whether the program is to end at once: its window was closed, Esc pressed twice, or the system asked for it."""
    unwell: bool = False
    """Whether the patient has said to feel unwell: whatever runs is stopped, and this is what it is stopped for."""
    numbers: Numbers = Numbers()
    """Whom to call."""
    reading_s: float = 20.0
    """How long it takes to hear or to read the safety text: before that a still head means nothing."""
    keeps_window: bool = False
    """Whether the window was there before, and stays."""
    shows_end: bool = True
    """Whether the last page of a session is shown here, and not by home."""
    own_clip: bool = False
    """Whether the source is the program's own clip: nobody sits there who could do anything about it."""
    if_display_dies: Callable[[], None] = lambda: None
    """What is still to be done when nothing else can be done any more."""
    hiding_told: bool = False
    """Whether what is said when the face is first hidden has been said, ever."""
    hiding_changed: bool = False
    """Whether the face was hidden or shown by the key."""
    keep_hiding: Callable[[], None] = lambda: None
    """Keeps that choice, where there is somebody to keep it for."""
    stirred_s: float = -math.inf
    """When a key was pressed or a hand moved last, by `patience`."""
    _stirs: int = 0
    _seen: TrackedFrame | None = None
    _notice_until_s: float = 0.0
    _drawn_s: float = -_LONGEST_UNDRAWN_S
    _sounds_until_s: float = -math.inf
    _last_key: Key | None = None
    _helped_s: float = 0.0

    def notice(self, words: str) -> None:
        """Say something once: in the terminal, and for some seconds in the window."""
        self.say(words)
        self.show_words(words)

    def not_kept(self, error: UserError) -> None:
        """Say that an answer or a choice could not be kept: why, in the terminal alone."""
        self.say(str(error))
        self.show_words(NOT_KEPT)

    def show_words(self, words: str, shown_s: float = _NOTICE_S) -> None:
        """Show a short line in the window for some seconds."""
        self.controls = replace(self.controls, notice=words)
        self._notice_until_s = self.clock() + shown_s

    def next_frame(self) -> TrackedFrame | None:
        """The next tracked frame, or None after a short while without one."""
        tracked = self.tracking.next(_TICK_S)
        self._seen = tracked or self._seen
        return tracked

    def show(self, view: View) -> list[Key]:
        """Show a view, do the pressed keys that change the controls, and give back the others that it names.

        A key that none of the view's actions names does nothing. Who feels unwell stops whatever it is. Where drawing
        is slower than tracking it is drawn less often, so that what is shown is never old. Once the program is closing
        nothing is shown, and all that is ever pressed is STOP.
        """
        if self.controls.notice and self.clock() > self._notice_until_s:
            self.controls = replace(self.controls, notice="")
        if not self.closing and not (self.tracking.waiting and self.clock() - self._drawn_s < _LONGEST_UNDRAWN_S):
            self.window.show(self._to_be_seen(view), self.controls)
            self._drawn_s = self.clock()
        pressed = self.window.keys()
        if pressed or self.window.stirs != self._stirs:  # what is held down presses without a new stir
            self._stirs, self.stirred_s = self.window.stirs, self.patience()
        self._watch_close(pressed)
        if self.closing:
            return [Key.STOP]
        setting = named_keys(action for action in view.actions if action.sets)
        if Key.UNWELL in pressed and Key.UNWELL in setting:
            self.unwell = True
            return [Key.STOP]
        if Key.HELP in pressed and Key.HELP in setting:
            return self._help(view)
        for key in (key for key in pressed if key in setting):
            self.controls = controls_after(self.controls, key)
            if key is Key.FULL_SCREEN:
                self.window.toggle_full_screen()
            if key is Key.HIDE_FACE:
                self._hid()
        return [key for key in pressed if key in named_keys(view.actions) - setting]

    def show_page(self, page: PageView) -> None:
        """Show a page as home shows them, whose presses the window gives."""
        if self.controls.notice and self.clock() > self._notice_until_s:
            self.controls = replace(self.controls, notice="")
        self.window.show(page, self.controls)

    def _help(self, view: View) -> list[Key]:
        """Show what a page wants until it is closed; gives what that means to the page. Time stands still behind it: a
        mirror is paused, and questions wait longer (`patience`)."""
        pauses = any(action.keys == PAUSE.keys and action.word == PAUSE.word for action in view.actions)
        begun_s, shown = self.clock(), help_of(view)
        while True:
            self.window.show(shown, self.controls)
            pressed = self.window.keys()
            self.closing |= self.stop_asked() or Key.CLOSE in pressed
            self.unwell |= Key.UNWELL in pressed
            if self.closing or self.unwell:
                return [Key.STOP]
            for key in pressed:
                self.controls = controls_after(self.controls, key) if key is Key.TEXT_SIZE else self.controls
                if key is Key.FULL_SCREEN:
                    self.window.toggle_full_screen()
            if {Key.STOP, Key.HELP, Key.CONFIRM} & set(pressed):
                self._last_key = None
                self._helped_s += self.clock() - begun_s
                return [Key.PAUSE] if pauses else []
            self.tracking.next(_TICK_S)

    def patience(self) -> float:
        """Seconds of the clock without those that help was read in: for whatever waits for an answer."""
        return self.clock() - self._helped_s

    def _to_be_seen(self, view: View) -> View:
        """The view as it may be drawn: where the face is hidden, lines in place of every pixel of the camera."""
        if not self.controls.hide_face or not isinstance(view, PictureView) or view.picture_bgr is None:
            return view
        height, width = view.picture_bgr.shape[:2]
        return replace(view, picture_bgr=line_picture((width, height), self._faces_now()))

    def _faces_now(self) -> tuple[Face, ...]:
        """The faces of the newest tracked frame; none when that is no longer live."""
        newest, seen = self.reader.newest(), self._seen
        if newest is None or seen is None or newest.t_s - seen.frame.t_s > LOST_AFTER_S:
            return ()
        return seen.faces

    def _hid(self) -> None:
        """The key has hidden the face, or shown it again: what is said about it is said once."""
        self.hiding_changed = True
        if self.controls.hide_face and not self.hiding_told:
            self.hiding_told = True
            self.show_words(HIDE_FACE, _LONG_NOTICE_S)
            self.speak("hide_face")
        self.keep_hiding()

    def _watch_close(self, keys: list[Key]) -> None:
        """Notice what ends the program at once; STOP pressed twice running is such a thing."""
        self.closing |= self.stop_asked() or Key.CLOSE in keys
        for key in keys:
            self.closing |= key is Key.STOP and self._last_key is Key.STOP
            self._last_key = key

    @property
    def audible(self) -> bool:
        """Whether tones and words can be heard, as far as the program can know."""
        there = not self.sounds.trouble and not isinstance(self.sounds, Silence)
        return there and self.controls.voice and not self.controls.muted and self.controls.volume > 0

    @property
    def sounding(self) -> bool:
        """Whether a tone or words may still be heard."""
        return self.clock() < self._sounds_until_s

    def play(self, name: str) -> None:
        """Sound a tone, unless muted."""
        if not self.controls.muted:
            self.sounds.play(name, self.controls.volume)
            self._sounds_until_s = max(self._sounds_until_s, self.clock() + LONGEST_TONE_S)

    def speak(self, phrase: str) -> None:
        """Speak a phrase, unless muted or the voice is off."""
        if self.controls.voice and not self.controls.muted:
            self.sounds.speak(phrase, self.controls.volume)
            self._sounds_until_s = self.clock() + longest_s(phrase)

    def call(self, name: str, phrase: str) -> None:
        """Sound a tone and speak a phrase whatever is turned off: for whoever has the eyes closed."""
        volume = max(self.controls.volume, _LEAST_VOLUME)
        self.sounds.play(name, volume)
        self.sounds.speak(phrase, volume)

    def vfov_deg(self) -> float:
        """The camera's vertical field of view in degrees: as told, or the usual one for its shape of picture."""
        info = self.source.info
        return self.known_vfov_deg or default_vfov_deg(info.width, info.height)

    def picture_age_s(self) -> float:
        """Seconds since the source last gave a picture, or since it was first asked for one (0 for a file)."""
        arrived_s = self.reader.last_arrival_s
        return 0.0 if arrived_s is None or not self.source.live else self.clock() - arrived_s

    def live_picture(self) -> Picture | None:
        """The newest picture, or None when it is no longer live: an old picture is never shown as live."""
        newest = self.reader.newest()
        return newest.image_bgr if newest is not None and self.picture_age_s() <= LOST_AFTER_S else None

    def time_is_up(self) -> bool:
        """Whether the session's longest time, if it has one, is over."""
        return self.deadline_s is not None and self.clock() >= self.deadline_s

    def close(self) -> None:
        """Stop the threads and give everything back."""
        self.tracking.close()
        self.reader.close()
        self.sounds.close()
        if not self.keeps_window:
            self.window.close()
