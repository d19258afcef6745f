"""Strike from everybody's lists what is cancelled: it counts as if they had never ranked it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.wording import listing
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault


def strike_cancelled(people: People, everybody: list[Participant]) -> list[Participant]:
    """Return everybody without wishes for what is cancelled; one warning tells how many there were."""
    program = people.program
    cancelled = [
        frozenset(session.code for session in program.cancelled_in(block)) for block in program.blocks
    ]
    if not any(cancelled):
        return everybody
    counts: Counter[str] = Counter()
    # Many have ranked the same: it is struck once, and shared.
    known: dict[tuple[int, Wishes], Wishes] = {}

    def strike(person: Participant) -> Participant:
        wishes = []
        for index, (each, codes) in enumerate(zip(person.wishes, cancelled, strict=True)):
            left = known.setdefault((index, each), each.without(codes))
            if left != each:
                counts.update(codes.intersection(each.codes))
            wishes.append(left)
        return person if tuple(wishes) == person.wishes else replace(person, wishes=tuple(wishes))

    struck = list(map(strike, everybody))
    if counts:
        _tell(people, {code: counts[code] for code in sorted(counts)})
    return struck


def _tell(people: People, counts: Mapping[str, int]) -> None:
    wishes = sum(counts.values())
    one = len(counts) == 1
    named = list(counts) if one else [f"{code} ({count})" for code, count in counts.items()]
    found = "1 wish" if wishes == 1 else f"{wishes:,} wishes"
    message = (
        f"{listing(named)} {'is' if one else 'are'} cancelled: {found} for {'it' if one else 'them'} "
        f"{'is' if wishes == 1 else 'are'} struck from the lists"
    )
    hint = "anyone who ranked it is seated by the rest of their list"
    people.faults.add(Fault.STRUCK_WISHES, people.table.row(0), message, hint)
