"""What ``plan`` shows: the program that it found, what that means to those who wish, and how good it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import CRITERIA, Criterion, Stage, Status
from midtvejs.domain.plan_figures import Clash, count_met, find_clashes, find_held_in_vain
from midtvejs.domain.planning import NoLawfulPlacement, Planned, count_missing, pairs_of_a_track
from midtvejs.domain.program import Program, Round, Session, is_unlimited
from midtvejs.domain.wording import listing, quantity
from midtvejs.output.language import span
from midtvejs.output.layout import Fitted, grid, indent, line, section, stack, words_of
from midtvejs.output.pages.assign import demands_table
from midtvejs.output.pages.figures import BY_WORD, Summary, list_stages
from midtvejs.output.rooms import rooms_by_rounds
from midtvejs.output.screen import Page, printable
from midtvejs.output.tables.json_text import json_text

if TYPE_CHECKING:
    from rich.console import RenderableType

LEAST = "least possible"
"""What no placement has less of, whatever else it has."""
MOST_CLASHES = 5
"""So many pairs of sessions that run at the same time are told of."""
ANSWERS_TELL_MORE = (
    "Placed by presenters, rooms, tracks and seats alone: what people wish for would tell more "
    "(midtvejs plan PREFS)."
)
EXPECTED_TELLS_SEATS = (
    "How many come is not known: expected_participants, under event, would tell how many seats each round "
    "needs."
)
ONLY_WISHES = "only other wishes and seats are against parting them"
NOTHING_TO_PLACE = "Nothing is to be placed: the program stays as it is."
NO_PROGRAM = "Nothing is placed, nothing is written."


@dataclass(frozen=True, kw_only=True)
class PlannedDay:
    """A program whose sessions are placed; ``before`` is that of which they were to be.

    Nobody is seated where nobody has wished yet; ``planned`` says how it was found, where anything was to be.
    ``keep`` are the rounds and sessions that were kept, by ids and codes, of the program that there ``was``.
    """

    before: Program
    program: Program
    assignment: Assignment | None = None
    stages: tuple[Stage, ...] = ()
    planned: Planned | None = None
    keep: tuple[str, ...] = ()
    was: Program | None = None

    @cached_property
    def summary(self) -> Summary | None:
        if self.assignment is None:
            return None
        proven = all(stage.proven for stage in self.stages)
        status = Status.OPTIMAL if proven else Status.FEASIBLE
        return Summary(assignment=self.assignment, stages=self.stages, status=status)

    @property
    def heading(self) -> str:
        offers = self.before.offers
        if not offers:
            return NOTHING_TO_PLACE
        held = sum(session.code in {offer.code for offer in offers} for session in self._sittings)
        times = f", {quantity(held, 'time')} in all" if held > len(offers) else ""
        kept = f"; kept as they are: {', '.join(self.keep)}" if self.keep else ""
        return f"{quantity(len(offers), 'session')} placed{times}{kept}"

    @property
    def _sittings(self) -> tuple[Session, ...]:
        return tuple(self.program.sittings.values())

    @property
    def figures(self) -> list[tuple[Criterion, str, str]]:
        """Return each criterion with its value, and what is known of it in any placement."""
        if self.planned:
            figures = self.planned.figures
            return [(each, str(value), _bounded(self.planned, each)) for each, value in figures.items()]
        return [(stage.criterion, str(stage.value), "") for stage in self.stages]

    @property
    def found(self) -> list[str]:
        """Return how it was found, and what that proves."""
        if self.before.offers and self.assignment is None:
            return [*self._seats_for_all, ANSWERS_TELL_MORE]
        lines = [*_search(self.planned), *_prices(self.planned)] if self.planned else []
        if self.tells_missing and self.before.offers:
            lines = [*self._seats_for_all, *lines]
        if gaps := [stage for stage in self.stages if stage.gap]:
            lines.append(f"The seating is lawful, and not proven best for this program: {list_stages(gaps)}.")
        elif by_word := [stage.criterion for stage in self.stages if stage.by_word]:
            lines.append(f"That seats in this program allow no less {listing(by_word)} is the solver's word.")
        return lines

    @property
    def _seats_for_all(self) -> list[str]:
        """Say whether as many as are expected find seats, before anybody has signed up."""
        expected = self.program.event.expected_participants
        if not expected:
            return [EXPECTED_TELLS_SEATS]
        return [] if self.missing else [f"There are seats for {expected} participants in each round."]

    @property
    def tells_missing(self) -> bool:
        """Whether more are expected than have signed up."""
        signed_up = len(self.assignment.participants) if self.assignment else 0
        return (self.program.event.expected_participants or 0) > signed_up

    @cached_property
    def missing(self) -> dict[str, int]:
        """The seats that each round lacks for as many as are expected."""
        return count_missing(self.program) if self.tells_missing else {}

    @property
    def short(self) -> list[str]:
        """Return the rounds in which not as many find a seat as are expected."""
        expected = f"{self.program.event.expected_participants} expected participants"
        return [
            f"{round_.id} has {quantity(round_.seats, 'seat')} for {expected}: "
            f"{self.missing[round_.id]} too few"
            for round_ in self.program.rounds
            if round_.id in self.missing
        ]

    @property
    def met(self) -> list[str]:
        """Return how many attend how many of their first wishes."""
        met = count_met(self.assignment) if self.assignment else {}
        return [
            f"{'all' if each.got == each.of else each.got} of {each.of}: {quantity(count, 'participant')}"
            for each, count in met.items()
        ]

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        return find_clashes(self.assignment, self.before) if self.assignment else ()

    @property
    def clash_lines(self) -> list[str]:
        """Return the pairs of wishes that clash most, and why they do where that is certain."""
        lines = [_clash_line(clash) for clash in self.clashes[:MOST_CLASHES]]
        more = len(self.clashes) - MOST_CLASHES
        return [*lines, f"and {quantity(more, 'other pair')}"] if more > 0 else lines

    @property
    def tracks(self) -> list[str]:
        """Return the sessions of a track that run against each other."""
        rounds = {session.key: round_.id for round_ in self.program.rounds for session in round_.sessions}
        return [
            f"{one.track}: {one.code} and {other.code} run in {rounds[one.key]}"
            for one, other in pairs_of_a_track(self.program)
        ]

    @property
    def moved(self) -> list[str]:
        """Return the sessions that were held in other rounds or rooms, and where they are now."""
        before, now = _where(self.was or self.program), _where(self.program)
        return [
            f"{code}: {', '.join(now[code])}; it was {', '.join(before[code])}" for code in self.moved_codes
        ]

    @cached_property
    def moved_codes(self) -> list[str]:
        before, now = _where(self.was or self.program), _where(self.program)
        return [code for code in before if code in now and before[code] != now[code]]

    @property
    def held_in_vain(self) -> list[str]:
        """Return the sessions of which one sitting had been enough for everybody."""
        found = find_held_in_vain(self.assignment, self.before) if self.assignment else ()
        return [
            f"{each.code} is held {each.times} times, and its {quantity(each.taken, 'participant')} "
            f"would fit into one room with {quantity(each.seats, 'seat')}"
            + (f" (times: {each.times} asks for it)" if each.asked_for else "")
            for each in found
        ]

    @property
    def sections(self) -> list[tuple[str, list[str]]]:
        """Return what there is to tell, each with its title."""
        said = [
            ("Moved", self.moved),
            ("Too few seats", self.short),
            ("First wishes met", self.met),
            ("Wishes that clash", self.clash_lines),
            ("Tracks in one round", self.tracks),
            ("More often than seats need", self.held_in_vain),
        ]
        return [(title, lines) for title, lines in said if lines]


def _where(program: Program) -> dict[str, list[str]]:
    """Return where each session is held: ``R1 in Aula``."""
    found: dict[str, list[str]] = {}
    for key, session in program.sittings.items():
        room = "" if session.rooms else f" in {session.room.name}"
        found.setdefault(session.code, []).append(f"{program.round_of[key].id}{room}")
    return found


def plan_page(day: PlannedDay) -> Page:
    return Page(plain=lambda: _plain(day), rich=lambda: _rich(day))


def no_placement_page(error: NoLawfulPlacement) -> Page:
    """Say why the sessions cannot be placed, and the smallest changes that would help."""

    def plain() -> Iterator[str]:
        for obstacle in error.obstacles:
            yield printable(f"error: {obstacle.why}")
            yield printable(f"  help: {', or '.join(obstacle.changes)}")
        yield NO_PROGRAM

    def rich() -> RenderableType:
        parts: list[RenderableType] = []
        for obstacle in error.obstacles:
            parts.append(line(("error", "bold red"), ": ", obstacle.why))
            row = grid(2, gap=1)
            row.add_row(line(("help:", "bold cyan")), words_of(", or ".join(obstacle.changes)))
            parts.append(indent(row))
        return stack([*parts, words_of(NO_PROGRAM)])

    return Page(plain=plain, rich=rich)


def _bounded(planned: Planned, criterion: Criterion) -> str:
    value, bound = planned.figures[criterion], planned.bound[criterion]
    by = f", {BY_WORD}" if planned.recomputable[criterion] < bound else ""
    if value == bound:
        return f"{LEAST}{by}"
    return f"at least {bound}{by}; gap {value - bound}" if bound else ""


def _search(planned: Planned) -> Iterator[str]:
    if planned.apart:
        apart = f"Sessions of one track do not run at the same time ({listing(planned.apart)})"
        yield f"{apart}: what follows is of such programs."
    order = f"{', '.join(planned.order)}, in this order"
    if planned.counted:
        if planned.exist == 1:
            yield "Proven: there is no other placement in which everybody has a seat."
            return
        there = f"all {planned.exist:,} placements" if planned.exist else "all placements"
        better = "none is better when assign seats everybody in it"
        yield f"Proven{_by(planned.by_word)}: {there} were looked at, and {better} ({order})."
        return
    if all(value == planned.bound[criterion] for criterion, value in planned.figures.items()):
        tried = f"{planned.tried:,} were looked at"
        by = _by(planned.recomputable != planned.bound)
        yield f"No placement can be better{by}: each of these is the least that there can be ({tried})."
        return
    first, *others = planned.order
    if planned.exist and planned.figures[first] == planned.bound[first]:
        by = _by(planned.recomputable[first] < planned.bound[first])
        yield (
            f"Proven{by}: all {planned.exist:,} placements were counted, and none has less {first} with "
            f"everybody seated. Of {listing(others)}, nothing better was found in the best {planned.seated} "
            f"of them: a search, and no proof."
        )
        return
    yield (
        f"Nothing better in {_among(planned)}, and with everybody seated in the best {planned.seated} of "
        f"them ({order}): a search, and no proof."
    )
    if planned.alone != planned.figures:
        alone = ", ".join(f"{criterion} {value}" for criterion, value in planned.alone.items())
        yield f"If there were seats for all in each session, the best of them would come to {alone}."


def _by(word: bool) -> str:
    return f" ({BY_WORD})" if word else ""


def _among(planned: Planned) -> str:
    """Say how many placements were looked at, and how many there are, where that is known."""
    if planned.exist is None:
        return f"{planned.tried:,} placements"
    if planned.tried >= planned.exist:
        return f"all {planned.exist:,} placements that there are"
    return f"{planned.tried:,} of {planned.exist:,} placements"


def _prices(planned: Planned) -> Iterator[str]:
    """Say what it costs to have least of another criterion."""
    for other in planned.alternatives:
        costs = ", ".join(
            f"{criterion} {value} instead of {planned.figures[criterion]}"
            for criterion, value in other.figures.items()
            if criterion is not other.criterion and value != planned.figures[criterion]
        )
        least = other.figures[other.criterion]
        yield f"{other.criterion} {least} is possible: {costs or 'at no cost'} (--by {other.criterion})."


def _clash_line(clash: Clash) -> str:
    one, other = clash.codes
    why = "".join(f"; {each}" for each in clash.why or (ONLY_WISHES,))
    return f"{one} and {other}, both wanted by {clash.wanted_by}, run in {clash.round_id}{why}"


# Plain


def _plain(day: PlannedDay) -> Iterator[str]:
    yield day.heading
    for round_ in day.program.rounds:
        yield ""
        yield printable(f"{round_.id} {round_.name}, {span(round_.start, round_.end)}")
        yield from (printable(f"  {_held(day, session)}") for session in _begin(round_))
    if day.figures:
        yield ""
        for criterion, value, known in day.figures:
            yield f"{criterion} {value}{f' ({known})' if known else ''}"
    for title, lines in day.sections:
        yield ""
        yield from (printable(f"{title.lower()}: {each}") for each in lines)
    if day.found:
        yield ""
        yield from day.found


def _begin(round_: Round) -> list[Session]:
    return [session for session in round_.sessions if not round_.has_begun(session)]


def _held(day: PlannedDay, session: Session) -> str:
    """Return ``A Sygeplejerske, Aula: 97 of 120 seats taken, first wish of 110 in all its rounds``."""
    what = f"{session.code} {session.title}{'' if session.rooms else f', {session.room.name}'}"
    limit = "no limit" if is_unlimited(session.seats) else quantity(session.seats, "seat")
    if not day.summary:
        return f"{what}: {limit}"
    demand = next(each for each in day.summary.demands if each.session.code == session.code)
    sitting = next(each for each in demand.sittings if each.session.key == session.key)
    if sitting.cancelled:
        return f"{what}: {sitting.mark}"
    again = f" in {len(demand.sittings)} rounds" if demand.again else ""
    return f"{what}: {sitting.taken} taken of {limit}, first wish of {demand.wanted}{again}"


# On a terminal


def _rich(day: PlannedDay) -> RenderableType:
    from rich.rule import Rule

    parts: list[RenderableType] = [
        line((day.heading, "bold")),
        Fitted(partial(rooms_by_rounds, day.program)),
        Rule(style="dim"),
    ]
    if day.figures:
        parts.append(_figures(day))
    if day.summary:
        parts.append(
            stack((line(("Sessions", "bold")), indent(Fitted(partial(demands_table, day.summary.demands)))))
        )
    parts += [section(title, lines) for title, lines in day.sections]
    if day.found:
        parts.append(stack(map(words_of, day.found)))
    return stack(parts, gap=True)


def _figures(day: PlannedDay) -> RenderableType:
    table = grid(2)
    for criterion, value, known in day.figures:
        proven = (" ", (f"({known})", "green" if known.startswith(LEAST) else "yellow")) if known else ()
        table.add_row(
            line((f"{criterion} {value}", "bold"), *proven), line((CRITERIA[criterion].meaning, "dim"))
        )
    return table


# For other programs


def plan_json(day: PlannedDay) -> str:
    """Return the object; what was not looked for is not in it."""
    return json_text(
        {
            "placed": {
                offer.code: [
                    day.program.round_of[session.key].id
                    for session in day.program.sittings.values()
                    if session.code == offer.code
                ]
                for offer in day.before.offers
            },
            "kept": list(day.keep),
            **({} if day.was is None else {"moved": day.moved_codes}),
            "sittings": [_sitting_json(day, session) for session in day.program.sittings.values()],
            "tracks": [
                {"track": one.track, "sessions": [one.code, other.code], "round": _round_of(day, one)}
                for one, other in pairs_of_a_track(day.program)
            ],
            **({"missing_seats": day.missing} if day.tells_missing else {}),
            **(_wishes_json(day, day.assignment) if day.assignment else {}),
            **(_search_json(day.planned) if day.planned else {}),
        }
    )


def _round_of(day: PlannedDay, session: Session) -> str:
    return day.program.round_of[session.key].id


def _sitting_json(day: PlannedDay, session: Session) -> Mapping[str, object]:
    taken = {"taken": day.assignment.count_taken()[session.key]} if day.assignment else {}
    return {
        "code": session.code,
        "round": _round_of(day, session),
        "room": None if session.rooms else session.room.name,
        "seats": None if is_unlimited(session.seats) else session.seats,
        **taken,
    }


def _wishes_json(day: PlannedDay, assignment: Assignment) -> Mapping[str, object]:
    return {
        "figures": {stage.criterion.value: stage.value for stage in day.stages},
        "evidence": {stage.criterion.value: stage.evidence.value for stage in day.stages},
        "first_wishes_met": [
            {"of": each.of, "got": each.got, "participants": count}
            for each, count in count_met(assignment).items()
        ],
        "clashes": [
            {
                "sessions": list(clash.codes),
                "round": clash.round_id,
                "wanted_by": clash.wanted_by,
                "why": list(clash.why),
            }
            for clash in day.clashes
        ],
        "once_would_do": [each.code for each in find_held_in_vain(assignment, day.before)],
    }


def _search_json(planned: Planned) -> Mapping[str, object]:
    return {
        "order": [criterion.value for criterion in planned.order],
        "figures": _by_name(planned.figures),
        "bound": _by_name(planned.bound),
        "alone": _by_name(planned.alone),
        "tried": planned.tried,
        "seated": planned.seated,
        "exist": planned.exist,
        "proven": planned.counted,
        "by_solver": planned.by_word,
        "tracks_apart": list(planned.apart),
        "interrupted": planned.interrupted,
        "alternatives": [
            {
                "criterion": other.criterion.value,
                "figures": _by_name(other.figures),
                "placed": {code: list(rounds) for code, rounds in other.placement.items()},
            }
            for other in planned.alternatives
        ],
    }


def _by_name(figures: Mapping[Criterion, int]) -> Mapping[str, int]:
    return {criterion.value: value for criterion, value in figures.items()}
