"""The shells that complete what is typed, and the script that each is given."""

from __future__ import annotations

from collections.abc import Mapping
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
