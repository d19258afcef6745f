"""What a coordinator decides: what has to hold for a day, beside seats and wishes.

``RULES`` says what there is to know of each kind of rule. How each is kept stands in the solver, its
generators, and how it is judged in the audit, its judges: those two know nothing of each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import Protocol

from midtvejs.domain.diagnostic import Place
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.wording import quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A participant is in a session, or (a ban) is not: ``holds`` tells which.

    ``participant`` is a name or an email as the program writes it; empty where everybody of an
    ``organisation`` is meant, but for those who present another session of that round or do not attend it; or
    everybody who in a ``group`` is one ``of`` these, or, with ``others``, none of them: then the session is
    only for those that are named. Where a session is held more than once, it holds in the round with
    ``round_id``; without one, a pin holds in any of its rounds, and a ban in all of them. ``place`` is where
    the program says so, None where no file does.
    """

    code: str
    holds: bool = True
    round_id: str = ""
    participant: str = ""
    organisation: str = ""
    group: str = ""
    of: tuple[str, ...] = ()
    others: bool = False
    reason: str = ""
    place: Place | None = None

    @property
    def meant(self) -> tuple[str, tuple[str, ...]]:
        """The group that it speaks of, and who in it; nothing of it where it names a participant."""
        return ("organisation", (self.organisation,)) if self.organisation else (self.group, self.of)

    @property
    def of_whom(self) -> str:
        """Those that it speaks of, in words."""
        group, values = self.meant
        return " ".join([*([] if group == "organisation" else [group]), ", ".join(values)])

    @property
    def whom(self) -> str:
        return self.participant or f"everybody of {self.of_whom}"

    def __str__(self) -> str:
        when = f" in {self.round_id}" if self.round_id else ""
        if self.others:
            return f"{self.code}{when} is only for {self.of_whom}"
        return f"{self.whom} is {'' if self.holds else 'not '}in {self.code}{when}"


class Company(StrEnum):
    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Participants who share a session (together), or of whom no two do (apart).

    In the round with ``round_id``, or all day where that is empty; where one of them does not attend, or is
    the only one left, nothing is asked of them. ``participants`` are names or emails as the program writes
    them.
    """

    company: Company
    participants: tuple[str, ...]
    round_id: str = ""
    reason: str = ""
    place: Place | None = None

    def holds_in(self, round_id: str) -> bool:
        """Return whether anything is asked in a round, by its id."""
        return self.round_id in {"", round_id}

    def __str__(self) -> str:
        when = f" in {self.round_id}" if self.round_id else ""
        return f"{self.company}{when}: {', '.join(self.participants)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """So many of one in a ``group``, such as a grade: at most, or at least, in a session's audience.

    It is of one with the ``value``, as the program writes it; where that is empty, of any (at most), or of
    each that anyone is who takes a seat in the round (at least).
    """

    group: str
    number: int
    value: str = ""
    place: Place | None = None

    def describe(self, one: str) -> str:
        """Return, for example, ``5 of grade 9``; ``5 of one grade`` where ``one`` says so."""
        value = f"{self.group} {self.value}" if self.value else f"{one} {self.group}"
        return f"{self.number} of {value}"


Decision = Pin | Group
"""What names participants one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for the whole day.

    ``at_most`` limits how many of one organisation are in a session's audience, None for no limit; or of one
    in the group ``at_most_of``. ``spread_of`` is the group of which the criterion ``spread`` counts pairs.
    ``presenters_take_seats``: each presenter takes a seat of their own session.
    ``friends_together``: those who name each other are together all day, directly or by others.
    """

    fairness: tuple[Criterion, ...] = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)
    seed: int = 0
    at_most: int | None = None
    at_most_of: str = "organisation"
    spread_of: str = "organisation"
    presenters_take_seats: bool = False
    friends_together: bool = False
    pins: tuple[Pin, ...] = ()
    groups: tuple[Group, ...] = ()


class Law(StrEnum):
    """What every assignment has to keep; the first eight whatever a coordinator decides."""

    SEATED = "everybody has one session in each round that they attend"
    ATTENDING = "nobody has a session in a round that they do not attend"
    KNOWN = "only participants are seated"
    ROUND = "each session is one of its round's"
    ONCE = "nobody but its presenters is in a session more than once"
    THROUGH = "a participant in a session that goes on is in it to its end"
    PRESENTING = "presenters are in their own session, unless it is cancelled"
    SEATS = "no session holds more than its room has seats"
    ROOMS = "there is a room of its own for each session whose room is open"
    STEP_FREE = "participants who need a step-free room are in one"
    PINS = "pins and bans hold"
    LEAST = "each session that is held has its least audience"
    AT_LEAST = "each session that is held has as many of each grade, or of other groups, as it needs"
    AT_MOST = "no session has more of one organisation, or of one in another group, than is allowed"
    TOGETHER = "participants who are to be together are in one session"
    APART = "participants who are to be apart are in different sessions"


class Couples(Enum):
    """Whom a rule binds to each other, beside the seats that all share.

    ``NOBODY``: each participant is looked at alone. ``AUDIENCE``: all who are in a session, whoever they are.
    ``ALIKE``: those of one organisation. ``NAMED``: those whom it names.
    """

    NOBODY = auto()
    AUDIENCE = auto()
    ALIKE = auto()
    NAMED = auto()


class Shown(Enum):
    """Where a saved assignment that breaks a rule is wrong.

    ``CELL``: at the participant's session. ``ROUND``: at the heading of the round. ``TOO_MANY``: at the first
    of those who are too many in a session, whose lines are told.
    """

    CELL = auto()
    ROUND = auto()
    TOO_MANY = auto()


class AskedSession(Protocol):
    """What rules may ask of a sitting."""

    @property
    def code(self) -> str: ...
    @property
    def at_most(self) -> Sequence[Quota]: ...
    @property
    def at_least(self) -> Sequence[Quota]: ...
    @property
    def least(self) -> int: ...
    @property
    def rooms(self) -> Sequence[object]: ...


class AskedDay(Protocol):
    """What rules may ask of a program."""

    @property
    def rules(self) -> Rules: ...
    @property
    def sittings(self) -> Mapping[str, AskedSession]: ...


class AskedPerson(Protocol):
    """What rules may ask of a participant."""

    @property
    def pins(self) -> tuple[Pin, ...]: ...
    @property
    def groups(self) -> tuple[Group, ...]: ...
    @property
    def step_free(self) -> bool: ...


People = Sequence[AskedPerson]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number that holds for the whole day: in ``Rules`` by the rule's key, None where nothing is asked.

    In program.yaml it stands below the key, or a step ``inside`` it, where any group may stand instead. It
    is ``least`` or more. ``words`` are what those who take part read of it, and of the group, by language.
    """

    inside: str = ""
    least: int = 1
    example: int
    words: Mapping[str, str]


def _nothing(_day: AskedDay) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleKind:
    """What there is to know of one kind of rule.

    ``key`` is its name in program.yaml, ``asked`` tells whether a day asks for it. A queue, which sees but
    one participant at a time, cannot keep what ``unkept`` says; ``of_rules`` and ``of_sessions`` are the
    fields, and their values, of a day that does not ask for that. A breach is the ``fault`` of that name
    among the codes, and has a ``hint`` at how to mend it.
    """

    key: str
    couples: Couples
    asked: Callable[[AskedDay, People], bool]
    fault: str
    hint: str
    shown: Shown = Shown.CELL
    unkept: Callable[[AskedDay], Iterable[str]] = _nothing
    of_rules: Mapping[str, object] = field(default_factory=dict)
    of_sessions: Mapping[str, object] = field(default_factory=dict)
    amount: Amount | None = None


NAMING_EACH_OTHER = "together: those who name each other (with: always)"


def _group_rule(company: Company, *, fault: str) -> RuleKind:
    of_friends = {"friends_together": False} if company is Company.TOGETHER else {}

    def is_asked(day: AskedDay, people: People) -> bool:
        some = any(group.company is company for group in day.rules.groups)
        some = some or any(getattr(day.rules, name) for name in of_friends)
        return some and any(group.company is company for person in people for group in person.groups)

    return RuleKind(
        key=str(company),
        couples=Couples.NAMED,
        asked=is_asked,
        # All groups in the order of the file, whichever company asks first.
        unkept=lambda day: [
            *(f"{group}{cite_place(group.place)}" for group in day.rules.groups),
            *([NAMING_EACH_OTHER] if day.rules.friends_together else []),
        ],
        of_rules={"groups": (), **of_friends},
        fault=fault,
        hint="move one of them, or remove the group from the program",
    )


def _least_audiences(day: AskedDay) -> Iterator[str]:
    codes: dict[int, dict[str, None]] = defaultdict(dict)
    for session in day.sittings.values():
        if session.least:
            codes[session.least][session.code] = None
    for least, sessions in codes.items():
        yield f"{quantity(least, 'participant')} at least in {', '.join(sessions)}"


def _most_of_one(day: AskedDay) -> Iterator[str]:
    if day.rules.at_most is not None:
        yield f"at most {day.rules.at_most} of one {day.rules.at_most_of} in a session"
    for session in day.sittings.values():
        for quota in session.at_most:
            yield f"at most {quota.describe('one')} in {session.code}"


def _least_of_each(day: AskedDay) -> Iterator[str]:
    for session in day.sittings.values():
        for quota in session.at_least:
            yield f"at least {quota.describe('each')} in {session.code}"


def cite_place(place: Place | None) -> str:
    """Return, for example, `` (program.yaml:40)``; nothing where no file says so."""
    return f" ({place.file}:{place.line})" if place else ""


RULES: Mapping[Law, RuleKind] = {
    Law.AT_MOST: RuleKind(
        key="at_most",
        couples=Couples.ALIKE,
        asked=lambda day, _people: (
            day.rules.at_most is not None or any(session.at_most for session in day.sittings.values())
        ),
        unkept=_most_of_one,
        of_rules={"at_most": None},
        of_sessions={"at_most": ()},
        amount=Amount(
            inside="organisation",
            example=5,
            words={
                "da": "Højst {} fra samme {} i en session.",
                "en": "At most {} of one {} are in a session.",
                "nb": "Høyst {} fra samme {} i en sesjon.",
            },
        ),
        fault="TOO_MANY_OF_ONE",
        hint="beyond those",
        shown=Shown.TOO_MANY,
    ),
    Law.AT_LEAST: RuleKind(
        key="at_least",
        couples=Couples.ALIKE,
        asked=lambda day, _people: any(session.at_least for session in day.sittings.values()),
        unkept=_least_of_each,
        of_sessions={"at_least": ()},
        fault="TOO_FEW_OF_ONE",
        hint="move others of them to it, or ask for fewer: at_least",
        shown=Shown.ROUND,
    ),
    Law.LEAST: RuleKind(
        key="min_participants",
        couples=Couples.AUDIENCE,
        asked=lambda day, _people: any(session.least for session in day.sittings.values()),
        unkept=_least_audiences,
        of_sessions={"least": 0, "may_be_cancelled": False},
        fault="TOO_FEW",
        hint="move others to it, or ask for fewer: min_participants",
        shown=Shown.ROUND,
    ),
    Law.TOGETHER: _group_rule(Company.TOGETHER, fault="NOT_TOGETHER"),
    Law.APART: _group_rule(Company.APART, fault="NOT_APART"),
    Law.ROOMS: RuleKind(
        key="room",
        couples=Couples.AUDIENCE,
        asked=lambda day, _people: any(session.rooms for session in day.sittings.values()),
        fault="NO_ROOMS",
        hint="move some of them to where there is more space",
        shown=Shown.ROUND,
    ),
    Law.STEP_FREE: RuleKind(
        key="step_free",
        couples=Couples.NOBODY,
        asked=lambda _day, people: any(person.step_free for person in people),
        fault="UP_STEPS",
        hint="move them to a session in a room that is step_free",
    ),
    Law.PINS: RuleKind(
        key="pins",
        couples=Couples.NOBODY,
        asked=lambda _day, people: any(person.pins for person in people),
        fault="AGAINST_PIN",
        hint="move them, or remove the pin from the program",
    ),
}
"""Every kind of rule that a coordinator may ask for. A queue refuses in this order."""


def rules_asked_for(day: AskedDay, people: People) -> frozenset[Law]:
    """Return the kinds of rules that a day asks for of these participants."""
    return frozenset(law for law, kind in RULES.items() if kind.asked(day, people))


def amounts(rules: Rules) -> dict[Law, int]:
    """Return the numbers that rules ask for, those that are asked for at all."""
    numbers = ((law, getattr(rules, kind.key)) for law, kind in RULES.items() if kind.amount)
    return {law: number for law, number in numbers if number is not None}


def rules_beyond_a_queue(day: AskedDay) -> tuple[str, ...]:
    """Say which rules nobody can keep who sees but one participant at a time; rooms follow from who comes."""
    return tuple(dict.fromkeys(said for kind in RULES.values() for said in kind.unkept(day)))
