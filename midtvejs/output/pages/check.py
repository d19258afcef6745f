"""What ``check`` shows: how a file was understood, who wants what, what will hurt."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.answers import (
    DEFAULT_OPTIONS,
    Admission,
    ColumnUse,
    OnDuplicate,
    Provenance,
    ReadOptions,
)
from midtvejs.domain.concerns import Concern
from midtvejs.domain.demand import BlockDemand, SessionDemand, Turnout
from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.friends import Pair
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Round, is_unlimited
from midtvejs.domain.wording import listing, quantity
from midtvejs.output.choices import OutputFormat
from midtvejs.output.demand_table import DemandRow, DemandTable, fit_demand
from midtvejs.output.layout import (
    Fitted,
    colour,
    grid,
    indent,
    line,
    seats_in_column,
    shorten,
    stack,
    words_of,
)
from midtvejs.output.pages.diagnostics import one_line, render
from midtvejs.output.screen import Page, printable
from midtvejs.output.tables.json_text import json_text

if TYPE_CHECKING:
    from rich.console import RenderableType

MANY = 10
"""So many concerns of a kind are told of."""
NOT_NAMED_BACK = "Not named back:"
INDENT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was read without an error. ``warnings`` came with it; ``next`` is the command to go on with.

    ``answers`` counts those that count; on a list of participants there may be more, who answered
    ``too_late`` or are ``unanswered``. ``pairs`` counts those who named each other, None where nobody named
    anybody; ``one_sided`` are those who named another, and whom, where they were not named back.
    """

    program: Program
    participants: int
    answers: int
    too_late: tuple[Participant, ...] = ()
    unanswered: tuple[Participant, ...] = ()
    options: ReadOptions = DEFAULT_OPTIONS
    provenance: Provenance
    turnout: Turnout
    demands: tuple[BlockDemand, ...]
    concerns: tuple[Concern, ...]
    pairs: int | None = None
    one_sided: tuple[Pair, ...] = ()
    warnings: tuple[Diagnostic, ...]
    next: str

    @property
    def file(self) -> str:
        return self.provenance.file

    @property
    def about(self) -> Iterator[tuple[str, str]]:
        """Return what there is to know of the file and its answers, each with its label."""
        yield "read as", describe_file(self.provenance)
        used = [column for column in self.provenance.columns if column.use]
        yield "columns", ", ".join(uses(self.program, used))
        if idle := [column.heading for column in self.provenance.columns if not column.use]:
            yield "not read", ", ".join(heading.strip() or "(no heading)" for heading in idle)
        expected = self.program.event.expected_participants
        yield "answers", f"{self.answers}{f' of {expected} expected' if expected else ''}"
        yield from left_out_lines(self.provenance, self.options)
        yield from to_seat(self.participants, len(self.too_late), self.unanswered)
        whole, partial, empty = self.turnout.whole, self.turnout.partial, self.turnout.empty
        if self.pairs is not None:
            in_vain = f"; {quantity(len(self.one_sided), 'name')} not returned" if self.one_sided else ""
            yield "friends", f"{quantity(self.pairs, 'pair')} named each other{in_vain}"
        yield "wishes", f"{whole} ranked all they can choose, {partial} some of it, {empty} nothing"

    @property
    def not_named_back(self) -> list[tuple[str, str]]:
        """Return who named whom in vain, a line each, and no more than ``MANY``."""
        silent = {person.key for person in (*self.too_late, *self.unanswered)}
        whom: dict[Participant, list[str]] = defaultdict(list)
        for person, other in self.one_sided:
            whom[person].append(f"{other.name} (no answer)" if other.key in silent else other.name)
        lines = [(person.name, ", ".join(names)) for person, names in whom.items()]
        more = len(lines) - MANY
        return [*lines[:MANY], (f"and {more} more", "")] if more > 0 else lines

    @property
    def told(self) -> Iterator[str]:
        """Return what will hurt, a line each, and no more than ``MANY`` of a kind."""
        kinds = defaultdict(list)
        for concern in self.concerns:
            kinds[concern.kind].append(concern)
        for alike in kinds.values():
            yield from map(str, alike[:MANY])
            if len(alike) > MANY:
                yield f"and {len(alike) - MANY} more of this kind"

    @property
    def verdict(self) -> str:
        counted = f"No faults, {quantity(len(self.warnings) + len(self.concerns), 'warning')}."
        hindered = list(dict.fromkeys(each.about for each in self.concerns if each.forbids))
        if hindered:
            change = f"change {listing(hindered)} in the program"
            return f"{counted} Nobody can be seated: {change}. Then: {self.next}"
        return f"{counted} Next: {self.next}"


def _warning_lines(warnings: Iterable[Diagnostic]) -> Iterator[tuple[str, str]]:
    """Return each warning with its hint, which is given once where many have the same."""
    said = set[str]()
    for warning in warnings:
        yield one_line(warning), "" if warning.hint in said else printable(warning.hint)
        said.add(warning.hint)


def check_page(checked: Checked) -> Page:
    return Page(plain=lambda: _plain(checked), rich=lambda: _rich(checked))


def _lists(each: BlockDemand) -> str:
    """Say how much people listed, and what that means for all of them."""
    names = "names" if each.crowded == 1 else "name"
    crowded = f" ({each.crowded} {names} only over-subscribed sessions)" if each.crowded else ""
    lists = f"{quantity(each.whole, 'whole list')}, {each.partial} partial{crowded}, {each.empty} empty"
    if each.block.alone:
        return f"{lists}; {each.beyond} cannot have their first wish" if each.beyond else lists
    firsts = f"the first {len(each.rounds)} of each list are its first wishes"
    return f"{lists}; {firsts}" + (f", {each.beyond} of them cannot be met" if each.beyond else "")


def _title(each: BlockDemand) -> str:
    """Return ``R1 Runde 1``, or ``wishes, one list for R1, R2 and R3``."""
    if each.block.alone:
        return f"{each.round.id} {each.round.name}"
    return f"{each.block.id}, one list for {listing([round_.id for round_ in each.rounds])}"


def _choices(each: BlockDemand) -> str:
    """Say how many seats there are for whom: once where that is so in each of the rounds."""
    counted = zip(each.rounds, each.choosing, each.seats, strict=True)
    choices = [_choice(*numbers, awaits=each.awaits(numbers[0])) for numbers in counted]
    if each.block.alone:
        return choices[0]
    if len(set(choices)) == 1:
        return f"{choices[0]} in each round"
    return ", ".join(f"{round_.id} {choice}" for round_, choice in zip(each.rounds, choices, strict=True))


def _choice(round_: Round, participants: int, count: int, *, awaits: bool) -> str:
    seats = _seats(count, at_most=awaits or any(session.rooms for session in round_.sessions))
    return f"{seats} for {quantity(participants, 'participant')}"


def _seats(count: int, *, at_most: bool) -> str:
    if is_unlimited(count):
        return "seats without limit"
    return f"{'at most ' if at_most else ''}{quantity(count, 'seat')}"


def _times(each: SessionDemand) -> str:
    """Say how often a session is held, where that is several times, or still to be placed."""
    if offer := each.offer:
        times = f"{offer.fewest} to {offer.most}" if offer.most > offer.fewest else str(offer.most)
        return "to be placed" if offer.most == 1 else f"to be placed {times} times"
    return f"{len(each.sittings)} times" if len(each.sittings) > 1 else ""


def _mark(each: SessionDemand) -> str:
    return f"over by {each.beyond}" if each.beyond else ""


def _cancelled(each: BlockDemand) -> list[str]:
    """Return a line for each time that a session is cancelled, in which round where that is not plain."""
    return [
        f"{session.code} {session.title}: cancelled{'' if each.block.alone else f' in {round_.id}'}"
        for round_ in each.rounds
        for session in round_.cancelled
        if not round_.has_begun(session)
    ]


# Plain


def _plain(checked: Checked) -> Iterator[str]:
    yield printable(checked.file)
    yield from (printable(f"{label}: {fact}") for label, fact in checked.about)
    for each in checked.demands:
        yield ""
        yield printable(f"{_title(each)}: {_choices(each)}")
        if each.asked:
            yield _lists(each)
            yield from (printable(_session(session)) for session in each.sessions)
        yield from map(printable, _cancelled(each))
    yield ""
    if checked.one_sided:
        yield NOT_NAMED_BACK
        for person, whom in checked.not_named_back:
            yield printable(f"{person} → {whom}" if whom else person)
        yield ""
    yield from _plain_warnings(checked)
    yield printable(checked.verdict)


def _plain_warnings(checked: Checked) -> Iterator[str]:
    for warning, hint in _warning_lines(checked.warnings):
        yield warning
        if hint:
            yield f"  = help: {hint}"
    yield from (printable(f"warning: {concern}") for concern in checked.told)


def _session(each: SessionDemand) -> str:
    session = each.session
    seats = _seats(each.seats, at_most=each.open)
    where = "" if session.rooms or _times(each) else f", {session.room.name}"
    numbers = (_times(each), seats, f"first wish of {each.first}", f"listed by {each.listed}", _mark(each))
    return f"{session.code} {session.title}{where}: {', '.join(filter(None, numbers))}"


# On a terminal


def _rich(checked: Checked) -> RenderableType:
    facts = grid(2)
    for label, fact in checked.about:
        facts.add_row(line((label, "dim")), words_of(fact))
    parts = [
        stack((line((checked.file, "bold")), indent(facts))),
        Fitted(partial(_rounds, checked.demands)),
    ]
    if checked.one_sided:
        parts.append(_not_named_back(checked.not_named_back))
    warnings = _rich_warnings(checked)
    verdict = line((checked.verdict, "yellow" if warnings else "green"))
    return stack([*parts, stack([*warnings, verdict])], gap=True)


def _not_named_back(lines: Iterable[tuple[str, str]]) -> RenderableType:
    table = grid(2)
    for person, whom in lines:
        table.add_row(words_of(person, "" if whom else "dim"), line(("→ ", "dim"), whom) if whom else "")
    return stack((line((NOT_NAMED_BACK, "bold")), indent(table)))


def _rich_warnings(checked: Checked) -> list[RenderableType]:
    warnings = [_warning(*warning) for warning in _warning_lines(checked.warnings)]
    return [*warnings, *map(_warning, checked.told)]


def _warning(warning: str, hint: str = "") -> RenderableType:
    row = grid(2, gap=1)
    row.add_row(line(("!", "bold yellow")), words_of(warning))
    if hint:
        row.add_row("", line(("= ", "blue"), ("help: ", "bold"), hint))
    return row


def _rounds(demands: Sequence[BlockDemand], width: int) -> RenderableType:
    rows = [_row(session) for each in demands if each.asked for session in each.sessions]
    table = fit_demand(("seats", "1st wish", "listed"), rows, width - INDENT)
    return stack([*(_round(each, table) for each in demands), *table.legend], gap=True)


def _round(each: BlockDemand, table: DemandTable) -> RenderableType:
    about: list[RenderableType]
    if each.block.alone:
        about = [line((_title(each), "bold"), (f" · {_choices(each)}", "dim"))]
    else:
        about = [line((_title(each), "bold")), indent(line((_choices(each), "dim")))]
    cancelled = [indent(line((said, "dim"))) for said in _cancelled(each)]
    if not each.asked:
        return stack((*about, *cancelled))
    drawn = table.draw([_row(session) for session in each.sessions])
    return stack((*about, indent(line((_lists(each), "dim"))), indent(drawn, INDENT), *cancelled))


def _row(each: SessionDemand) -> DemandRow:
    times = (f"{', ' if _mark(each) and _times(each) else ''}{_times(each)}", "dim")
    return DemandRow(
        label=words_of(each.session.code, "bold cyan"),
        numbers=[*map(words_of, (seats_in_column(each.seats), str(each.first), str(each.listed)))],
        beside=line((_mark(each), colour(each.first, each.seats)), times),
        title=each.session.title,
        wanted=each.first,
        seats=each.seats,
    )


MOST_NAMES = 10
"""So many of those who did not answer are named."""
LONGEST_HEADING = 40
"""In columns; online forms head a column with a whole question."""


def describe_file(provenance: Provenance) -> str:
    how = f"sheet {provenance.sheet}" if provenance.sheet else provenance.encoding
    return f"{provenance.shape}, {how}"


def uses(program: Program, columns: Iterable[ColumnUse]) -> Iterator[str]:
    """Return what each column was read as; those of one list together, where its first one stands."""
    rounds = _lists_by_use(program)
    of_round: dict[str, list[ColumnUse]] = {}
    for column in columns:
        of_round.setdefault(rounds.get(column.use, column.use), []).append(column)
    for use, alike in of_round.items():
        yield f"{_headings(alike)} ({use})" if len(alike) > 1 else _use(alike[0])


def _lists_by_use(program: Program) -> dict[str, str]:
    """Return the lists of columns for one rank or one session."""
    return {
        f"{block.id} {part}": block.id
        for block in program.blocks
        for rank, session in enumerate((*program.sessions_in(block), *program.cancelled_in(block)), start=1)
        for part in (f"rank {rank}", session.code)
    }


def _headings(columns: Sequence[ColumnUse]) -> str:
    first, last = _heading(columns[0]), _heading(columns[-1])
    return f"{first}, {last}" if len(columns) == 2 else f"{first} ... {last}"


def _use(column: ColumnUse) -> str:
    """Return ``name``, or ``Navn (name)`` where the file says it in other words."""
    heading = _heading(column)
    return heading if heading == column.use else f"{heading} ({column.use})"


def _heading(column: ColumnUse) -> str:
    return shorten(" ".join(printable(column.heading).split()), LONGEST_HEADING)


def left_out_lines(provenance: Provenance, options: ReadOptions) -> Iterator[tuple[str, str]]:
    """Return the answers that do not count, and those of which it is open whether they do."""
    if provenance.doubled:
        counts = "first" if options.on_duplicate is OnDuplicate.FIRST else "last"
        yield "doubled", f"{provenance.doubled}; of each person the {counts} answer counts"
    if provenance.late:
        counted = "counted all the same" if options.late is Admission.ACCEPT else "left out"
        yield "late", f"{provenance.late} after the deadline, {counted}"
    if provenance.strangers:
        seated = "seated all the same" if options.strangers is Admission.ACCEPT else "left out"
        yield "strangers", f"{provenance.strangers} not on the list of participants, {seated}"


def to_seat(participants: int, too_late: int, unanswered: Sequence[Participant]) -> Iterator[tuple[str, str]]:
    """Return how many are to be seated where not all gave an answer that counts, and who gave none."""
    if too_late or unanswered:
        why = [(too_late, "answered too late"), (len(unanswered), "did not answer")]
        told = ", ".join(f"{count} {what}" for count, what in why if count)
        yield "to seat", f"{participants}, of whom {told}"
    if unanswered:
        names = [each.name for each in unanswered[:MOST_NAMES]]
        more = f" and {len(unanswered) - MOST_NAMES} more" if len(unanswered) > MOST_NAMES else ""
        yield "missing", f"{', '.join(names)}{more}"


def check_json(checked: Checked) -> str:
    """Return the object; ``rounds`` and their ``sessions`` stand in the order of the day.

    Rounds with one list stand together, with all their seats.
    """
    turnout = checked.turnout
    return json_text(
        {
            "file": checked.file,
            "faulty": False,
            "diagnostics": _diagnostics(checked.warnings),
            "read": _provenance(checked.provenance),
            "expected_participants": checked.program.event.expected_participants,
            "participants": checked.participants,
            "answers": checked.answers,
            "unanswered": _people(checked.unanswered),
            "too_late": _people(checked.too_late),
            "lists": {"whole": turnout.whole, "partial": turnout.partial, "empty": turnout.empty},
            **_friends_json(checked),
            "rounds": [_block_json(each) for each in checked.demands],
            "warnings": [
                {"kind": each.kind.value, "about": each.about, "message": each.message}
                for each in checked.concerns
            ],
        }
    )


def _friends_json(checked: Checked) -> Mapping[str, object]:
    """Return how many named each other, and who named whom in vain; nothing where nobody named anybody."""
    if checked.pairs is None:
        return {}
    one_sided = [
        {"participant": person, "named": other}
        for person, other in (_people(pair) for pair in checked.one_sided)
    ]
    return {"friends": {"pairs": checked.pairs, "not_named_back": one_sided}}


def warnings_page(checked: Checked) -> Page:
    """Show the warnings alone, for whom wants to hear of nothing else."""
    return Page(plain=lambda: _plain_warnings(checked), rich=lambda: stack(_rich_warnings(checked)))


def faults_json(file: str, diagnostics: Sequence[Diagnostic]) -> str:
    """Return the object for a file with faults, of which nothing else can be said."""
    return json_text({"file": file, "faulty": True, "diagnostics": _diagnostics(diagnostics)})


def _provenance(read: Provenance) -> Mapping[str, object]:
    return {
        "shape": read.shape.name.lower(),
        "encoding": read.encoding or None,
        "sheet": read.sheet or None,
        "columns": [
            {"number": each.number, "heading": each.heading, "use": each.use} for each in read.columns
        ],
        "rows": read.rows,
        "doubled": read.doubled,
        "late": read.late,
        "strangers": read.strangers,
        "unanswered": read.unanswered,
    }


def _people(people: Sequence[Participant]) -> list[Mapping[str, str]]:
    return [{"name": each.name, "email": each.email, "organisation": each.organisation} for each in people]


def _block_json(each: BlockDemand) -> Mapping[str, object]:
    of_list = {} if each.block.alone else {"rounds": [round_.id for round_ in each.rounds]}
    off = [session.code for round_ in each.rounds for session in round_.cancelled]
    cancelled = {"cancelled": list(dict.fromkeys(off))} if off else {}
    return {
        "id": each.block.id,
        **of_list,
        "seats": _limited(sum(each.seats)),
        "participants": each.participants,
        "lists": {"whole": each.whole, "partial": each.partial, "empty": each.empty},
        "only_over_subscribed": each.crowded,
        "sessions": [
            {
                "code": demand.session.code,
                "room": _room(demand),
                "seats": _limited(demand.seats),
                "first_wishes": demand.first,
                "listed": demand.listed,
                **({"times": len(demand.sittings)} if len(demand.sittings) > 1 else {}),
                **_to_be_placed(demand),
            }
            for demand in each.sessions
        ],
        **cancelled,
    }


def _to_be_placed(demand: SessionDemand) -> Mapping[str, object]:
    if not demand.offer:
        return {}
    return {"to_be_placed": {"fewest": demand.offer.fewest, "most": demand.offer.most}}


def _room(demand: SessionDemand) -> str | None:
    """Return the name of a session's room; none while one is open, and where it is held in several."""
    rooms = {sitting.room.name for sitting in demand.sittings}
    return rooms.pop() if len(rooms) == 1 and not demand.open else None


def _limited(seats: int) -> int | None:
    return None if is_unlimited(seats) else seats


def _diagnostics(diagnostics: Sequence[Diagnostic]) -> object:
    return json.loads(render(diagnostics, OutputFormat.JSON))
