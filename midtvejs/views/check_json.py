"""What a sign-up file holds as one JSON object, for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from midtvejs.domain.demand import RoundDemand
from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.participants import Participant
from midtvejs.domain.provenance import Provenance
from midtvejs.views.assignment_json import STEERING
from midtvejs.views.check import Checked
from midtvejs.views.diagnostics_formats import rendered


def check_json(checked: Checked) -> str:
    """Give the object; ``rounds`` and their ``sessions`` stand in the order of the day."""
    turnout = checked.turnout
    return _written(
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
            "rounds": [_round(each) for each in checked.demands],
            "warnings": [
                {"kind": each.kind.value, "about": each.about, "message": each.message}
                for each in checked.concerns
            ],
        }
    )


def faults_json(file: str, diagnostics: Sequence[Diagnostic]) -> str:
    """Give the object for a file with faults, of which nothing else can be said."""
    return _written({"file": file, "faulty": True, "diagnostics": _diagnostics(diagnostics)})


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


def _round(each: RoundDemand) -> Mapping[str, object]:
    return {
        "id": each.round.id,
        "seats": each.round.seats,
        "participants": each.participants,
        "lists": {"whole": each.whole, "partial": each.partial, "empty": each.empty},
        "sessions": [
            {
                "code": demand.session.code,
                "room": None if demand.session.rooms else demand.session.room.name,
                "seats": demand.session.seats,
                "first_wishes": demand.first,
                "listed": demand.listed,
            }
            for demand in each.sessions
        ],
    }


def _diagnostics(diagnostics: Sequence[Diagnostic]) -> object:
    return json.loads(rendered(diagnostics, "json"))


def _written(thing: Mapping[str, object]) -> str:
    text = json.dumps(thing, indent=2, ensure_ascii=False) + "\n"
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
