"""Foresee what will hurt when seats are dealt; nothing of it is wrong in a file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from midtvejs.domain.demand import BlockDemand, SessionDemand
from midtvejs.domain.names import nearly_alike, perhaps_one
from midtvejs.domain.participants import Participant, fold, fold_name
from midtvejs.domain.program import Program, Round, Session
from midtvejs.domain.quotas import count_by_group, find_asking, find_needed
from midtvejs.domain.traits import ORGANISATION, called, same, value_of
from midtvejs.domain.wording import listing, quantity


class Kind(StrEnum):
    TOO_FEW_SEATS = "too_few_seats"
    TOO_MANY_OF_ONE = "too_many_of_one"
    TOO_FEW_OF_ONE = "too_few_of_one"
    STEPS = "steps"
    OVER_SUBSCRIBED = "over_subscribed"
    SMALL_AUDIENCE = "small_audience"
    UNWANTED = "unwanted"
    TWICE = "twice"
    NEARLY_ALIKE = "nearly_alike"


IMPOSSIBLE = frozenset({Kind.TOO_FEW_SEATS, Kind.TOO_MANY_OF_ONE, Kind.STEPS})
"""While these are so, nobody can be seated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """``about`` is the id of a round, the code of a session or the name of whom it concerns."""

    kind: Kind
    about: str
    message: str

    @property
    def forbids(self) -> bool:
        return self.kind in IMPOSSIBLE

    def __str__(self) -> str:
        return f"{self.about}: {self.message}"


def concerns(
    program: Program,
    participants: Sequence[Participant],
    lines: Mapping[str, int],
    demands: Sequence[BlockDemand],
) -> tuple[Concern, ...]:
    """Find what will hurt: what makes it impossible to seat everybody first, people last.

    ``lines`` says, by their key, where in their file participants are.
    """
    return (
        *_too_few_seats(program, demands),
        *_too_many_of_one(program, participants),
        *_too_few_of_one(program, participants),
        *_steps(program, participants),
        *_over_subscribed(demands),
        *_small_audiences(program, demands),
        *_twice(participants, lines),
        *_nearly_alike(program, participants),
    )


def _too_few_seats(program: Program, demands: Sequence[BlockDemand]) -> Iterator[Concern]:
    numbers = {round_.id: number for number, round_ in enumerate(program.rounds)}
    of_rounds = [
        each for block in demands for each in zip(block.rounds, block.choosing, block.seats, strict=True)
    ]
    for round_, choosing, count in sorted(of_rounds, key=lambda each: numbers[each[0].id]):
        missing = choosing - count
        if missing > 0:
            open_ = round_.id in program.awaiting or any(session.rooms for session in round_.sessions)
            seats = f"{'at most ' if open_ else ''}{quantity(count, 'seat')}"
            people = quantity(choosing, "participant")
            message = f"{seats} for {people}; {quantity(missing, 'seat')} short; nobody can be seated"
            yield Concern(kind=Kind.TOO_FEW_SEATS, about=round_.id, message=message)


def _too_many_of_one(program: Program, participants: Sequence[Participant]) -> Iterator[Concern]:
    most, group = program.rules.at_most, program.rules.at_most_of
    if most is None:
        return
    for round_ in _settled(program):
        counts = Counter(
            value_of(person, group)
            for person in participants
            if person.attends(round_) and not person.presents_in(round_)
        )
        members: Counter[str] = Counter()
        for value, count in counts.items():
            members[same(group, value)] += count
        names = {same(group, value): called(group, value) for value in sorted(counts, reverse=True)}
        sessions = quantity(len(round_.sessions), "session")
        for key, name in sorted(names.items()):
            if name and members[key] > most * len(round_.sessions):
                people = quantity(members[key], "participant")
                message = f"{people} of {name}; at most {most} may be in each of {sessions}"
                yield Concern(kind=Kind.TOO_MANY_OF_ONE, about=round_.id, message=message)


def _settled(program: Program) -> Iterator[Round]:
    """Return the rounds of which it is known what is held in them."""
    return (round_ for round_ in program.rounds if round_.id not in program.awaiting)


def _too_few_of_one(program: Program, participants: Sequence[Participant]) -> Iterator[Concern]:
    """Find whom the sessions of a round need more of than there are."""
    for round_ in program.rounds:
        seated = count_by_group(round_, participants)
        needing: dict[tuple[str, str], list[tuple[Session, int]]] = defaultdict(list)
        for session in find_asking(round_):
            for quota in session.at_least:
                for trait in find_needed(quota, seated[quota.group]):
                    needing[quota.group, trait].append((session, quota.number))
        for (group, trait), sessions in needing.items():
            name, count = seated[group].get(trait, (called(group, trait), 0))
            needed = sum(number for _, number in sessions)
            if needed > count:
                codes = listing([session.code for session, _ in sessions])
                many = all(session.may_be_cancelled for session, _ in sessions)
                cancelled = ", or what lacks them is cancelled" if many else ""
                verb = "needs" if len(sessions) == 1 else "need"
                people = f"{quantity(needed, 'participant')} of {name}"
                message = f"{codes} {verb} at least {people}; there are {count}{cancelled}"
                yield Concern(kind=Kind.TOO_FEW_OF_ONE, about=round_.id, message=message)


def _steps(program: Program, participants: Sequence[Participant]) -> Iterator[Concern]:
    needing = [person for person in participants if person.step_free]
    for round_ in _settled(program) if needing else ():
        count = sum(person.attends(round_) and not person.presents_in(round_) for person in needing)
        seats = sum(session.seats for session in round_.sessions if session.may_be_step_free)
        if count > seats:
            verb = "needs" if count == 1 else "need"
            people = quantity(count, "participant")
            message = f"{people} {verb} a step-free room; seats in such rooms: {seats}"
            yield Concern(kind=Kind.STEPS, about=round_.id, message=message)


def _over_subscribed(demands: Sequence[BlockDemand]) -> Iterator[Concern]:
    # Where there is no choice, wishes tell nothing.
    for each in (session for block in demands if block.asked for session in block.sessions):
        if each.beyond:
            about, seats = each.session.code, quantity(each.seats, "seat")
            wishes = f"{each.first} first {'wish' if each.first == 1 else 'wishes'}"
            message = f"{wishes} for {'at most ' if each.open else ''}{seats}{_times(each)}"
            yield Concern(kind=Kind.OVER_SUBSCRIBED, about=about, message=message)


def _small_audiences(program: Program, demands: Sequence[BlockDemand]) -> Iterator[Concern]:
    only_for_some = {pin.code for pin in program.rules.pins if pin.others}
    of_blocks = [(block, each) for block in demands for each in block.sessions]
    for block, each in of_blocks:
        least = each.least
        if (each.first if block.asked else block.participants) < least:
            cancelled = ", or it is cancelled" if each.session.may_be_cancelled else ""
            wanted = f"first wish of {each.first}, listed by {each.listed}"
            coming = wanted if block.asked else f"{block.participants} in the round"
            must = f"at least {quantity(least, 'participant')} must be in it{_times(each)}{cancelled}"
            yield Concern(kind=Kind.SMALL_AUDIENCE, about=each.session.code, message=f"{must}; {coming}")
        elif not (each.listed if block.asked else block.participants):
            who = "nobody who can be in it" if each.session.code in only_for_some else "nobody"
            message = f"{who} has it on their list"
            yield Concern(kind=Kind.UNWANTED, about=each.session.code, message=message)


def _times(each: SessionDemand) -> str:
    return f" in the {len(each.sittings)} times that it is held" if len(each.sittings) > 1 else ""


def _twice(participants: Sequence[Participant], lines: Mapping[str, int]) -> Iterator[Concern]:
    """Find who nearly has the name and the organisation of another participant; they have another email."""
    doubled = (sorted(those, key=lambda person: lines[person.key]) for those in namesakes(participants))
    for those in sorted(doubled, key=lambda those: (lines[those[0].key], those[0].key)):
        called = dict.fromkeys(", ".join(filter(None, (each.name, each.organisation))) for each in those)
        where = _places([lines[each.key] for each in those])
        yield Concern(kind=Kind.TWICE, about=" or ".join(called), message=f"{where}; is that one person?")


def _places(lines: Sequence[int]) -> str:
    """Say where people stand: in which lines, and on the list those who never answered, whose line is 0."""
    *most, last = sorted(lines)
    if not last:
        return f"{len(lines)} times on the list of participants"
    if answered := [str(line) for line in most if line]:
        where = f"lines {', '.join(answered)} and {last}"
    else:
        where = f"line {last}"
    return where if len(answered) == len(most) else f"{where}, and the list of participants"


def _nearly_alike(program: Program, participants: Sequence[Participant]) -> Iterator[Concern]:
    for group in (ORGANISATION, *program.groups):
        for near in nearly_alike(Counter(value_of(person, group) for person in participants)):
            message = f"{quantity(near.count, 'participant')}; is it {near.meant} ({near.of})?"
            yield Concern(kind=Kind.NEARLY_ALIKE, about=near.name, message=message)


MOST_COMPARED = 10
"""Organisations of one name: more are of people who merely have a common name."""
LETTERS = {"aa": "å", "ae": "æ", "oe": "ø"}


def namesakes(participants: Sequence[Participant]) -> Iterator[list[Participant]]:
    """Return those who may be one person together."""
    spelled = {name: spelling(fold_name(name)) for name in {person.name for person in participants}}
    by_name: dict[str, list[Participant]] = defaultdict(list)
    for person in participants:
        by_name[spelled[person.name]].append(person)
    nearly = cache(perhaps_one)
    for alike in by_name.values():
        if len(alike) > 1:
            by_organisation: dict[str, list[Participant]] = defaultdict(list)
            for person in alike:
                by_organisation[spelling(person.organisation)].append(person)
            for organisations in _group(sorted(by_organisation), nearly):
                together = [person for each in organisations for person in by_organisation[each]]
                if len(together) > 1:
                    yield together


def spelling(text: str) -> str:
    """Return a name as it is compared: folded, å, æ and ø as they are however they are typed."""
    plain = fold(text)
    for typed, letter in LETTERS.items():
        plain = plain.replace(typed, letter)
    return plain


def _group(organisations: Sequence[str], nearly_one: Callable[[str, str], bool]) -> list[list[str]]:
    """Put together what is nearly one, directly or by way of another."""
    groups: list[list[str]] = []
    for each in organisations[:MOST_COMPARED]:
        near = [group for group in groups if any(nearly_one(other, each) for other in group)]
        merged = [*(other for group in near for other in group), each]
        groups = [*(group for group in groups if group not in near), merged]
    return groups + [[each] for each in organisations[MOST_COMPARED:]]
