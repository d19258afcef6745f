"""What is said where a verb ends without a result: nobody can be seated, a name is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midtvejs.domain.assignment import Impasse, Shortage
from midtvejs.domain.mechanism import CannotKeep, Mechanism
from midtvejs.domain.names import find_like
from midtvejs.domain.program import Round, Session, UnknownName
from midtvejs.domain.wording import list_first, quantity
from midtvejs.output.layout import grid, indent, line, stack, words_of
from midtvejs.output.screen import Page, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

VERDICT = "Nobody is seated, nothing is written."
HELP, RULE, NOR = "help:", "-", "nor"
MOST_WAYS = 6
"""So many ways to help are told of."""
MOST_RULES = 20
"""So many rules of one clash are listed, and so many changes that help together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trouble:
    """What is wrong in a round: a line that says it, and then rules and helps in their order."""

    round: Round
    what: str
    details: tuple[tuple[str, str], ...]
    """Each after what it begins with."""


def shortages_page(shortages: Iterable[Shortage], impasses: Iterable[Impasse] = ()) -> Page:
    """Say why nobody can be seated: rounds with too few seats, and then those whose rules clash."""
    found = (*map(_shortage, shortages), *map(_impasse, impasses))
    return Page(plain=lambda: _plain(found), rich=lambda: _rich(found))


def _plain(troubles: tuple[_Trouble, ...]) -> Iterator[str]:
    for trouble in troubles:
        yield printable(f"error: {_where(trouble.round)}: {trouble.what}")
        yield from (printable(f"  {begins} {text}") for begins, text in trouble.details)
    yield VERDICT


def _rich(troubles: tuple[_Trouble, ...]) -> RenderableType:
    parts: list[RenderableType] = []
    for trouble in troubles:
        parts.append(line(("error", "bold red"), ": ", (_where(trouble.round), "bold"), ": ", trouble.what))
        parts += [indent(_detail(*detail)) for detail in trouble.details]
    return stack([*parts, words_of(VERDICT)])


def _detail(begins: str, text: str) -> RenderableType:
    row = grid(2, gap=1)
    row.add_row(line((begins, "bold cyan" if begins == HELP else "dim")), words_of(text))
    return row


def _where(round_: Round) -> str:
    return f"{round_.id} ({round_.name})"


def _shortage(shortage: Shortage) -> _Trouble:
    return _Trouble(round=shortage.round, what=_numbers(shortage), details=((HELP, _more_seats(shortage)),))


def _impasse(impasse: Impasse) -> _Trouble:
    details: list[tuple[str, str]] = []
    for number, clash in enumerate(impasse.clashes):
        if number:
            details.append((NOR, "can these:"))
        details += [(RULE, rule) for rule in _shorten_list(clash.rules, "other rules")]
        details.append((HELP, _either(clash.changes)))
    if len(impasse.clashes) > 1 and impasse.smallest:
        all_of_it = "; ".join(_shorten_list(impasse.smallest, "others"))
        details.append((HELP, f"the smallest change for all of them: {all_of_it}"))
    alone = [len(clash.rules) for clash in impasse.clashes] == [1]
    what = "this cannot hold" if alone else "these cannot all hold"
    return _Trouble(round=impasse.round, what=what, details=tuple(details))


def _either(changes: tuple[str, ...]) -> str:
    more = len(changes) - MOST_WAYS
    ways = [*changes[:MOST_WAYS], *([quantity(more, "other way")] if more > 0 else [])]
    return ", or ".join(ways) if ways else "no single change is enough"


def _shorten_list(texts: tuple[str, ...], noun: str) -> list[str]:
    more = len(texts) - MOST_RULES
    return [*texts[:MOST_RULES], f"and {more} {noun}"] if more > 0 else list(texts)


def _numbers(shortage: Shortage) -> str:
    seats, people = quantity(shortage.seats, "seat"), quantity(shortage.participants, "participant")
    return f"{seats} for {people}; {quantity(shortage.missing, 'seat')} short"


def _more_seats(shortage: Shortage) -> str:
    rooms = ", ".join(_describe_seats(session) for session in shortage.round.sessions)
    return (
        f"find {quantity(shortage.missing, 'seat')} more, in larger rooms or in one more session; now {rooms}"
    )


def _describe_seats(session: Session) -> str:
    where = "at most" if session.rooms else f"in {session.room.name}"
    return f"{session.code} {where} ({session.seats})"


MOST_LISTED = 12


def unkept_lines(refused: CannotKeep) -> Iterator[str]:
    """Say it as ``shortages_page`` would: the rules are listed, and then what helps."""
    yield f"error: --mechanism {refused.mechanism} cannot keep rules that bind participants to each other"
    yield from (f"  - {rule}" for rule in refused.rules[:MOST_LISTED])
    if more := len(refused.rules[MOST_LISTED:]):
        yield f"  - and {quantity(more, 'other rule')}"
    yield f"  help: --mechanism {Mechanism.FAIR} keeps them; compare shows what the others would come to"


def unknown_name_line(unknown: UnknownName) -> str:
    """Return, for example, ``error: there is no room "Panrama": did you mean "Panorama"?``."""
    near = find_like(unknown.name, unknown.known)
    hint = f'did you mean "{near}"?' if near else f"the program has {list_first(unknown.known)}"
    return f'error: there is no {unknown.kind} "{unknown.name}": {hint}'
