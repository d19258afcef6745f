"""What every assignment has to keep, and how a breach of it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant


class Law(StrEnum):
    """What every assignment has to keep."""

    SEATED = "everybody has one session in each round that they attend"
    ATTENDING = "nobody has a session in a round that they do not attend"
    KNOWN = "only participants are seated"
    ROUND = "each session is one of its round's"
    PRESENTING = "presenters are in their own session, unless it is cancelled"
    SEATS = "no session holds more than its room has seats"
    ROOMS = "there is a room of its own for each session whose room is open"
    STEP_FREE = "who needs a way without steps has one"
    PINS = "pins and bans hold"
    LEAST = "each session that is held has its least audience"
    AT_MOST = "no session has more of one organisation than is allowed"
    TOGETHER = "who is together is in one session"
    APART = "who is apart is in different sessions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One breach of the law.

    ``participant`` is a participant's key and ``round_id`` a round's id, each empty where the breach is not
    theirs alone; where too many are in a session, there is one violation for each participant too many.
    """

    law: Law
    message: str
    participant: str = ""
    round_id: str = ""


Judge = Callable[[Assignment, tuple[Participant, ...]], Iterator[Violation]]
"""Finds every breach of one law in an assignment of those who are to be seated.

Nearly always there are none, among up to a million participants: what tells that comes before who and where.
"""
