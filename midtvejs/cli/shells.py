"""The shells that complete what is typed: the script of each, what it says, and how it is answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

COMPLETE, LINE, BREAKS = "_MIDTVEJS_COMPLETE", "_MIDTVEJS_LINE", "_MIDTVEJS_BREAKS"
"""What the scripts set: which shell asks, the line up to the cursor, and where Bash breaks words besides."""


class Shell(StrEnum):
    """The shells for which there is a script; ``auto`` is the one that is running."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"
    PWSH = "pwsh"
    AUTO = "auto"


BASH = r"""
_midtvejs_completion() {
    local value
    COMPREPLY=()
    while IFS= read -r value; do
        COMPREPLY+=("$value")
    done < <(_MIDTVEJS_COMPLETE=bash _MIDTVEJS_LINE="${COMP_LINE:0:COMP_POINT}" \
             _MIDTVEJS_BREAKS="$COMP_WORDBREAKS" "$1" 2>/dev/null)
    if [[ ${COMPREPLY[0]-} == *= ]]; then compopt -o nospace 2>/dev/null; fi
    return 0
}

complete -o default -F _midtvejs_completion midtvejs
"""
ZSH = r"""
#compdef midtvejs

_midtvejs_completion() {
    local line typed="${(j: :)words[1,CURRENT]}"
    local -a answers values shown end
    answers=("${(@f)$(_MIDTVEJS_COMPLETE=zsh _MIDTVEJS_LINE="$typed" "${words[1]}" 2>/dev/null)}")
    for line in $answers; do
        values+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  -- }")
    done
    [[ ${values[1]} == *= ]] && end=(-S '')
    if (( ${#values} )); then
        compadd -U -l -d shown "${end[@]}" -a values
    else
        _files
    fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _midtvejs_completion "$@"
else
    compdef _midtvejs_completion midtvejs
fi
"""
FISH = r"""
function _midtvejs_completion
    set -l answers (_MIDTVEJS_COMPLETE=fish _MIDTVEJS_LINE=(commandline -cp) midtvejs 2>/dev/null)
    if test (count $answers) -gt 0
        string join \n -- $answers
    else
        __fish_complete_path (commandline -ct)
    end
end

complete --no-files --command midtvejs --arguments "(_midtvejs_completion)"
"""
POWERSHELL = r"""
Register-ArgumentCompleter -Native -CommandName midtvejs -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = $cursorPosition - $commandAst.Extent.StartOffset
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new()
        $Env:_MIDTVEJS_COMPLETE = "powershell"
        $Env:_MIDTVEJS_LINE = $commandAst.ToString().PadRight($before).Substring(0, $before)
        & $commandAst.CommandElements[0].Extent.Text 2>$null | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", $help)
        }
    } finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item Env:_MIDTVEJS_COMPLETE, Env:_MIDTVEJS_LINE
    }
}
"""
SCRIPTS: Mapping[Shell, str] = {
    Shell.BASH: BASH,
    Shell.ZSH: ZSH,
    Shell.FISH: FISH,
    Shell.POWERSHELL: POWERSHELL,
    Shell.PWSH: POWERSHELL,
}


def script_of(shell: Shell) -> str:
    return SCRIPTS[shell].lstrip()


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
    typed = (each.value.replace("'", "''") for each in candidates)
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
