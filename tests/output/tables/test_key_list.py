from __future__ import annotations

from midtvejs.output.tables.key_list import key_list

TEXT = {"type": "string", "description": "Any text."}
PERSON = {"type": "object", "properties": {"name": TEXT}, "required": ["name"], "description": "Who."}
SCHEMA = {
    "type": "object",
    "required": ["on"],
    "properties": {
        "on": {"type": "boolean", "description": "Whether."},
        "start": {"type": "string", "examples": ["10:30"], "description": "When."},
        "seats": {
            "anyOf": [{"const": "unlimited"}, {"type": "integer", "minimum": 1, "maximum": 10_000_000}],
            "description": "How many.",
        },
        "chair": PERSON,
        "guests": {"type": "array", "items": PERSON, "description": "More."},
        "staff": {
            "type": "object",
            "description": "By name.",
            "additionalProperties": PERSON | {"properties": {"name": TEXT, "phone": TEXT}},
        },
        "notes": {"type": "array", "items": TEXT, "description": "Lines."},
    },
}


def test_what_a_key_holds_is_said_in_words_and_what_was_listed_is_pointed_at() -> None:
    assert key_list(SCHEMA).splitlines() == [
        "| key | holds | what it means |",
        "|---|---|---|",
        "| `on` | `true`, `false`; required | Whether. |",
        '| `start` | `"10:30"` | When. |',
        "| `seats` | `unlimited` or a whole number from 1 | How many. |",
        "| `chair` | a mapping | Who. |",
        "| `guests` | a list of mappings | More. |",
        "| `staff` | by name: a mapping | By name. |",
        "| `notes` | a list of text | Lines. |",
        "",
        "### chair",
        "",
        "| key | holds | what it means |",
        "|---|---|---|",
        "| `name` | text; required | Any text. |",
        "",
        "### each of guests",
        "",
        "The same keys as chair.",
        "",
        "### each of staff",
        "",
        "The same keys as chair, but for these:",
        "",
        "| key | holds | what it means |",
        "|---|---|---|",
        "| `phone` | text | Any text. |",
    ]
