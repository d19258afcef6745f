"""``midtvejs advise``: read, seat everybody, try what might help, and show what does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from midtvejs.commands._exit import Exit
from midtvejs.commands._load import load_preferences, load_program
from midtvejs.commands._next import next_command
from midtvejs.commands._solve import Tried, show_progress, try_plan
from midtvejs.domain.advice import Shortage, count_to_try, find_ideas, find_nearly_empty, put_together
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.assignment import NoLawfulAssignment, OutOfTime
from midtvejs.domain.fairness import Criterion, Status, Verdict, compare_stages
from midtvejs.domain.variation import Plan, Swap, Variation, seats_for_all, without_audience
from midtvejs.output.pages.advise import (
    Advice,
    Advised,
    NearlyEmpty,
    advice_json,
    advice_page,
    put_best_first,
)
from midtvejs.output.progress import Progress
from midtvejs.output.screen import Screen
from midtvejs.solving.stop import Stop


def advise(
    screen: Screen,
    prefs: Path,
    program: Path,
    *,
    json: bool,
    seconds: float | None,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> Exit:
    """Show what would help before the day; each of it was tried.

    Raises:
        Faulty: a file has faults.
        NoLawfulAssignment: there is none.
        OutOfTime: nobody was seated in time.
        KeyboardInterrupt: Ctrl-C; half a list is none.
    """
    started, stop = perf_counter(), Stop(seconds=seconds)
    day = load_program(screen, program, prefs, options)
    plan = Plan(program=day, participants=load_preferences(screen, prefs, day, options).participants)
    with show_progress(screen) as progress:
        trials = Trials(plan=plan, stop=stop, progress=progress)
        now = try_plan(plan, stop, watch=lambda *known: progress.update(f"now: {known[0]}", *known[1:]))
        shortage = Shortage(assignment=now.assignment, stages=now.stages, proofs=now.solution.proofs)
        ideas = find_ideas(shortage)
        best = trials.find_best_days()
        empty = tuple(trials.try_without(shortage))
        tried = tuple(trials.try_ideas(ideas[: count_to_try(now.assignment)], now))
        together = trials.try_together(put_best_first(tried), now)
    advised = Advised(
        now=now.assignment,
        stages=now.stages,
        best=best.assignment if best else None,
        empty=empty,
        tried=(*tried, *together),
        ideas=len(ideas) + len(together),
        seconds=perf_counter() - started,
        ended=stop.asked,
        command=lambda option: next_command("what-if", prefs, program, [*options.words, *option]),
    )
    if json:
        screen.write(advice_json(advised))
    else:
        screen.show(advice_page(advised))
    return Exit.DONE


@dataclass(frozen=True, kw_only=True)
class Trials:
    """What is tried on a plan, while there is time."""

    plan: Plan
    stop: Stop
    progress: Progress

    def try_ideas(self, ideas: Sequence[Variation], now: Tried) -> Iterator[Advice]:
        """Try one idea after the other. What cannot be judged in time is not among them, nor what follows."""
        helping = 0
        for idea in ideas:
            self.progress.update("trying what may help", None, helping)
            try:
                found = self._try(idea.apply(self.plan))
            except OutOfTime:
                return
            if found and self.stop.asked and found.status is not Status.OPTIMAL:
                return
            verdict = compare_stages(now.stages, found.stages) if found else Verdict.WORSE
            helping += verdict is Verdict.BETTER
            yield Advice(
                idea=idea,
                words=idea.words(self.plan.program),
                edits=tuple(idea.edits(self.plan.program)),
                verdict=verdict,
                stages=found.stages if found else (),
            )

    def try_together(self, advice: Sequence[Advice], now: Tried) -> list[Advice]:
        """Try all swaps at once that can be; nothing where that is no better than the best of them."""
        together = put_together(each.idea for each in advice)
        best = next((each for each in advice if isinstance(each.idea, Swap)), None)
        if not together or not best:
            return []
        tried = self.try_ideas([together], now)
        return [
            each
            for each in tried
            if each.stages and compare_stages(best.stages, each.stages) is Verdict.BETTER
        ]

    def try_without(self, shortage: Shortage) -> Iterator[NearlyEmpty]:
        """Try to do without each session that nearly nobody attends, every list as it is."""
        for session, taken in find_nearly_empty(shortage):
            round_id = self.plan.program.telling_round(session)
            plan = without_audience(self.plan, session.code, round_id)
            try:
                found = self._try(plan)
            except OutOfTime:
                return
            yield NearlyEmpty(
                session=session,
                round_id=round_id,
                taken=taken,
                wanted=shortage.wanted[session.code],
                stages=found.stages if found and found.status is Status.OPTIMAL else None,
            )

    def find_best_days(self) -> Tried | None:
        """Find the best day that each could have alone; None where that is not proven in time."""
        alone = seats_for_all(self.plan)
        program = alone.program.replace_rules(fairness=(Criterion.TOTAL,))
        try:
            found = self._try(Plan(program=program, participants=alone.participants))
        except OutOfTime:
            return None
        return found if found and found.status is Status.OPTIMAL else None

    def _try(self, plan: Plan) -> Tried | None:
        """Seat everybody by another plan; None where that is impossible."""
        self.stop.check()
        try:
            return try_plan(plan, self.stop)
        except NoLawfulAssignment:
            return None
