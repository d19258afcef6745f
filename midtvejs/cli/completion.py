"""Completion: answer what the script of a shell asks, print that script, or put it where the shell looks."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from midtvejs.cli.shells import BREAKS, COMPLETE, LINE, Shell, script_of

SHOW, INSTALL = "--show-completion", "--install-completion"


def answer(app: typer.Typer, environment: Mapping[str, str]) -> str:
    """Return what the script of a shell asks for, a candidate a line.

    Nothing, whatever goes wrong: what was typed so far stands on the screen, and stays as it is.
    """
    from typer.main import get_command

    from midtvejs.cli.candidates import find_candidates
    from midtvejs.cli.shell_words import ANSWERS, split

    shell = environment[COMPLETE]
    with suppress(Exception):
        words = split(environment[LINE], "`" if shell == Shell.POWERSHELL else "\\")
        while len(words) > 1 and "=" in words[0].value:  # a variable that is set for this command
            del words[0]
        *before, word = words[1:]
        found = find_candidates(get_command(app), [each.value for each in before], word.value)
        return "".join(f"{line}\n" for line in ANSWERS[shell](found, word, environment.get(BREAKS, "")))
    return ""


def with_shell(arguments: Sequence[str]) -> list[str]:
    """Return the arguments; where completion is asked for and no shell is named, it is the running one."""
    return [*arguments, Shell.AUTO] if [*arguments] in ([SHOW], [INSTALL]) else [*arguments]


def running_shell(shell: Shell) -> Shell:
    """Return a shell that is named, or the one that is running.

    Raises:
        typer.BadParameter: it cannot be told.
    """
    if shell is not Shell.AUTO:
        return shell
    from shellingham import ShellDetectionFailure, detect_shell  # type: ignore[import-untyped]

    with suppress(ShellDetectionFailure, ValueError):
        return Shell(detect_shell()[0].lower())
    known = ", ".join(each for each in Shell if each is not Shell.AUTO)
    raise typer.BadParameter(f"it cannot be told which shell this is: name one of {known}")


def show(shell: Shell | None) -> None:
    """Print the script of a shell, and leave."""
    if shell:
        typer.echo(script_of(running_shell(shell)), nl=False)
        raise typer.Exit


def install(shell: Shell | None) -> None:
    """Put the script where the shell looks for it, and leave."""
    if shell:
        shell = running_shell(shell)
        where = _install(shell, script_of(shell))
        typer.echo(f"{shell} completes midtvejs from its next start: {where}")
        raise typer.Exit


def _install(shell: Shell, script: str) -> Path:
    home = Path.home()
    if shell is Shell.FISH:
        return _write(home / ".config/fish/completions/midtvejs.fish", script)
    if shell is Shell.BASH:
        where = _write(home / ".bash_completions/midtvejs.sh", script)
        _append(home / ".bashrc", f"source {shlex.quote(str(where))}\n")
        return where
    if shell is Shell.ZSH:
        where = _write(home / ".zfunc/_midtvejs", script)
        _append(home / ".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit\n")
        return where
    return _append(_profile(shell), script)


def _profile(shell: Shell) -> Path:
    """Ask PowerShell where its profile is.

    Raises:
        typer.BadParameter: it is not there to be asked.
    """
    import shutil
    import subprocess

    command = shutil.which(shell)
    if not command:
        raise typer.BadParameter(f"{shell} is not installed; midtvejs {SHOW} {shell} prints its script")
    asked = [command, "-NoProfile", "-Command", "$PROFILE"]
    said = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True)  # noqa: S603 (a shell)
    return Path(said.stdout.strip())


def _write(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(script.encode())  # no shell of Windows that reads it wants CR before LF
    return path


def _append(path: Path, text: str) -> Path:
    """Add text to the end of a file that lacks it."""
    there = path.read_text(encoding="utf-8", errors="surrogateescape") if path.exists() else ""
    if text.strip() in there:
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"\n{text}" if there and not there.endswith("\n") else text)
    return path


ShowOption = Annotated[
    Shell | None,
    typer.Option(
        SHOW,
        callback=show,
        is_eager=True,
        metavar="[SHELL]",
        help="Print the completion script of this shell, or of bash, zsh, fish, powershell, pwsh.",
    ),
]
InstallOption = Annotated[
    Shell | None,
    typer.Option(
        INSTALL,
        callback=install,
        is_eager=True,
        metavar="[SHELL]",
        help="Install completion of verbs, options, codes and names for this shell, or a named one.",
    ),
]


def asked_for(environment: Mapping[str, str]) -> bool:
    """Tell whether it is the script of a shell that runs this."""
    return COMPLETE in environment and LINE in environment


def answer_silently(app: typer.Typer) -> None:
    """Answer on stdout, in UTF-8 and with nothing on stderr, and leave."""
    with Path(os.devnull).open("w", encoding="utf-8") as nobody:
        sys.stderr = nobody
        sys.stdout.buffer.write(answer(app, os.environ).encode("utf-8", "replace"))
        sys.stdout.flush()
        os._exit(0)
