"""Reasons against an exercise, as plans name them. Pure."""

from enum import StrEnum


class NotWhen(StrEnum):
    """When a plan or a block of it is not done (`not_when`).

    chin_down_pull: the pull is to chin down. swallowing: swallowing is harder than before an injection. injury: a hurt
    neck that nobody has cleared. fragile: an illness that makes far movements risky, without the therapist's yes to
    them. unsteady: often dizzy, or fallen in the past year. alone: no therapist has advised it. unstable: using the
    arms makes the head pull. after_injection_24h: within 24 hours of one. dizzy: today, or nobody knows. closed_eyes:
    nothing with closed eyes today. Of the questions asked once a year no answer counts as the reason itself.
    """

    CHIN_DOWN_PULL = "chin_down_pull"
    SWALLOWING = "swallowing"
    INJURY = "injury"
    FRAGILE = "fragile"
    UNSTEADY = "unsteady"
    ALONE = "alone"
    UNSTABLE = "unstable"
    AFTER_INJECTION_24H = "after_injection_24h"
    DIZZY = "dizzy"
    CLOSED_EYES = "closed_eyes"
