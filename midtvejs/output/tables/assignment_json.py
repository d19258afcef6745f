"""An assignment, and the certificate of one, as JSON.

A certificate has a line for each thing, for people, for diff, and for ``midtvejs verify``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from json.encoder import encode_basestring

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.balance import find_balance
from midtvejs.domain.certificate import FORMAT, SCALE, Certificate, Certified, OfRules, Proof
from midtvejs.domain.fairness import Stage, Status
from midtvejs.domain.participants import in_order_of_keys
from midtvejs.domain.profile import first_wishes
from midtvejs.domain.program import AT, is_unlimited
from midtvejs.output.tables.json_text import escape_steering, json_text

_encoded = json.JSONEncoder(ensure_ascii=False).encode

Parts = Iterable[str]
"""A member of the object, or all of it, in pieces: of a million people each copy of it counts."""
LINES = 1_000
"""So many lines are put together to a piece."""


def assignment_json(
    assignment: Assignment,
    stages: tuple[Stage, ...],
    status: Status,
    changes: Mapping[str, object] | None = None,
    *,
    drawn: bool = False,
) -> str:
    """Return the object, a line for each thing in it; the order of participants changes nothing.

    ``changes`` are those from an earlier assignment, where one was kept. The seed is said where it was
    ``drawn`` for this assignment: no other file need have it.
    """
    return "".join(assignment_json_parts(assignment, stages, status, changes, drawn=drawn))


def assignment_json_parts(
    assignment: Assignment,
    stages: tuple[Stage, ...],
    status: Status,
    changes: Mapping[str, object] | None = None,
    *,
    drawn: bool = False,
) -> Iterator[str]:
    """Return what ``assignment_json`` does, in pieces."""
    members: list[Parts] = [
        [f'  "status": {json.dumps(str(status))}'],
        *([[f'  "seed": {assignment.program.rules.seed}']] if drawn else []),
        _json_array("stages", [_encoded(stage_object(stage)) for stage in stages]),
        *([[f'  "balance": {_encoded(balance)}']] if (balance := _balance(assignment)) else []),
        _json_array("sessions", list(map(_encoded, _sessions(assignment)))),
        _json_array("participants", _participants(assignment)),
        *([[f'  "changes": {_encoded(changes)}']] if changes is not None else []),
    ]
    for number, member in enumerate(members):
        yield ",\n" if number else "{\n"
        yield from map(escape_steering, member)
    yield "\n}\n"


def _json_array(name: str, things: Iterable[str]) -> Iterator[str]:
    # One object a line: people can read it, diff can compare it.
    lines, before = iter(things), f'  "{name}": [\n    '
    while some := ",\n    ".join(islice(lines, LINES)):
        yield before + some
        before = ",\n    "
    yield "\n  ]" if before == ",\n    " else f'  "{name}": []'


def stage_object(stage: Stage) -> Mapping[str, object]:
    return {
        "criterion": stage.criterion.value,
        "value": stage.value,
        "bound": stage.bound,
        "proven": stage.proven,
        "evidence": stage.evidence.value,
    }


def _balance(assignment: Assignment) -> Mapping[str, object]:
    """Return how those without wishes are spread, by round; nothing where there are none."""
    balances = find_balance(assignment)
    rounds = [
        {"round": each.round.id, "without_wishes": each.people, "beyond": each.beyond} for each in balances
    ]
    return {"value": sum(each.beyond for each in balances), "rounds": rounds} if rounds else {}


def _sessions(assignment: Assignment) -> list[Mapping[str, object]]:
    """Return each session as often as it is held; ``first_wishes`` are those for all its times together."""
    taken = assignment.count_taken()
    demand = first_wishes(assignment.program, assignment.participants)
    rounds = assignment.program.round_of
    return [
        {
            "code": session.code,
            # What is held once needs no round: it stands with the participants.
            **({"round": rounds[key].id} if session.sitting else {}),
            **({"through": list(session.through)} if session.through else {}),
            # An open session that is cancelled is held in no room.
            "room": None if session.rooms else session.room.name,
            "seats": None if is_unlimited(session.seats) else session.seats,
            "taken": taken[key],
            "first_wishes": demand[session.code],
            **({"kept_free": session.kept_free} if session.kept_free else {}),
            **({"cancelled": key in assignment.cancelled} if session.may_be_cancelled else {}),
        }
        for key, session in assignment.program.sittings.items()
    ]


def _participants(assignment: Assignment) -> Iterator[str]:
    """Return an object for each; put together by hand, as there may be a million."""
    people, days = assignment.participants, assignment.each_day
    regrets = [*assignment.profile.regrets.values()]
    rounds = [round_.id for round_ in assignment.program.rounds]
    # There are fewer different days than participants.
    sessions = {
        day: _encoded({id_: code for id_, code in zip(rounds, day, strict=True) if code}) for day in set(days)
    }

    def lines(numbers: Sequence[int]) -> list[str]:
        return [
            f'{{"name": {encode_basestring(people[each].name)}, '
            f'"email": {encode_basestring(people[each].email)}, '
            f'"sessions": {sessions[days[each]]}, "regret": {regrets[each]}}}'
            for each in numbers
        ]

    return in_order_of_keys(people, lines)


def certificate_json(certificate: Certificate) -> str:
    """Return the object. Prices are whole numbers: ``unit`` of them are one step."""
    return json_text(
        {
            "midtvejs": FORMAT,
            "inputs": certificate.inputs,
            "unit": SCALE,
            "stages": [_certified_stage(certified) for certified in certificate.stages],
        }
    )


def _certified_stage(certified: Certified) -> Mapping[str, object]:
    return {
        **stage_object(certified.stage),
        "evidence": certified.evidence.value,
        "proof": certified.proof and _proof(certified.proof),
    }


def _proof(proof: Proof) -> Mapping[str, object]:
    return {
        "criterion": proof.criterion.value,
        "worst": proof.worst,
        "kept": dict(proof.kept),
        "prices": _prices(proof.prices),
        "kept_prices": dict(proof.kept_prices),
        **({"together": proof.together} if proof.together else {}),
        **({"at_most": _of_rules(proof.at_most)} if proof.at_most else {}),
        **({"apart": _by_trait(proof.apart)} if proof.apart else {}),
        **({"least": _prices(proof.least)} if proof.least else {}),
        **({"spread": _by_trait(proof.spread)} if proof.spread else {}),
    }


def _of_rules(prices: OfRules) -> Mapping[str, object]:
    return {group: _by_trait(by_trait) for group, by_trait in prices.items()}


def _by_trait(prices: Mapping[str, Mapping[str, int]]) -> Mapping[str, object]:
    return {trait: _prices(of_trait) for trait, of_trait in prices.items()}


def _prices(prices: Mapping[str, int]) -> Mapping[str, object]:
    """Return the prices by code; of a session that is held more than once, by the round of each sitting."""
    by_code: dict[str, object] = {}
    by_round: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for key, price in prices.items():
        code, apart, round_id = key.partition(AT)
        if apart:
            by_round[code][round_id] = price
            by_code[code] = by_round[code]
        else:
            by_code[code] = price
    return by_code
