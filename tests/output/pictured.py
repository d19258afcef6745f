"""What a page looks like, compared with a picture of it in ``pictures``.

``MIDTVEJS_PICTURES=write`` draws the pictures anew; then look at them.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

from midtvejs.output.screen import CONTROL, Page, Screen

PICTURES = Path(__file__).parent / "pictures"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """Takes what a terminal would show."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def shown(page: Page, width: int | None) -> str:
    """Show a page on a terminal of so many columns, or in a pipe; no colours, no spaces at the ends of lines.

    Anything but colours that could steer a terminal fails.
    """
    out = Terminal() if width else io.StringIO()
    Screen(out=out, err=io.StringIO(), width=width).show(page)
    text = COLOUR.sub("", out.getvalue())
    assert CONTROL.sub("", text) == text.replace("\n", "")
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def check_picture(name: str, page: Page, width: int | None) -> None:
    """Compare a page, as shown, with its picture; a picture that is missing fails."""
    picture = PICTURES / f"{name}-{width or 'pipe'}.txt"
    text = shown(page, width)
    if os.environ.get("MIDTVEJS_PICTURES") == "write":
        picture.write_text(text, encoding="utf-8")
    assert picture.exists(), f"{picture.name} is missing: MIDTVEJS_PICTURES=write draws it"
    assert text == picture.read_text(encoding="utf-8")
