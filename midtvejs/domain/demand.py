"""What people wish for, against the seats there are, before anybody is seated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from midtvejs.domain.offers import count_most_seats
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.profile import rounds_to_choose_in
from midtvejs.domain.program import Block, Offer, Program, Round, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDemand:
    """``first``: whose first wish it is; ``listed``: who have it anywhere on their lists.

    Of a list over several rounds, as many wishes are first ones as there are rounds left to choose in.
    ``sittings`` are all the times that the session is held in these rounds; there are none of an ``offer``,
    which is still to be placed.
    """

    session: Session
    sittings: tuple[Session, ...]
    first: int
    listed: int
    offer: Offer | None = None

    @property
    def seats(self) -> int:
        """How many seats it has whenever it is held."""
        if self.offer:
            return self.offer.most * self.session.seats
        return sum(sitting.seats for sitting in self.sittings)

    @property
    def least(self) -> int:
        """How many must be in its audience, all the times that it is held at least."""
        if self.offer:
            return self.offer.fewest * self.session.least
        return sum(sitting.least for sitting in self.sittings)

    @property
    def open(self) -> bool:
        """Whether a room of it is open, or how often it is held, so that it has so many seats at most."""
        return self.offer is not None or any(sitting.rooms for sitting in self.sittings)

    @property
    def beyond(self) -> int:
        """How many of those whose first wish it is find no seat in it."""
        return max(0, self.first - self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockDemand:
    """The rounds of one list, and those who choose in them: who attend one, and do not present in it.

    A ``whole`` list names every session that one can choose, a ``partial`` one some, an ``empty`` one none.
    Of the partial ones ``crowded`` name only sessions with more first wishes than seats. ``choosing`` counts
    those who choose in each of the rounds, ``seats`` the seats there; at most so many while anything of a
    round is open. ``asked`` tells whether there is a choice.
    """

    block: Block
    rounds: tuple[Round, ...]
    choosing: tuple[int, ...]
    seats: tuple[int, ...]
    sessions: tuple[SessionDemand, ...]
    asked: bool
    whole: int
    partial: int
    empty: int
    crowded: int = 0

    def awaits(self, round_: Round) -> bool:
        """Whether what is still to be placed may be held in a round of it."""
        return any(each.offer and round_.id in each.offer.rounds for each in self.sessions)

    @property
    def round(self) -> Round:
        """The round, or the first of them."""
        return self.rounds[0]

    @property
    def participants(self) -> int:
        return self.whole + self.partial + self.empty

    @property
    def beyond(self) -> int:
        """How many first wishes cannot be met, however seats are dealt."""
        return sum(each.beyond for each in self.sessions)


def demand(program: Program, participants: Sequence[Participant]) -> tuple[BlockDemand, ...]:
    """Count the wishes of each list, in the order of the day."""
    standing = [person for person in participants if _is_bound(person)]
    choosing = len(participants) - len(standing)
    demands = []
    for index, block in enumerate(program.blocks):
        rounds, sessions = program.rounds_in(block), program.sessions_in(block)
        everybody = Counter(person.wishes[index] for person in participants if not _is_bound(person))
        lists = Counter(
            {_List(wishes, len(rounds), len(sessions)): count for wishes, count in everybody.items()}
        )
        offers = offers_in(program, block)
        own = (_list_of(person, person.wishes[index], rounds, offers) for person in standing)
        lists.update(filter(None, own))
        chosen_in = tuple(
            choosing + sum(_chooses(person, round_) for person in standing) for round_ in rounds
        )
        demands.append(_count_block(program, block, chosen_in, lists))
    return tuple(demands)


@dataclass(frozen=True, slots=True)
class _List:
    """A list of wishes, in how many rounds its writer chooses, and among how many sessions."""

    wishes: Wishes
    rounds: int
    sessions: int

    @property
    def is_partial(self) -> bool:
        return 0 < len(self.wishes.codes) < self.sessions


def _list_of(
    person: Participant, wishes: Wishes, rounds: Sequence[Round], offers: Sequence[Offer]
) -> _List | None:
    """Return what a participant can have of their list; None where they choose in none of the rounds."""
    presented = sum(offer.fewest for offer in offers if offer.code in person.presents)
    count = rounds_to_choose_in(person, rounds) - presented
    if count < 1:
        return None
    can_be_had = choosable(person, rounds, offers)
    if person.pins or person.step_free:
        wishes = wishes.without(set(wishes.codes) - can_be_had)
    return _List(wishes, count, len(can_be_had))


def offers_in(program: Program, block: Block) -> tuple[Offer, ...]:
    """Return what is still to be placed in the rounds of a list."""
    ids = {round_.id for round_ in program.rounds_in(block)}
    return tuple(offer for offer in program.offers if not ids.isdisjoint(offer.rounds))


def choosable(person: Participant, rounds: Sequence[Round], offers: Sequence[Offer] = ()) -> set[str]:
    """Return the sessions that a participant can choose: open to them, in rounds that they do not present in.

    What is still to be placed is open to them unless a ban is in the way, or a step in all of its rooms.
    """
    chosen_in = [round_ for round_ in rounds if _chooses(person, round_)]
    ids, banned = {round_.id for round_ in chosen_in}, {pin.code for pin in person.pins if not pin.holds}
    placed = {code for round_ in chosen_in for code in person.open_to_them(round_)}
    open_ = {
        offer.code
        for offer in offers
        if offer.code not in banned
        and not ids.isdisjoint(offer.rounds)
        and (offer.session.may_be_step_free or not person.step_free)
    }
    return (placed | open_) - person.presents


def _is_bound(person: Participant) -> bool:
    """Whether some sessions may not be open to a participant, or some rounds leave them nothing to choose."""
    return bool(person.presents or person.absent or person.pins or person.step_free)


def _chooses(person: Participant, round_: Round) -> bool:
    return person.attends(round_) and person.presents_in(round_) is None


def _count_block(
    program: Program, block: Block, choosing: tuple[int, ...], lists: Counter[_List]
) -> BlockDemand:
    first: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    whole = empty = 0
    for each, count in lists.items():
        codes = each.wishes.codes
        for code in each.wishes.first(each.rounds):
            first[code] += count
        for code in codes:
            listed[code] += count
        empty += 0 if codes else count
        whole += count if codes and len(codes) >= each.sessions else 0
    rounds = program.rounds_in(block)
    offers = {offer.code: offer for offer in offers_in(program, block)}
    sessions = tuple(
        SessionDemand(
            session=session,
            sittings=_sittings(session, rounds),
            first=first[session.code],
            listed=listed[session.code],
            offer=offers.get(session.code),
        )
        for session in program.sessions_in(block)
    )
    over = {each.session.code for each in sessions if each.beyond}
    return BlockDemand(
        block=block,
        rounds=rounds,
        choosing=choosing,
        seats=tuple(count_most_seats(program, round_) for round_ in rounds),
        asked=block in program.asked,
        sessions=sessions,
        whole=whole,
        partial=lists.total() - whole - empty,
        empty=empty,
        crowded=sum(
            count for each, count in lists.items() if each.is_partial and over.issuperset(each.wishes.codes)
        ),
    )


def _sittings(session: Session, rounds: Sequence[Round]) -> tuple[Session, ...]:
    return tuple(
        each
        for round_ in rounds
        for each in round_.sessions
        if each.code == session.code and not round_.has_begun(each)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """How many rank every session that they can choose (``whole``), some (``partial``) or none (``empty``).

    The round in which a participant presents, and those they do not attend, leave them nothing to rank; nor
    does a list of which nobody is asked.
    """

    whole: int
    partial: int
    empty: int


def turnout(program: Program, participants: Iterable[Participant]) -> Turnout:
    whole = partial = empty = 0
    asked = frozenset(program.asked)
    for person in participants:
        ranked = rankable = 0
        for block, wishes in zip(program.blocks, person.wishes, strict=True):
            if block in asked:
                open_ = choosable(person, program.rounds_in(block), offers_in(program, block))
                rankable += len(open_)
                # What is ranked beside one's own session counts for nothing.
                ranked += sum(code in open_ for code in wishes.codes)
        if not ranked and rankable:
            empty += 1
        elif ranked < rankable:
            partial += 1
        else:
            whole += 1
    return Turnout(whole=whole, partial=partial, empty=empty)
