"""HiGHS over all questions of one kind: what it told, how long that took it, and whether it still answers."""

from __future__ import annotations

from dataclasses import replace

from midtvejs.solving.cpsat.question import Answer, Asked, Question
from midtvejs.solving.cpsat.stated import NOTHING, Verdict
from midtvejs.solving.instance.case import Case
from midtvejs.solving.stop import Stop

NO_ANSWER = Answer(outcome=NOTHING)


class ByHighs:
    """HiGHS, asked while rooms are open, or in rooms that were chosen, where nothing is ``to_prove``."""

    def __init__(self, *, seed: int, stop: Stop, to_prove: bool) -> None:
        self._seed = seed
        self._stop = stop
        self._to_prove = to_prove
        self._told: dict[Asked, tuple[Case, Answer]] = {}
        """What it told of criteria that come next, before it was asked about them, and on which day."""
        self._took: float | None = None
        self.answers = True
        """Whether it left no question open so far: what comes next is harder."""

    @property
    def has_answered(self) -> bool:
        """Whether it was asked at all, so that it is known how long that takes it."""
        return self._took is not None

    def told(self, question: Question) -> Answer | None:
        """Return what it told of a question before it was asked; None where it did not."""
        case, answer = self._told.get(question.asked, (None, None))
        return answer if case is question.case else None

    def ask(self, question: Question, as_long: float, share: float) -> Answer:
        """Ask, where it may have ``as_long`` as it took before; what comes later is harder.

        It may take a ``share`` of the time that is left.
        """
        told = self.told(question)
        if told is not None and (told.outcome.verdict is Verdict.BEST or not self._to_prove):
            return told
        answer = self._ask(question, as_long, share)
        self.answers = answer.outcome.verdict is not Verdict.UNDECIDED
        if answer.then is not None:
            following = question.after(answer.outcome.value)
            self._told[following.asked] = question.case, replace(answer, outcome=answer.then)
        return answer if told is None else _better(told, answer)

    def _ask(self, question: Question, as_long: float, share: float) -> Answer:
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
            share=share,
            to_prove=self._to_prove,
        )
        self._took = 0.0 if left is None or self._stop.left is None else left - self._stop.left
        return answer

    def _has_time(self, question: Question, seconds: float) -> bool:
        left = self._stop.left
        return left is None or question.case.limits.share * left >= seconds


def _better(told: Answer, answer: Answer) -> Answer:
    """Return the answer, or what was told before where that is no less, with the higher bound of both."""
    if answer.outcome.verdict in {Verdict.BEST, Verdict.IMPOSSIBLE}:
        return answer
    found = answer.choices is not None and answer.outcome.value < told.outcome.value
    best = answer if found else told
    return replace(best, outcome=replace(best.outcome, bound=max(told.outcome.bound, answer.outcome.bound)))
