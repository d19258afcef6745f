"""Words as shells read them, and as each wants to be answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from midtvejs.cli.shells import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a command line: what it means, the quote that is open in it, and how much is before that."""

    value: str
    quote: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a word may become, and what that is."""

    value: str
    help: str = ""


def split(line: str, escape: str = "\\") -> list[Word]:
    """Split a line up to the cursor as a shell does; the last word is the one to complete, maybe empty."""
    words: list[Word] = []
    value, quote, before, begun = "", "", 0, False
    letters = iter(line)
    for letter in letters:
        if letter.isspace() and not quote:
            words += [Word(value=value)] if begun else []
            value, begun = "", False
            continue
        begun = True
        if letter == escape and quote != "'":
            value += next(letters, "")
        elif letter == quote:
            quote = ""
        elif letter in "\"'" and not quote:
            quote, before = letter, len(value)
        else:
            value += letter
    return [*words, Word(value=value, quote=quote, before=before if quote else 0)]


UNSAFE = re.compile(r"[^\w@%+=:,./-]")
QUOTES_OF_POWERSHELL = re.compile("['‘’‚‛]")
"""Each of them ends what another begins."""


def answer_bash(candidates: Sequence[Candidate], word: Word, breaks: str) -> list[str]:
    """Return values as they are typed, but for what is before the last break or quote: Bash keeps that."""
    if word.quote == "'":
        return [each.value[word.before :] for each in candidates if "'" not in each.value]
    if word.quote:
        fit = (each.value[word.before :] for each in candidates if "!" not in each.value)
        return [re.sub(r'["\\$`]', r"\\\g<0>", value) for value in fit]
    # Behind = and : a new word begins for Bash, and at @, which may begin a host's name.
    ends = [word.value.rfind(letter) + (letter != "@") for letter in breaks if letter in "=:@"]
    kept = max([0, *ends])
    return [UNSAFE.sub(r"\\\g<0>", each.value[kept:]) for each in candidates]


def answer_described(candidates: Sequence[Candidate], _word: Word, _breaks: str) -> list[str]:
    """Return values and what they are; zsh and fish type them by themselves."""
    return [f"{each.value}\t{each.help}" if each.help else each.value for each in candidates]


def answer_powershell(candidates: Sequence[Candidate], _word: Word, _breaks: str) -> list[str]:
    """Return values in quotes where PowerShell needs them, and what they are."""
    typed = (QUOTES_OF_POWERSHELL.sub(r"\g<0>\g<0>", each.value) for each in candidates)
    quoted = [
        f"'{value}'" if UNSAFE.search(value) or value.startswith("@") or "," in value else value
        for value in typed
    ]
    return [
        f"{value}\t{each.help}" if each.help else value
        for value, each in zip(quoted, candidates, strict=True)
    ]


ANSWERS: Mapping[str, Callable[[Sequence[Candidate], Word, str], list[str]]] = {
    Shell.BASH: answer_bash,
    Shell.ZSH: answer_described,
    Shell.FISH: answer_described,
    Shell.POWERSHELL: answer_powershell,
}
