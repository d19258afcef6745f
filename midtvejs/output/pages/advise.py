"""What would help before the day, each of it tried, and what would not: for the coordinator, in English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from midtvejs.domain.advice import Kind, kind_of
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Stage, Status, Verdict
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Session, name_in
from midtvejs.domain.variation import Variation
from midtvejs.domain.wording import quantity
from midtvejs.output.layout import indent, line, section, stack, words_of
from midtvejs.output.pages.figures import MANY, Summary, list_stages
from midtvejs.output.screen import Page, printable
from midtvejs.output.tables.assignment_json import stage_object
from midtvejs.output.tables.json_text import json_text

if TYPE_CHECKING:
    from rich.console import RenderableType

NOTHING_HELPS = "Nothing that was tried would be fairer."
NOTHING_TRIED = "Nothing was tried."
MOST_OF_A_KIND = 3
"""So much advice of each kind is shown."""
EMPTY = "Nearly empty"
BADLY_OFF = "Badly off however many seats there are"


@dataclass(frozen=True, kw_only=True)
class Advice:
    """An idea that was tried: in words, what program.yaml would say, and what it comes to.

    There are no ``stages`` where nobody could be seated.
    """

    idea: Variation
    words: str
    edits: tuple[str, ...]
    verdict: Verdict
    stages: tuple[Stage, ...]

    @property
    def option(self) -> tuple[str, ...]:
        """How what-if is asked for it; nothing where it cannot be."""
        return self.idea.option


def put_best_first(tried: Iterable[Advice]) -> list[Advice]:
    """Return what helps, by the order of fairness."""
    helping = (each for each in tried if each.verdict is Verdict.BETTER)
    return sorted(helping, key=lambda each: tuple(stage.value for stage in each.stages))


@dataclass(frozen=True, kw_only=True)
class NearlyEmpty:
    """A sitting that nearly nobody attends, and what the day comes to with nobody in it, if that is known."""

    session: Session
    round_id: str
    taken: int
    wanted: int
    stages: tuple[Stage, ...] | None

    @property
    def name(self) -> str:
        return name_in(self.session.code, self.round_id)


@dataclass(frozen=True, kw_only=True)
class Advised:
    """What was found: the assignment ``now``, and of each the ``best`` day alone, None where it is not known.

    Of ``ideas`` some were ``tried``; it was ``ended`` by the clock. ``command`` makes one of an option.
    """

    now: Assignment
    stages: tuple[Stage, ...]
    best: Assignment | None
    empty: tuple[NearlyEmpty, ...]
    tried: tuple[Advice, ...]
    ideas: int
    seconds: float
    ended: bool
    command: Callable[[Sequence[str]], str]

    @cached_property
    def advice(self) -> list[Advice]:
        """What helps, most by the order of fairness first."""
        return put_best_first(self.tried)

    @cached_property
    def by_kind(self) -> Mapping[Kind, list[Advice]]:
        """The advice of each kind, the kinds in the order of their best."""
        kinds: dict[Kind, list[Advice]] = {}
        for each in self.advice:
            kinds.setdefault(kind_of(each.idea), []).append(each)
        return kinds

    def list_kind(self, found: Sequence[Advice]) -> list[tuple[str, str]]:
        """Return the best of a kind, each with what it brings; of many, how many more there are."""
        lines = [(each.words, self.gains(each.stages)) for each in found[:MOST_OF_A_KIND]]
        more = len(found) - MOST_OF_A_KIND
        return [*lines, (f"and {more} more: --json", "")] if more > 0 else lines

    @cached_property
    def badly_off(self) -> list[tuple[Participant, int, str]]:
        """Who would not have all they wish for if they were alone, their regret then, and why."""
        if self.best is None:
            return []
        regrets = self.best.profile.regrets
        summary = Summary(assignment=self.best, stages=(), status=Status.OPTIMAL)
        people = [person for person in self.best.participants if regrets[person.key]]
        people.sort(key=lambda person: (-regrets[person.key], person.key))
        return [(person, regrets[person.key], _why(summary, person)) for person in people]

    @property
    def title(self) -> str:
        return f"{quantity(len(self.now.participants), 'participant')}, as it is: {list_stages(self.stages)}"

    @property
    def nothing(self) -> str:
        """Say that there is no advice."""
        return NOTHING_HELPS if self.tried else NOTHING_TRIED

    @property
    def counted(self) -> str:
        """Say how much was tried, and what not."""
        told = [f"Tried {len(self.tried)} of {quantity(self.ideas, 'idea')}"]
        judged = sum(each.verdict is Verdict.UNPROVEN for each in self.tried)
        if idle := len(self.tried) - len(self.advice) - judged:
            told.append(f"{idle} would not help")
        if judged:
            told.append(f"{judged} not proven to help")
        if left := self.ideas - len(self.tried):
            why = "the time was up" if self.ended else "less promising"
            told.append(f"{left} not tried: {why}")
        return f"{'; '.join(told)}."

    @property
    def next(self) -> str:
        """Return how to see who would gain by the first advice that what-if knows."""
        options = [each.option for each in self.advice if each.option]
        return f"Who would gain: {self.command(options[0])}" if options else ""

    def gains(self, stages: Sequence[Stage]) -> str:
        """Say which criteria would change: ``total 186 instead of 205``."""
        pairs = zip(self.stages, stages, strict=True)
        changed = [
            f"{then.criterion} {then.value} instead of {now.value}"
            for now, then in pairs
            if now.value != then.value
        ]
        return ", ".join(changed) or "as fair as now"

    def describe_empty(self, each: NearlyEmpty) -> str:
        taken = f"{each.taken} of {quantity(each.session.seats, 'seat')} taken"
        wanted = f"first wish of {each.wanted}{' in some round' if each.round_id else ''}"
        without = f"; without it: {self.gains(each.stages)}" if each.stages is not None else ""
        return f"{each.name} {each.session.title}: {taken}, {wanted}{without}"


def _why(summary: Summary, person: Participant) -> str:
    """Say which wishes are out of reach, and what was decided for them."""
    decided = [f"decided: {pin}" for pin in person.pins]
    step_free = ["needs a step-free room"] if person.step_free else []
    return "; ".join((summary.costs(person), *decided, *step_free))


def advice_page(advised: Advised) -> Page:
    """Show it; a pipe gets no times, so that it gets the same on every run."""
    return Page(plain=lambda: map(printable, _plain(advised)), rich=lambda: _rich(advised))


# Plain


def _plain(advised: Advised) -> Iterator[str]:
    yield advised.title
    yield ""
    if not advised.advice:
        yield advised.nothing
    for kind, found in advised.by_kind.items():
        yield f"{kind}:"
        yield from (f"  {': '.join(filter(None, each))}" for each in advised.list_kind(found))
    for title, lines in _others(advised):
        yield f"{title}:"
        yield from (f"  {each}" for each in lines)
    yield ""
    yield advised.counted
    if advised.next:
        yield advised.next


def _more(found: Sequence[object]) -> str:
    more = len(found) - MANY
    return f"and {more} more: --json" if more > 0 else ""


def _others(advised: Advised) -> list[tuple[str, list[str]]]:
    """Return what no idea changes, a title and its lines."""
    names = Summary(assignment=advised.now, stages=(), status=Status.OPTIMAL).names
    badly_off = [
        f"{names[person.key]}, regret {regret} at least: {why}"
        for person, regret, why in advised.badly_off[:MANY]
    ]
    sections = (
        (EMPTY, list(map(advised.describe_empty, advised.empty))),
        (BADLY_OFF, [*badly_off, *filter(None, [_more(advised.badly_off)])]),
    )
    return [(title, lines) for title, lines in sections if lines]


# On a terminal


def _rich(advised: Advised) -> RenderableType:
    parts: list[RenderableType] = [line((advised.title, "bold"))]
    for kind, found in advised.by_kind.items():
        told = (indent(_advice_line(*each)) for each in advised.list_kind(found))
        parts.append(stack((line((kind, "bold")), *told)))
    if not advised.advice:
        parts.append(words_of(advised.nothing))
    for title, lines in _others(advised):
        parts.append(section(title, lines))
    took = f"{advised.counted[:-1]}; {advised.seconds:.1f} s."
    ending = [line((took, "dim"))]
    if advised.next:
        ending.append(words_of(advised.next))
    parts.append(stack(ending))
    return stack(parts, gap=True)


def _advice_line(words: str, gains: str) -> RenderableType:
    return line(words, ": ", (gains, "green")) if gains else line((words, "dim"))


# For programs


def advice_json(advised: Advised) -> str:
    """Return one object. All but ``seconds`` is the same on every run."""
    thing = {
        "participants": len(advised.now.participants),
        "stages": list(map(stage_object, advised.stages)),
        "advice": [_object(each) for each in advised.advice],
        "nearly_empty": [
            {
                "code": each.session.code,
                "round": each.round_id or None,
                "taken": each.taken,
                "seats": each.session.seats,
                "first_wishes": each.wanted,
                "without": None if each.stages is None else list(map(stage_object, each.stages)),
            }
            for each in advised.empty
        ],
        "badly_off": [
            {"name": person.name, "email": person.email, "regret": regret, "why": why}
            for person, regret, why in advised.badly_off
        ],
        "ideas": advised.ideas,
        "tried": len(advised.tried),
        "ended_by_time": advised.ended,
        "seconds": round(advised.seconds, 3),
    }
    return json_text(thing)


def _object(advice: Advice) -> Mapping[str, object]:
    return {
        "kind": kind_of(advice.idea).name.lower(),
        "advice": advice.words,
        "after": list(map(stage_object, advice.stages)),
        "what_if": advice.option,
        "edits": advice.edits,
    }
