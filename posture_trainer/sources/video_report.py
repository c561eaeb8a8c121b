"""How much of a recorded video was used, and what was wrong with it, in words."""

from dataclasses import dataclass, field


@dataclass
class VideoReport:
    """Counted while a video is read. known: what was seen of it before the first picture, a sentence each.

    pictures, damaged: given out, and how many of them made from damaged data. lost: packets that gave no picture.
    used_s: from the first picture to the end of the last.
    """

    known: tuple[str, ...] = ()
    pictures: int = 0
    damaged: int = 0
    lost: int = 0
    used_s: float = 0.0
    missing_s: float = 0.0
    sizes: list[tuple[float, int, int]] = field(default_factory=list)
    """Where the pictures change their size: seconds, width, height."""

    def used(self) -> str:
        """How much was used, in a line."""
        part = f" of {self.used_s + self.missing_s:.1f} s" if self.missing_s else ""
        return f"Used {self.pictures} pictures, {self.used_s:.1f} s{part} of video."

    def faults(self) -> list[str]:
        """What a reader of the figures should know, a line each."""
        lines = list(self.known)
        if self.damaged:
            share = f"{self.damaged / max(self.pictures, 1):.0%}"
            lines.append(f"Damaged pictures: {self.damaged} ({share}). They are marked; no angle or cue rests on them.")
        if self.lost:
            lines.append(f"Pictures skipped as too damaged to be read: {self.lost}.")
        for at_s, width, height in self.sizes[:3]:
            lines.append(f"The picture changed to {width}x{height} at {at_s:.1f} s: it was fitted into the first size.")
        if len(self.sizes) > 3:
            lines.append(f"The picture changed its size {len(self.sizes) - 3} times more.")
        return lines
