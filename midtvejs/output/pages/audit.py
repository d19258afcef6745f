"""What an assignment comes to beside the optimum: for the coordinator, in English."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.fairness import CRITERIA, Criterion, Stage
from midtvejs.output.choices import OutputFormat
from midtvejs.output.layout import grid, line, stack
from midtvejs.output.pages.diagnostics import render
from midtvejs.output.pages.figures import BY_WORD, proof, say_proven
from midtvejs.output.screen import Page, printable
from midtvejs.output.tables.json_text import json_text

if TYPE_CHECKING:
    from rich.console import RenderableType

AS_GOOD = "As fair as the best that was found, but not proven: the search was ended early."
FAIRER = "Fairer than the best that was found in time; not proven to be the fairest."
JUDGED = "Judged only: it was not compared with the optimum."
NOT_FOUND = "The time was up before there was anything to compare it with."


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A criterion of an assignment beside that of the optimum.

    ``equal``: so far both come to the same. What later criteria come to in the optimum is the least there is
    only while that is so: the optimum has what comes first to keep. ``best`` is what the optimum is called.
    """

    criterion: Criterion
    value: int
    stage: Stage
    equal: bool
    best: str

    @property
    def more(self) -> int:
        return self.value - self.stage.value

    @property
    def difference(self) -> str:
        """Say, for example, ``6 more than the least possible, 205``."""
        by = f" ({BY_WORD})" if self.stage.by_word else ""
        gap = by if self.stage.proven else f" ({proof(self.stage)})"
        if not self.equal:
            than = f"than in {self.best}, {self.stage.value}{gap}" if self.more else f"as in {self.best}"
        elif self.more or gap:
            least = "possible" if self.stage.proven else "that was found"
            than = (
                f"than the least {least}, {self.stage.value}{gap}" if self.more else f"the least {least}{gap}"
            )
        else:
            than = proof(self.stage)
        return f"{abs(self.more)} {'more' if self.more > 0 else 'less'} {than}" if self.more else than


@dataclass(frozen=True, kw_only=True)
class Audited:
    """A lawful assignment's criteria, in the program's order.

    ``stages`` are those of the optimum, none where it was not ``sought`` or nothing was found.
    """

    file: str
    criteria: Mapping[Criterion, int]
    stages: tuple[Stage, ...] = ()
    sought: bool = True
    diagnostics: tuple[Diagnostic, ...] = ()

    @cached_property
    def compared(self) -> list[Compared]:
        found: list[Compared] = []
        proven = all(stage.proven for stage in self.stages)
        best = "the optimum" if proven else "the best that was found"
        for stage in self.stages:
            value = self.criteria[stage.criterion]
            equal = all(not each.more for each in found)
            found.append(
                Compared(criterion=stage.criterion, value=value, stage=stage, equal=equal, best=best)
            )
        return found

    @cached_property
    def decider(self) -> Compared | None:
        """The first criterion in which it is not what the optimum is."""
        return next((each for each in self.compared if each.more), None)

    @property
    def is_optimal(self) -> bool | None:
        """Whether nothing is fairer; None where that is not known."""
        if not self.stages or (self.decider and self.decider.more < 0):
            return None
        if self.decider:
            return False
        return True if all(stage.proven for stage in self.stages) else None

    @property
    def verdict(self) -> str:
        if not self.stages:
            return NOT_FOUND if self.sought else JUDGED
        if self.decider and self.decider.more > 0:
            one = self.decider
            return f"Not the fairest: {one.criterion} {one.value} is {one.difference}."
        return FAIRER if self.decider else say_proven(self.stages) if self.is_optimal else AS_GOOD


def audit_page(audited: Audited) -> Page:
    return Page(plain=lambda: _plain(audited), rich=lambda: _rich(audited))


def audit_json(audited: Audited) -> str:
    """Return one object: what is not known, because nothing was seated anew, is null."""
    stages = {stage.criterion: stage for stage in audited.stages}
    criteria = [
        {
            "criterion": criterion.value,
            "value": value,
            "optimum": stages[criterion].value if criterion in stages else None,
            "bound": stages[criterion].bound if criterion in stages else None,
            "proven": stages[criterion].proven if criterion in stages else None,
            "evidence": stages[criterion].evidence.value if criterion in stages else None,
        }
        for criterion, value in audited.criteria.items()
    ]
    return _object(
        audited.file, audited.diagnostics, lawful=True, optimal=audited.is_optimal, criteria=criteria
    )


def breaches_json(file: str, diagnostics: Sequence[Diagnostic]) -> str:
    """Return the object for an assignment that is not lawful, or could not be read."""
    return _object(file, diagnostics, lawful=False, optimal=None, criteria=[])


def _object(file: str, diagnostics: Sequence[Diagnostic], **said: object) -> str:
    told = json.loads(render(diagnostics, OutputFormat.JSON))
    return json_text({"file": printable(file), **said, "diagnostics": told})


def _plain(audited: Audited) -> Iterator[str]:
    yield printable(f"{audited.file}: lawful")
    yield from (": ".join(filter(None, (what, said))) for what, said, _, _ in _rows(audited))
    yield audited.verdict


def _rich(audited: Audited) -> RenderableType:
    table = grid(3)
    for what, said, colour, meaning in _rows(audited):
        table.add_row(line((what, "bold")), line((said, colour)), line((meaning, "dim")))
    colour = {True: "green", False: "yellow", None: ""}[audited.is_optimal]
    return stack(
        [line((audited.file, "bold"), ": ", ("lawful", "green")), table, line((audited.verdict, colour))]
    )


def _rows(audited: Audited) -> Iterator[tuple[str, str, str, str]]:
    """Return each criterion with its value, what is said of it, the colour of that, and what it means."""
    compared = {each.criterion: each for each in audited.compared}
    for criterion, value in audited.criteria.items():
        one = compared.get(criterion)
        colour = "yellow" if one and one.more > 0 else "green"
        yield f"{criterion} {value}", one.difference if one else "", colour, CRITERIA[criterion].meaning
