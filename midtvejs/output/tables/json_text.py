"""Write JSON that a terminal can be shown."""

from __future__ import annotations

import json
import re

# JSON lets these stand in a string; a terminal that is shown the object would obey them.
STEERING = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def json_text(thing: object) -> str:
    """Return a thing as indented JSON that ends in a line break; nothing in it steers a terminal."""
    return escape_steering(json.dumps(thing, indent=2, ensure_ascii=False)) + "\n"


def escape_steering(text: str) -> str:
    """Return JSON with the characters escaped that would steer a terminal."""
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
