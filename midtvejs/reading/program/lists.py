"""Which rounds one list covers: what the file says of it, and what follows from sessions held in several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import count

from midtvejs.reading.program.draft import DayDraft, RoundDraft, SessionDraft
from midtvejs.reading.program.fields import Found

USUAL = "wishes"
"""Heads the column of the list, where there is one and the file does not name it."""


def named_lists(day: DayDraft) -> Mapping[str, Found[tuple[Found[str], ...]]]:
    """Return the rounds of each list that the file names."""
    return day.draft.value("wishes") or {}


def shared_by(day: DayDraft) -> dict[str, list[SessionDraft]]:
    """Return the sittings of each session that runs in several rounds, by its code.

    What is cancelled is among them: people have ranked it in the list that it made.
    """
    return {
        code: sittings
        for code, sittings in day.planned_by_code.items()
        if len({round_.id for sitting in sittings for round_ in sitting.rounds}) > 1
    }


def rounds_of(sittings: Iterable[SessionDraft]) -> list[str]:
    """Return the ids of the rounds in which sittings run."""
    return list(dict.fromkeys(round_.id for sitting in sittings for round_ in sitting.rounds))


def joined_rounds(day: DayDraft) -> list[list[str]]:
    """Return the rounds that have to be in one list, for they share a session; in the order of the day."""
    return _join(day, map(rounds_of, shared_by(day).values()))


def lists_of(day: DayDraft) -> dict[str, list[str]]:
    """Return the rounds of each list over several rounds, by the id of the list, where nothing is wrong."""
    named = {id_: [each.value for each in found.value] for id_, found in named_lists(day).items()}
    joined = joined_rounds(day)
    return named or ({USUAL: joined[0]} if joined else {})


def lists_to_write(day: DayDraft) -> dict[str, list[str]]:
    """Return lists that suit the sessions, by the names that the file gives, or by names to be changed."""
    named = {id_: [each.value for each in found.value] for id_, found in named_lists(day).items()}
    known = {round_.id for round_ in day.rounds}
    covered = [[id_ for id_ in rounds if id_ in known] for rounds in named.values()]
    lists: dict[str, list[str]] = {}
    unnamed = (f"list-{number}" for number in count(1))
    for rounds in _join(day, [*map(rounds_of, shared_by(day).values()), *covered]):
        name = next((id_ for id_, own in named.items() if set(own) & set(rounds)), None)
        lists[name or next(free for free in unnamed if free not in named)] = rounds
    return lists


def _join(day: DayDraft, groups: Iterable[Iterable[str]]) -> list[list[str]]:
    """Merge what has a round in common; rounds stand in the order of the day, as far as it is known."""
    merged: list[set[str]] = []
    for group in map(set, groups):
        apart = [each for each in merged if not each & group]
        merged = [*apart, group.union(*(each for each in merged if each & group))]
    order = list(dict.fromkeys(round_.id for round_ in sorted(day.rounds, key=_begins)))
    in_order = [[id_ for id_ in order if id_ in group] for group in merged]
    return sorted((each for each in in_order if len(each) > 1), key=lambda each: order.index(each[0]))


def _begins(round_: RoundDraft) -> tuple[dt.date, dt.time]:
    start = round_.interval.start if round_.interval else dt.time.min
    return round_.date or dt.date.min, start
