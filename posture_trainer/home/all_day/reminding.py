"""Reminds of practice at the times of day that are set, while home or the desk is open."""

from posture_trainer.errors import UserError
from posture_trainer.home.all_day.diary import settings_here
from posture_trainer.home.room import Room
from posture_trainer.reminders.practice_times import due
from posture_trainer.words.all_day.desk import PRACTISE

LOOKED_S = 10.0


class PracticeReminder:
    """Of whoever is here. The clock is looked at every few seconds, the record only when a time has come."""

    def __init__(self, room: Room) -> None:
        self._room, self._looked_s = room, -LOOKED_S
        self._times: tuple[str, ...] | None = None

    def due(self) -> str:
        """What is to be said now, '' for nothing."""
        room, now_s = self._room, self._room.clock()
        if not room.known or now_s - self._looked_s < LOOKED_S:
            return ""
        self._looked_s = now_s
        if self._times is None:
            self._times = settings_here(room).reminders.times
        known = room.reminded.get(room.code)
        found, time = due(known, self._times, room.now())
        if not time:
            room.reminded[room.code] = found
            return ""
        plan, done = self._plan()
        room.reminded[room.code], time = due(known, self._times, room.now(), done)
        return PRACTISE.format(plan=plan) if time else ""

    def _plan(self) -> tuple[str, int]:
        from posture_trainer.session.front.at_home import today_of

        try:
            found = today_of(self._room.data, self._room.code, self._room.now())
        except UserError:
            return "the mirror", 0
        return found.title or "the mirror", found.done.today
