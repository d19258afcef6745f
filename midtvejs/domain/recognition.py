"""Whom the program means among those who signed up: by email, or by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from midtvejs.domain.participants import Participant, fold, fold_name
from midtvejs.domain.program import Presenter, Program, Round
from midtvejs.domain.rules import Decision, Group, Pin, Rules
from midtvejs.domain.traits import same, trait_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesakes:
    """A presenter that is more than one participant, as far as names and emails tell."""

    presenter: Presenter
    code: str
    participants: tuple[Participant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """Participants with their own sessions filled in; which presenters did not sign up; who is unclear."""

    participants: tuple[Participant, ...]
    absent: tuple[tuple[str, Presenter], ...] = ()
    unclear: tuple[Namesakes, ...] = ()


def recognise_presenters(program: Program, participants: Iterable[Participant]) -> Recognised:
    """Find the program's presenters among the participants: by email, else by name.

    The name, "Bo Lund" or "Lund, Bo", decides only where the presenter or the participant has no email.
    Whoever presents a session presents it each time that it is held: in a list over several rounds it is no
    wish of theirs.
    """
    people = tuple(participants)
    sessions = program.known_sessions.values()
    presenters = [presenter for session in sessions for presenter in session.presenters]
    if not presenters:
        return Recognised(participants=people)
    emails = {fold(presenter.email) for presenter in presenters}
    by_email = {person.key: person for person in people if person.email and person.key in emails}
    by_name: Mapping[str, list[Participant]] = defaultdict(list)
    wanted = {fold_name(presenter.name) for presenter in presenters}
    for person in people:
        if (name := fold_name(person.name)) in wanted:
            by_name[name].append(person)
    presents: dict[str, set[str]] = defaultdict(set)
    absent: list[tuple[str, Presenter]] = []
    unclear: list[Namesakes] = []
    for session in sessions:
        for presenter in session.presenters:
            found = _candidates(presenter, by_email, by_name)
            if not found:
                if presenter.external:
                    continue
                absent.append((session.code, presenter))
            elif len(found) > 1:
                unclear.append(Namesakes(presenter=presenter, code=session.code, participants=tuple(found)))
            else:
                presents[found[0].key].add(session.code)
    return Recognised(
        participants=tuple(
            _presenting(program, person, frozenset(presents[person.key]))
            if person.key in presents
            else person
            for person in people
        )
        if presents
        else people,
        absent=tuple(absent),
        unclear=tuple(unclear),
    )


def _presenting(program: Program, person: Participant, presents: frozenset[str]) -> Participant:
    """Return somebody with their own sessions, without these in lists over several rounds."""
    wishes = person.wishes
    if wishes and program.lists:
        wishes = tuple(
            each if block.alone else each.without(presents)
            for block, each in zip(program.blocks, wishes, strict=True)
        )
    return replace(person, presents=presents, wishes=wishes)


def _candidates(
    presenter: Presenter, by_email: Mapping[str, Participant], by_name: Mapping[str, list[Participant]]
) -> list[Participant]:
    if presenter.email and (person := by_email.get(fold(presenter.email))):
        return [person]
    namesakes = by_name.get(fold_name(presenter.name), [])
    return [person for person in namesakes if not (presenter.email and person.email)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name in a pin or a group, and the participants who may be meant."""

    decision: Decision
    name: str
    participants: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyOf:
    """What a pin says of a group, and nobody is."""

    pin: Pin
    group: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Participants with the pins and groups that mean them filled in, and what stayed unclear.

    ``doubled`` are groups that have one participant by two names; ``empty`` pins of an organisation, or of
    what else a group has, that nobody belongs to.
    """

    participants: tuple[Participant, ...]
    unknown: tuple[Named, ...] = ()
    unclear: tuple[Named, ...] = ()
    doubled: tuple[Named, ...] = ()
    empty: tuple[NobodyOf, ...] = ()


def recognise_decisions(program: Program, participants: Iterable[Participant]) -> Decided:
    """Find whom the program's pins and groups mean, among participants whose own sessions are filled in.

    What holds an ``@`` is an email, anything else a name. A pin of an organisation, or of
    another group, does not mean those who do not attend its round, or present in it what cannot be cancelled;
    where its session is held more than once, those of whom that is true each time.
    """
    people = tuple(participants)
    rules = program.rules
    if not (rules.pins or rules.groups):
        return Decided(participants=people)
    register = _Register(people, rules)
    pins: dict[str, list[Pin]] = defaultdict(list)
    groups: dict[str, list[Group]] = defaultdict(list)
    doubled: list[Named] = []
    for pin in rules.pins:
        for person in (
            register.find(pin, pin.participant)
            if pin.participant
            else register.members(pin, _times(program, pin))
        ):
            pins[person.key].append(pin)
    for group in rules.groups:
        for name in group.participants:
            for person in register.find(group, name):
                if group in groups[person.key]:
                    doubled.append(Named(decision=group, name=name, participants=(person,)))
                else:
                    groups[person.key].append(group)
    return Decided(
        participants=tuple(
            replace(person, pins=tuple(pins.get(person.key, ())), groups=tuple(groups.get(person.key, ())))
            if person.key in pins or person.key in groups
            else person
            for person in people
        ),
        unknown=tuple(register.unknown),
        unclear=tuple(register.unclear),
        doubled=tuple(doubled),
        empty=tuple(register.empty),
    )


def _times(program: Program, pin: Pin) -> list[tuple[Round, ...]]:
    """Return the rounds of each sitting that a pin may mean: also of what is still to be placed."""
    found = []
    for session in program.sittings.values():
        ids = session.through or (program.round_of[session.key].id,)
        if session.code == pin.code and pin.round_id in {"", *ids}:
            found.append(tuple(round_ for round_ in program.rounds if round_.id in ids))
    for offer in program.offers:
        if offer.code == pin.code:
            found += [(round_,) for round_ in program.rounds if round_.id in offer.rounds]
    return found


class _Register:
    """Everybody that rules mean, by the words they use; collects the words that do not mean one of them."""

    def __init__(self, people: Iterable[Participant], rules: Rules) -> None:
        self.unknown: list[Named] = []
        self.unclear: list[Named] = []
        self.empty: list[NobodyOf] = []
        self._people = tuple(people)
        self._named: dict[str, list[Participant]] = {fold_name(name): [] for name in _names(rules)}
        meant = [pin.meant for pin in rules.pins if not pin.participant]
        self._members: dict[tuple[str, str], list[Participant]] = {
            (group, same(group, value)): [] for group, values in meant for value in values
        }
        groups = {group for group, _ in meant}
        for person in self._people:
            # A key is the folded email, where there is one.
            if person.key in self._named and "@" in person.key:
                self._named[person.key].append(person)
            name = fold_name(person.name)
            if name in self._named and "@" not in name:
                self._named[name].append(person)
            for trait in ((group, trait_of(person, group)) for group in groups):
                if trait in self._members:
                    self._members[trait].append(person)

    def find(self, decision: Decision, name: str) -> list[Participant]:
        """Return the participant of that name or email; nobody where it is not exactly one."""
        found = self._named[fold_name(name)]
        if not found:
            self.unknown.append(Named(decision=decision, name=name))
        elif len(found) > 1:
            self.unclear.append(Named(decision=decision, name=name, participants=tuple(found)))
        return found if len(found) == 1 else []

    def members(self, pin: Pin, times: list[tuple[Round, ...]]) -> Iterator[Participant]:
        """Return whom a group's pin means, of those who could be in its session once that it is held."""
        group, values = pin.meant
        named = {same(group, value): value for value in values}
        members: list[Participant] = []
        for key, value in named.items():
            members += self._members[group, key]
            if not self._members[group, key]:
                self.empty.append(NobodyOf(pin=pin, group=group, value=value))
        if pin.others:
            members = [each for each in self._people if trait_of(each, group) not in named]
        return (each for each in members if any(all(_is_free(each, one) for one in time) for time in times))


def _is_free(person: Participant, round_: Round) -> bool:
    """Whether somebody attends a round, and does not have to present in it."""
    bound = {session.code for session in round_.sessions if not session.may_be_cancelled}
    return person.attends(round_) and person.presents_in(round_) not in bound


def _names(rules: Rules) -> Iterator[str]:
    yield from (pin.participant for pin in rules.pins if pin.participant)
    for group in rules.groups:
        yield from group.participants
