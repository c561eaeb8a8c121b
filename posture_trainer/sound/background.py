"""Sounds on a thread of their own: a sound device that stalls keeps nobody waiting, whatever it does."""

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from posture_trainer.sound.player import PygameSounds, Silence, Sounds

THREAD = "sound"
PATIENCE_S = 2.0  # for opening, for a tone to begin, and for closing
_NO_ANSWER = "No sound for now: the sound device does not answer."
_MOST_WAITING = 4  # tones; more would be heard too late to mean anything

Task = Callable[[Sounds], None]


class BackgroundSounds:
    """Opens sounds with `make`, plays and closes them, all on a daemon thread.

    `make` raises OSError, NotImplementedError or a RuntimeError, as pygame.error is one, where there is no device.
    """

    def __init__(self, make: Callable[[], Sounds], patience_s: float = PATIENCE_S) -> None:
        self._make, self._patience_s = make, patience_s
        self._todo: queue.Queue[Task | None] = queue.Queue(_MOST_WAITING)
        self._ready = False
        self._trouble = ""
        self._busy_since_s: float | None = None
        answered = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(answered,), name=THREAD, daemon=True)
        self._thread.start()
        if not answered.wait(patience_s):
            self._trouble = _NO_ANSWER

    @property
    def trouble(self) -> str:
        """Why nothing can be heard, as it stands now: a device that was unplugged, or stalls, is noticed."""
        since_s = self._busy_since_s
        stalls = since_s is not None and time.monotonic() - since_s > self._patience_s
        return self._trouble or (_NO_ANSWER if stalls else "")

    def play(self, name: str, volume: float) -> None:
        """Begin to play a tone as soon as the device takes it; nothing is heard where it stalls."""
        self._do(lambda sounds: sounds.play(name, volume))

    def speak(self, phrase: str, volume: float) -> None:
        """Begin to speak a phrase, likewise."""
        self._do(lambda sounds: sounds.speak(phrase, volume))

    def close(self) -> None:
        """Give the device back, if it lets itself be given back in time."""
        with suppress(queue.Full):
            self._todo.put_nowait(None)
            self._thread.join(self._patience_s)

    def _do(self, task: Task) -> None:
        if self._ready:
            with suppress(queue.Full):
                self._todo.put_nowait(task)

    def _run(self, answered: threading.Event) -> None:
        try:
            sounds = self._make()
        except (RuntimeError, OSError) as error:
            self._trouble = f"No sound on this computer ({error})."
            answered.set()
            return
        self._ready, self._trouble = True, ""
        answered.set()
        while (task := self._todo.get()) is not None:
            self._busy_since_s = time.monotonic()
            try:
                task(sounds)
                self._trouble = ""
            except (RuntimeError, OSError) as error:  # a device that was unplugged
                self._trouble = f"No sound for now ({error})."
            self._busy_since_s = None
        sounds.close()


def open_sounds(mute: bool) -> Sounds:
    """The sounds of this computer, or silence with the reason."""
    return Silence() if mute else BackgroundSounds(PygameSounds)
