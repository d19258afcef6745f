"""A certificate from the file that ``assign --certificate`` wrote, or another program did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from midtvejs.domain.certificate import FORMAT, SCALE, Certificate, Certified, OfRules, Proof
from midtvejs.domain.diagnostic import Faulty, Read, in_order
from midtvejs.domain.fairness import Criterion, Evidence, Stage, counting_falls_short
from midtvejs.domain.program import AT
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.json_source import JsonPath, JsonSource, Members, NoNumber, read_json
from midtvejs.reading.files.source import quote

MOST = 2**52
"""No price and no sum is higher: the solver's own dearest price, in 1 / SCALE of a step, is this."""

CERTIFICATE = ("midtvejs", "inputs", "unit", "stages")
STAGE = ("criterion", "value", "bound", "proven", "evidence", "proof")
PROOF = ("criterion", "worst", "kept", "prices", "kept_prices")
OF_RULES = ("together", "at_most", "apart", "least", "spread")
"""What stands in a proof only where rules bind participants."""
PLAIN_KEY = re.compile(r"[\w-]{1,40}")
DIGEST = re.compile("[0-9a-f]{64}")

Word = TypeVar("Word", bound=StrEnum)


def read_certificate(path: Path) -> Read[Certificate]:
    """Read a certificate. Whether it is true is another matter.

    Raises:
        OSError: the file cannot be read at all.
    """
    try:
        source = read_json(path)
    except Faulty as faulty:
        return Read(value=None, diagnostics=faulty.diagnostics)
    certificate = _Shape(source).certificate()
    faults = in_order(source.source.diagnostics)
    return Read(value=None if faults else certificate, diagnostics=faults)


class _Shape:
    """Makes a certificate of plain values. Something harmless stands for what is wrong and reported."""

    def __init__(self, source: JsonSource) -> None:
        self._source = source

    def certificate(self) -> Certificate | None:
        root = self._members((), self._source.root, CERTIFICATE)
        if root is None:
            return None
        if root["midtvejs"] != FORMAT or isinstance(root["midtvejs"], bool):
            message = f"this version reads certificates of format {FORMAT}"
            self._source.report(Fault.OTHER_FORMAT, ("midtvejs",), message)
            return None
        if root["unit"] != SCALE:
            self._wrong(("unit",), root["unit"], str(SCALE))
        inputs = root["inputs"]
        if not (isinstance(inputs, str) and DIGEST.fullmatch(inputs)):
            self._wrong(("inputs",), inputs, "a SHA-256: 64 of the characters 0-9 and a-f")
        return Certificate(inputs=str(inputs), stages=self._stages(root["stages"]))

    def _stages(self, value: object) -> tuple[Certified, ...]:
        if not isinstance(value, list) or not 1 <= len(value) <= len(Criterion):
            self._wrong(("stages",), value, f"a list of 1 to {len(Criterion)} stages")
            return ()
        stages = [self._stage(("stages", index), each) for index, each in enumerate(value)]
        criteria: set[Criterion] = set()
        for index, certified in enumerate(stages):
            if certified and certified.stage.criterion in criteria:
                path = ("stages", index, "criterion")
                message = f"{_name(path)}: {certified.stage.criterion} has had its stage"
                self._source.report(Fault.CERTIFICATE_WRONG_VALUE, path, message)
            elif certified:
                criteria.add(certified.stage.criterion)
        return tuple(certified for certified in stages if certified)

    def _stage(self, path: JsonPath, value: object) -> Certified | None:
        members = self._members(path, value, STAGE)
        if members is None:
            return None
        faults = len(self._source.source.diagnostics)
        stage = Stage(
            criterion=self._word((*path, "criterion"), members["criterion"], Criterion),
            value=self._whole((*path, "value"), members["value"]),
            bound=self._whole((*path, "bound"), members["bound"]),
            recomputable=0,
        )
        if members["proven"] is not stage.proven and len(self._source.source.diagnostics) == faults:
            self._wrong(
                (*path, "proven"), members["proven"], "true where value and bound are one, else false"
            )
        proof = members["proof"]
        # Faults that follow from faults help nobody: an unknown criterion is no second stage of `worst`.
        if len(self._source.source.diagnostics) > faults:
            return None
        evidence = self._word((*path, "evidence"), members["evidence"], Evidence)
        return Certified(
            stage=replace(
                stage,
                recomputable=0 if evidence is Evidence.SOLVER else stage.bound,
                priced=counting_falls_short(stage.criterion, evidence),
            ),
            proof=None if proof is None else self._proof((*path, "proof"), proof),
            evidence=evidence,
        )

    def _proof(self, path: JsonPath, value: object) -> Proof | None:
        members = self._members(path, value, PROOF, OF_RULES)
        if members is None:
            return None
        worst = members["worst"]
        return Proof(
            criterion=self._word((*path, "criterion"), members["criterion"], Criterion),
            worst=None if worst is None else self._whole((*path, "worst"), worst),
            kept=self._sums((*path, "kept"), members["kept"]),
            prices=self._prices((*path, "prices"), members["prices"]),
            kept_prices=self._sums((*path, "kept_prices"), members["kept_prices"]),
            together=self._whole((*path, "together"), members.get("together", 0)),
            at_most=self._of_rules((*path, "at_most"), members.get("at_most", Members([]))),
            apart=self._by_trait((*path, "apart"), members.get("apart", Members([]))),
            least=self._prices((*path, "least"), members.get("least", Members([]))),
            spread=self._by_trait((*path, "spread"), members.get("spread", Members([]))),
        )

    def _sums(self, path: JsonPath, value: object) -> Mapping[Criterion, int]:
        numbers = self._numbers(path, value)
        return {self._word((*path, key), key, Criterion): number for key, number in numbers.items()}

    def _prices(self, path: JsonPath, value: object) -> Mapping[str, int]:
        """Return prices by sitting; those of a session that is held more than once stand round by round."""
        prices: dict[str, int] = {}
        for code, price in (self._members(path, value, None) or {}).items():
            if isinstance(price, Members):
                by_round = self._numbers((*path, code), price)
                prices |= {f"{code}{AT}{round_id}": number for round_id, number in by_round.items()}
            else:
                prices[code] = self._whole((*path, code), price)
        return prices

    def _of_rules(self, path: JsonPath, value: object) -> OfRules:
        """Return prices by group, by what somebody is in it, and by sitting."""
        groups = self._members(path, value, None)
        return {group: self._by_trait((*path, group), of) for group, of in (groups or {}).items()}

    def _by_trait(self, path: JsonPath, value: object) -> Mapping[str, Mapping[str, int]]:
        traits = self._members(path, value, None)
        return {trait: self._prices((*path, trait), of) for trait, of in (traits or {}).items()}

    def _numbers(self, path: JsonPath, value: object) -> Mapping[str, int]:
        members = self._members(path, value, None)
        return {key: self._whole((*path, key), number) for key, number in (members or {}).items()}

    def _members(
        self, path: JsonPath, value: object, keys: tuple[str, ...] | None, may: tuple[str, ...] = ()
    ) -> Members | None:
        """Return an object that has these keys, and those that it ``may``; any for None."""
        if not isinstance(value, Members):
            self._wrong(path, value, "an object in { }")
            return None
        for key in value.doubled:
            self._source.report(
                Fault.CERTIFICATE_DOUBLED_KEY, (*path, key), f"{_name((*path, key))}: appears twice"
            )
        if keys is None:
            return value
        known = (*keys, *may)
        for key in (key for key in value if key not in known):
            hint = self._source.source.did_you_mean(key, known)
            self._source.report(
                Fault.CERTIFICATE_UNKNOWN_KEY, (*path, key), f"unknown key {quote(key)}", hint
            )
        missing = [key for key in keys if key not in value]
        for key in missing:
            self._source.report(Fault.CERTIFICATE_MISSING_KEY, path, f"{_name((*path, key))}: is missing")
        return None if missing else value

    def _whole(self, path: JsonPath, value: object) -> int:
        # True is an int to Python.
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST:
            return value
        self._wrong(path, value, f"a whole number from 0 to {MOST}")
        return 0

    def _word(self, path: JsonPath, value: object, words: type[Word]) -> Word:
        known = [word.value for word in words]
        if isinstance(value, str) and value in known:
            return words(value)
        if words is Criterion and isinstance(value, str):
            hint = self._source.source.did_you_mean(value, known)
            message = f"{_name(path)}: there is no criterion {quote(value)}"
            self._source.report(Fault.CERTIFICATE_UNKNOWN_CRITERION, path, message, hint)
        else:
            self._wrong(path, value, f"one of {', '.join(known)}")
        return next(iter(words))

    def _wrong(self, path: JsonPath, value: object, what: str) -> None:
        self._source.report(
            Fault.CERTIFICATE_WRONG_VALUE,
            path,
            f"{_name(path)}: must be {what}, not {_describe_value(value)}",
        )


def _name(path: JsonPath) -> str:
    """Give, for example, ``stages[1].proof.prices``."""
    return "".join(map(_step, path)).removeprefix(".") or "the certificate"


def _step(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    return f".{part}" if PLAIN_KEY.fullmatch(part) else f"[{quote(part)}]"


def _describe_value(value: object) -> str:
    match value:
        case dict():
            return "an object"
        case list():
            return f"a list of {len(value)}"
        case str():
            return quote(value)
        case NoNumber(text=text):
            return quote(text).strip('"')
        case None:
            return "null"
        case _:
            return str(value).lower()
