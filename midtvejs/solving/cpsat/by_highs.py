"""HiGHS over all questions of one kind: what it told, how long that took it, and whether it still answers."""

from __future__ import annotations

from dataclasses import replace

from midtvejs.solving.cpsat.question import Answer, Asked, Question
from midtvejs.solving.cpsat.stated import NOTHING, Verdict
from midtvejs.solving.stop import Stop

NO_ANSWER = Answer(outcome=NOTHING)


class ByHighs:
    """HiGHS, asked while rooms are open, or in rooms that were chosen, where nothing is ``to_prove``."""

    def __init__(self, *, seed: int, stop: Stop, to_prove: bool) -> None:
        self._seed = seed
        self._stop = stop
        self._to_prove = to_prove
        self._told: dict[Asked, Answer] = {}
        """What it told of criteria that come next, before it was asked about them."""
        self._took: float | None = None
        self.answers = True
        """Whether it left no question open so far: what comes next is harder."""

    @property
    def has_answered(self) -> bool:
        """Whether it was asked at all, so that it is known how long that takes it."""
        return self._took is not None

    def ask(self, question: Question, as_long: float) -> Answer:
        """Ask, where it may have ``as_long`` as it took before; what comes later is harder."""
        told = self._told.get(question.asked)
        if told is not None and (told.outcome.verdict is Verdict.BEST or not self._to_prove):
            return told
        answer = self._ask(question, as_long)
        self.answers = answer.outcome.verdict is not Verdict.UNDECIDED
        if answer.then is not None:
            self._told[question.after(answer.outcome.value).asked] = replace(answer, outcome=answer.then)
        return answer

    def _ask(self, question: Question, as_long: float) -> Answer:
        limits, left = question.case.limits, self._stop.left
        if not self._has_time(question, as_long * (self._took or 0.0)):
            return NO_ANSWER
        pace = limits.pace_to_prove_two if self._to_prove else limits.pace_for_two
        for_two = question.case.size / pace if self._took is None else limits.as_long_for_two * self._took
        question = question if self._has_time(question, for_two) else replace(question, then=None)
        answer = question.ask_highs(
            seed=self._seed,
            stop=self._stop,
            nodes=limits.nodes,
            share=limits.share,
            to_prove=self._to_prove,
        )
        self._took = 0.0 if left is None or self._stop.left is None else left - self._stop.left
        return answer

    def _has_time(self, question: Question, seconds: float) -> bool:
        left = self._stop.left
        return left is None or question.case.limits.share * left >= seconds
