"""What another program of the day would come to: criteria before and after, who would gain. In English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from midtvejs.domain.changes import Change
from midtvejs.domain.fairness import Criterion, Stage, Verdict, compare_stages
from midtvejs.domain.wording import quantity
from midtvejs.output.layout import grid, line, section, stack, words_of
from midtvejs.output.pages.changes import Changes, change_line, changes_object
from midtvejs.output.pages.figures import list_stages, proof
from midtvejs.output.screen import Page, printable
from midtvejs.output.tables.assignment_json import stage_object
from midtvejs.output.tables.json_text import json_text

if TYPE_CHECKING:
    from rich.console import RenderableType

NOTHING_TO_EDIT = "program.yaml says so already."
TO_EDIT = "To make it so, in program.yaml:"
IMPOSSIBLE = "no lawful assignment exists"
GAIN, LOSE = "would gain", "would lose"
AS_WELL_OFF = "would change sessions and be as well off"
CANCELLED = "would lose a session that is cancelled"
COUNTED_ONLY = {AS_WELL_OFF}
"""Whoever is in these groups is named only where everybody is."""
A_FEW = 5
"""So many of each other group are named."""
COLOURS = {
    Verdict.BETTER: "bold green",
    Verdict.WORSE: "bold red",
    Verdict.SAME: "bold",
    Verdict.UNPROVEN: "bold yellow",
}


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """What was asked, in ``words``, and what comes of it; ``before`` is None where nobody can be seated now.

    ``edits`` are what program.yaml would say. From so many lists a wish was ``struck``; ``as_listed`` is what
    the days are worth by the lists as they were. With ``names`` everybody is named whose day changes.
    """

    words: tuple[str, ...]
    edits: tuple[str, ...]
    before: tuple[Stage, ...] | None
    after: tuple[Stage, ...]
    changes: Changes
    struck: int = 0
    as_listed: Mapping[Criterion, int] = field(default_factory=dict)
    names: bool = False

    @cached_property
    def verdict(self) -> Verdict | None:
        """Which is fairer; None where lists are shorter then, so that the criteria do not compare."""
        if self.before is None:
            return Verdict.BETTER
        return None if self.struck else compare_stages(self.before, self.after)

    @property
    def said(self) -> str:
        """Say the verdict in a line."""
        if self.before is None:
            return "Better: everybody can be seated."
        if self.verdict is None:
            listed = ", ".join(f"{criterion} {value}" for criterion, value in self.as_listed.items())
            return f"By the lists as handed in, with what is cancelled still on them: {listed}."
        return f"{say_verdict(self.verdict, self.before, self.after)}."

    @cached_property
    def groups(self) -> Mapping[str, list[Change]]:
        """Whose day changes, in words: who gain, who lose, and the others."""
        gains = [(self.changes.gain(change), change) for change in self.changes.moved]
        return {
            GAIN: [change for gain, change in gains if gain is not None and gain > 0],
            LOSE: [change for gain, change in gains if gain is not None and gain < 0],
            AS_WELL_OFF: [change for gain, change in gains if gain == 0],
            CANCELLED: [change for gain, change in gains if gain is None],
        }

    @property
    def balance(self) -> str:
        """Say how many gain and lose."""
        people = quantity(len(self.changes.people), "participant")
        told = [f"{len(found)} {words}" for words, found in self.groups.items() if found]
        return f"Of {people}, {', '.join(told)}." if told else f"Of {people}, nobody would change sessions."

    @property
    def notes(self) -> Iterator[str]:
        if self.struck:
            lists = quantity(self.struck, "list")
            told = "the figures for then go by what is left of them"
            yield f"What is cancelled is struck from {lists}; {told}."

    @property
    def named(self) -> Iterator[tuple[str, list[str]]]:
        """Return who is named, below a title: a few of each group, or everybody."""
        for words, found in self.groups.items():
            many = len(found) if self.names else 0 if words in COUNTED_ONLY else A_FEW
            lines = [change_line(self.changes, change) for change in found[:many]]
            if lines and len(found) > many:
                lines.append(f"and {len(found) - many} more: --names")
            if lines:
                yield words.capitalize(), lines


def say_verdict(verdict: Verdict, before: Sequence[Stage], after: Sequence[Stage]) -> str:
    """Say which is fairer, and by which criterion that is decided."""
    differing = [(one, other) for one, other in zip(before, after, strict=True) if one.value != other.value]
    if verdict is Verdict.SAME:
        return "As fair as now"
    if verdict is Verdict.UNPROVEN:
        return "Not proven to be better or worse than now"
    decided = f"{differing[0][0].criterion} {differing[0][1].value} instead of {differing[0][0].value}"
    return f"{'Better' if verdict is Verdict.BETTER else 'Worse'}: {decided}"


def what_if_page(answer: WhatIf) -> Page:
    """Show it; what is to be changed stands last."""
    return Page(plain=lambda: map(printable, _plain(answer)), rich=lambda: _rich(answer))


# Plain


def _plain(answer: WhatIf) -> Iterator[str]:
    yield from (f"what if: {each}" for each in answer.words)
    yield ""
    yield f"now: {IMPOSSIBLE if answer.before is None else list_stages(answer.before)}"
    yield f"then: {list_stages(answer.after)}"
    yield answer.said
    yield from answer.notes
    if answer.before is not None:
        yield ""
        yield answer.balance
        for title, lines in answer.named:
            yield f"{title}:"
            yield from (f"  {each}" for each in lines)
    yield ""
    if not answer.edits:
        yield NOTHING_TO_EDIT
        return
    yield TO_EDIT
    yield from (f"  {each}" for each in answer.edits)


# On a terminal


def _rich(answer: WhatIf) -> RenderableType:
    parts = [
        section("What if", answer.words),
        stack(
            (
                criteria_table(answer.before, answer.after),
                line((answer.said, COLOURS[answer.verdict] if answer.verdict else "bold")),
                *(line((each, "dim")) for each in answer.notes),
            )
        ),
    ]
    if answer.before is not None:
        parts.append(words_of(answer.balance))
        for title, lines in answer.named:
            parts.append(section(title, lines))
    if answer.edits:
        parts.append(section(TO_EDIT, answer.edits))
    else:
        parts.append(line((NOTHING_TO_EDIT, "dim")))
    return stack(parts, gap=True)


def criteria_table(before: Sequence[Stage] | None, after: Sequence[Stage]) -> RenderableType:
    """Return a row for each criterion: its value now and then, each with its proof."""
    table = grid(3)
    table.show_header = True
    for column, head in zip(table.columns[1:], ("now", "then"), strict=True):
        column.header, column.header_style = head, "dim"
    for number, stage in enumerate(after):
        table.add_row(line((str(stage.criterion), "bold")), _of_now(before, number), _reached(stage))
    return table


def _of_now(before: Sequence[Stage] | None, number: int) -> RenderableType:
    if before is not None:
        return _reached(before[number])
    return line((IMPOSSIBLE if number == 0 else "", "red"))


def _reached(stage: Stage) -> RenderableType:
    return line(f"{stage.value} ", (f"({proof(stage)})", "green" if stage.proven else "yellow"))


# For programs


def what_if_json(answer: WhatIf) -> str:
    """Return one object. ``before`` is null where nobody can be seated now."""
    counts = ("gain", "lose", "as_well_off", "not_compared")
    thing = {
        "what_if": answer.words,
        "before": None if answer.before is None else list(map(stage_object, answer.before)),
        "after": list(map(stage_object, answer.after)),
        "verdict": answer.verdict,
        "struck_lists": answer.struck,
        "as_listed": {str(criterion): value for criterion, value in answer.as_listed.items()},
        **{name: len(found) for name, found in zip(counts, answer.groups.values(), strict=True)},
        "changes": changes_object(answer.changes) if answer.before is not None else None,
        "edits": answer.edits,
    }
    return json_text(thing)
