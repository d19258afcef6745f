"""The day in numbers, as the solvers see it.

Legend, with three people in one round of sessions 1A and 1B, two seats each:

    round       0
    session     0 is 1A, 1 is 1B; STANDING for whoever presents
    ranking     one way to wish in a round, as steps to each of its sessions: "1A > 1B" is (0, 1)
    rankings    the different ones of a round, each once: ((0, 1), (1, 0))
    row         a participant: which ranking they have in each round, PRESENTS where they present: (0,)
    choice      a participant's session in each round: (1,) is 1B

Participants stand in the order of the lottery: among equals, the earlier one is preferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from midtvejs.domain.assignment import Assignment, Day
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import Program, Round

PRESENTS = -1
STANDING = -1

Row = tuple[int, ...]
Choice = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRound:
    """One round. ``rankings[i]`` holds the steps to each session; ``listed[i]`` how many were listed."""

    codes: tuple[str, ...]
    seats: tuple[int, ...]
    rankings: tuple[tuple[int, ...], ...]
    listed: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is to be solved: rounds, and a row for each participant, both numbered from 0."""

    program: Program
    participants: tuple[Participant, ...]
    rounds: tuple[CaseRound, ...]
    rows: tuple[Row, ...]

    @property
    def furthest(self) -> int:
        """The highest regret that anybody could have at all."""
        return sum(max((max(steps) for steps in round_.rankings), default=0) for round_ in self.rounds)

    def steps(self, person: int, round_: int, session: int) -> int:
        """Give the steps of a participant to a session; 0 while they present."""
        ranking = self.rows[person][round_]
        return 0 if ranking == PRESENTS else self.rounds[round_].rankings[ranking][session]

    def assignment(self, choices: Sequence[Choice], participants: tuple[Participant, ...]) -> Assignment:
        """Say in sessions what the solver says in numbers, with ``participants`` in the caller's order."""
        known: dict[tuple[Choice, frozenset[str]], Day] = {}
        days: dict[str, Day] = {}
        for person, choice in zip(self.participants, choices, strict=True):
            alike = choice, person.presents
            if alike not in known:
                known[alike] = self._day(person, choice)
            days[person.key] = known[alike]
        return Assignment(program=self.program, participants=participants, days=days)

    def _day(self, person: Participant, choice: Choice) -> Day:
        return tuple(
            round_.codes[session] if session != STANDING else person.presents_in(here) or ""
            for round_, session, here in zip(self.rounds, choice, self.program.rounds, strict=True)
        )


def case_of(program: Program, participants: Iterable[Participant]) -> Case:
    """Number the sessions, and the different rankings of each round in the order in which they appear."""
    people = tuple(participants)
    numbered = [_numbered(round_, index, people) for index, round_ in enumerate(program.rounds)]
    return Case(
        program=program,
        participants=people,
        rounds=tuple(round_ for round_, _ in numbered),
        rows=tuple(zip(*(column for _, column in numbered), strict=True)),
    )


def _numbered(round_: Round, index: int, people: tuple[Participant, ...]) -> tuple[CaseRound, list[int]]:
    codes = tuple(session.code for session in round_.sessions)
    seen: dict[tuple[str, ...], int] = {}
    rankings: list[Wishes] = []
    column: list[int] = []
    for person in people:
        if person.presents and person.presents_in(round_):
            column.append(PRESENTS)
            continue
        wishes = person.wishes[index]
        if wishes.codes not in seen:
            seen[wishes.codes] = len(rankings)
            rankings.append(wishes)
        column.append(seen[wishes.codes])
    numbered = CaseRound(
        codes=codes,
        seats=tuple(session.seats for session in round_.sessions),
        rankings=tuple(tuple(wishes.steps(code) for code in codes) for wishes in rankings),
        listed=tuple(len(wishes.codes) for wishes in rankings),
    )
    return numbered, column
