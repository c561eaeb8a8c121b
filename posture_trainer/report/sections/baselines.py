"""How straight and how still each baseline was that the sessions were measured from."""

from typing import Any

from pydantic import ValidationError

from posture_trainer.course.extras import finite, list_of
from posture_trainer.pose.neutral.attitude import Attitude, AttitudeLimits
from posture_trainer.pose.neutral.baseline import StoredAttitude
from posture_trainer.pose.neutral.placement import Advice
from posture_trainer.report.page import TRUST, Page
from posture_trainer.words.placement import lacking_words
from posture_trainer.words.straightness import straightness_words

NOT_KNOWN = "not recorded"
_CONFIRMED = {True: "said to be the straightest", False: "not confirmed"}
Row = tuple[str, str, str, str]


def baseline_rows(page: Page) -> list[Row]:
    """Of each baseline, oldest first: when it was taken, how straight, how still, and a remark."""
    found: dict[str, Row] = {}
    for session in page.sessions:
        stored = session.header.get("baseline")
        if session.baseline and isinstance(stored, dict) and session.baseline not in found:
            found[session.baseline] = _row(page, session.baseline, stored)
    return [found[taken] for taken in sorted(found)]


def _row(page: Page, taken: str, stored: dict[str, Any]) -> Row:
    when = taken[:16].replace("T", " ")
    straight = _straightness(stored.get("attitude_deg"))
    page.ledger.text(TRUST, "", f"Straightness of the baseline of {when}", straight)
    slow = page.ledger.show(TRUST, "", f"Slow spread of the baseline of {when}", finite(stored.get("slow_deg")), "deg")
    remarks = [
        _CONFIRMED[stored["confirmed_as_straightest"]]
        if isinstance(stored.get("confirmed_as_straightest"), bool)
        else "",
        "restless: no try met the limit" if stored.get("restless") is True else "",
        lacking_words([Advice(name) for name in list_of(stored.get("lacking")) if name in set(Advice)]),
    ]
    return when, straight, slow, "; ".join(remark for remark in remarks if remark)


def _straightness(stored: Any) -> str:
    try:
        angles = StoredAttitude.model_validate(stored)
    except ValidationError:
        return NOT_KNOWN
    return straightness_words(Attitude(angles.turn, angles.tilt, angles.nod), AttitudeLimits())
