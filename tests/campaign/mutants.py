"""Change the code a little, at one place at a time, and see whether any test fails.

python -m tests.campaign.mutants                     40 of the judge, the bound, the verification, the files
python -m tests.campaign.mutants --most 400 bound    ... of one of them, as many as there are
python -m tests.campaign.mutants --only bound:12     this one again, with what was changed

What no test notices is printed: a hole in the tests, or a change that makes no difference.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
LONGEST = 300
"""Seconds; a change that has tests run for ever is noticed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Modules, and the tests that should notice any change of theirs."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


AUDITING = ("tests/auditing", "tests/solving/test_certificate.py", "tests/commands/test_verify.py")
TARGETS = {
    "judge": Target(modules=("auditing/audit.py", "auditing/judges.py"), tests=AUDITING),
    "bound": Target(
        modules=("auditing/bound.py", "auditing/cheapest.py"),
        tests=(*AUDITING, "tests/solving/test_lists.py"),
    ),
    "verification": Target(modules=("auditing/verify.py", "auditing/digest.py"), tests=AUDITING),
    "files": Target(
        modules=("output/files.py", "output/litter.py"),
        tests=("tests/output/test_files.py", "tests/cli/test_cli.py"),
    ),
    "search": Target(
        modules=(
            "solving/search.py",
            "solving/prices/search.py",
            "solving/prices/pursuit.py",
            "solving/prices/bound.py",
        ),
        tests=("tests/solving/test_optimum.py", "tests/solving/test_honesty.py", "tests/solving/prices"),
    ),
    "neighbourhoods": Target(modules=("solving/cpsat/neighbourhoods.py",), tests=("tests/solving/cpsat",)),
}
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
OTHER_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


def main() -> None:
    """Try the mutants that are asked for; print the survivors and the share that was noticed."""
    options = _options()
    noticed = tried = 0
    with tempfile.TemporaryDirectory() as name:
        copy = _copied(Path(name))
        for target, number, module, mutant, changed in _drawn(options):
            _demand_that_tests_pass(copy, TARGETS[target])
            found = _is_noticed(copy, module, mutant, TARGETS[target].tests)
            noticed, tried = noticed + found, tried + 1
            if not found or options.only:
                told = "noticed" if found else "no test notices"
                print(f"{target}:{number} {module}: {changed}: {told}", flush=True)
    print(f"{noticed} of {tried} changes were noticed")


def _options() -> argparse.Namespace:
    described = argparse.ArgumentParser(
        prog="python -m tests.campaign.mutants", description=(__doc__ or "").splitlines()[0]
    )
    described.add_argument("targets", nargs="*", help="all, or of: " + ", ".join(TARGETS))
    described.add_argument("--most", type=int, default=40, help="how many changes, drawn from all there are")
    described.add_argument("--seed", type=int, default=1, help="another seed draws others")
    described.add_argument("--only", nargs="+", default=[], help="those that were printed with these numbers")
    return described.parse_args()


def _drawn(options: argparse.Namespace) -> list[tuple[str, int, str, str, str]]:
    """Draw mutants: of which target, their number, the module, its changed text, and what was changed."""
    there = [
        (target, number, module, place)
        for target in options.targets or TARGETS
        for number, (module, place) in enumerate(_places_of(TARGETS[target]))
    ]
    if options.only:
        wanted = [each for each in there if f"{each[0]}:{each[1]}" in options.only]
    else:
        wanted = Random(options.seed).sample(there, min(options.most, len(there)))
    return [(target, number, module, *_mutant(module, place)) for target, number, module, place in wanted]


def _places_of(target: Target) -> Iterator[tuple[str, int]]:
    for module in target.modules:
        for place in range(len(_changeable(_tree(module)))):
            yield module, place


def _tree(module: str) -> ast.Module:
    return ast.parse((ROOT / "midtvejs" / module).read_text("utf-8"))


def _changeable(tree: ast.Module) -> list[tuple[ast.AST, str, int]]:
    """List what can be changed: a node, one of its fields, and which of a list there."""
    found: list[tuple[ast.AST, str, int]] = []
    types = _types_in(tree)
    for node in ast.walk(tree):
        match node:
            case _ if node in types:
                continue
            case ast.Compare(ops=operators):
                found += [
                    (node, "ops", number) for number, each in enumerate(operators) if type(each) in SWAPPED
                ]
            case ast.BinOp(op=operator) | ast.BoolOp(op=operator) if type(operator) in SWAPPED:
                found.append((node, "op", 0))
            case ast.UnaryOp(op=ast.Not()):
                found.append((node, "operand", 0))
            case ast.Constant(value=bool() | int()):
                found.append((node, "value", 0))
            case ast.Call(func=ast.Name(id=name)) if name in OTHER_NAMES:
                found.append((node, "func", 0))
            case ast.If():
                found.append((node, "test", 0))
    return found


def _types_in(tree: ast.Module) -> set[ast.AST]:
    """Return what says of which type something is: nothing hangs on it when the code runs."""
    said = [
        getattr(node, field)
        for node in ast.walk(tree)
        for field in ("annotation", "returns")
        if getattr(node, field, None)
    ]
    return {part for each in said for part in ast.walk(each)}


def _mutant(module: str, place: int) -> tuple[str, str]:
    """Return the text of a module with one place changed, and what was changed in words."""
    tree = _tree(module)
    node, field, number = _changeable(tree)[place]
    before = ast.unparse(node).splitlines()[0]
    shown = deepcopy(node)
    for each in (node, shown):
        _change(each, field, number)
    line = getattr(node, "lineno", 0)
    return ast.unparse(tree), f"line {line}: {before}  ->  {ast.unparse(shown).splitlines()[0]}"


def _change(node: ast.AST, field: str, number: int) -> None:
    match node:
        case ast.Compare():
            node.ops[number] = SWAPPED[type(node.ops[number])]()  # type: ignore[call-overload] # an operator
        case ast.BinOp() | ast.BoolOp():
            node.op = SWAPPED[type(node.op)]()  # type: ignore[assignment] # of the same kind
        case ast.UnaryOp():
            node.op = ast.UAdd()
            node.operand = ast.Call(func=ast.Name(id="bool"), args=[node.operand], keywords=[])
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int(value)):
            node.value = value + 1
        case ast.Call(func=ast.Name(id=name)):
            node.func = ast.Name(id=OTHER_NAMES[name])
        case ast.If():
            setattr(node, field, ast.Constant(value=False))


def _copied(folder: Path) -> Path:
    """Copy the project, to be changed."""
    copy = folder / "project"
    left_out = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, copy, ignore=left_out)
    return copy


@cache
def _demand_that_tests_pass(copy: Path, target: Target) -> None:
    """Refuse to go on where the tests fail with nothing changed: then they notice everything."""
    module = target.modules[0]
    if _is_noticed(copy, module, (copy / "midtvejs" / module).read_text("utf-8"), target.tests):
        sys.exit(f"{' '.join(target.tests)}: a test fails with nothing changed")


def _is_noticed(copy: Path, module: str, mutant: str, tests: Sequence[str]) -> bool:
    """Return whether a test fails, or none can be run, with a module changed."""
    path = copy / "midtvejs" / module
    before = path.read_text("utf-8")
    path.write_text(mutant, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "--quick", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(
            [*command, *tests],
            cwd=copy,
            env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(before, encoding="utf-8")
    return done.returncode != 0


if __name__ == "__main__":
    main()
