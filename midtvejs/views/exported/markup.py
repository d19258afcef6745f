"""HTML written as elements, so that no text can be taken for markup."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from midtvejs.views.screen import printable

VOID = {"meta", "input"}


@dataclass(frozen=True, slots=True)
class Html:
    """Markup, as it goes into the file."""

    text: str


def element(tag: str, *content: Html | str, **attributes: str) -> Html:
    """Give ``<tag attribute="value">content</tag>``; in the name of an attribute ``_`` stands for ``-``.

    A ``_`` at its end is dropped, so that there can be a ``class_``.
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_said(value)}"' for name, value in attributes.items()
    )
    inside = "".join(each.text if isinstance(each, Html) else _said(each) for each in content)
    return Html(f"<{tag}{written}>" if tag in VOID else f"<{tag}{written}>{inside}</{tag}>")


def lines(parts: Iterable[Html]) -> Html:
    """Put parts below each other."""
    return Html("".join(f"{part.text}\n" for part in parts))


def style(text: str) -> Html:
    return Html(f"<style>{text}</style>")


def script(text: str) -> Html:
    return Html(f"<script>{text}</script>")


def data(name: str, value: object) -> Html:
    """Give JSON for a script to read, in which nothing can end its element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Html(f'<script type="application/json" id="{_said(name)}">{text}</script>')


def content_policy(style_text: str, script_text: str) -> Html:
    """Give the policy by which a browser fetches nothing, and runs this style and this script alone."""
    policy = (
        "default-src 'none'",
        f"style-src '{_digest(style_text)}'",
        f"script-src '{_digest(script_text)}'" if script_text else "script-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return Html(f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(policy)}">')


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _said(text: str) -> str:
    return escape(printable(text))
