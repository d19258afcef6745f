"""The house stands as it was meant: its walls, its layout, its types, and what starts without the solver."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

import pytest

import midtvejs
from midtvejs.auditing.verify import certificate_of
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.diagnostic import Place, Severity
from midtvejs.domain.fairness import Stage
from midtvejs.domain.rules import RULES
from midtvejs.output.tables.assignment_json import certificate_json
from midtvejs.reading.answers.preferences import read_preferences
from midtvejs.reading.codes import RETIRED, Fault
from midtvejs.reading.program.build import read_program
from tests.manual import MANUAL, ROOT

SCRIPTS = Path(sys.executable).parent
IN_SIGHT = {"midtvejs", "program.yaml", "preferences", "tests", "pyproject.toml", "README.md"}
LONGEST_MODULE = 600
LONGEST_FUNCTION = 50
MODULES = sorted((ROOT / "midtvejs").rglob("*.py"))


def check(*command: str | Path) -> None:
    """Run a tool over the project; what it finds fails."""
    done = subprocess.run(
        [str(word) for word in command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.tool
def test_lint() -> None:
    check(sys.executable, "-m", "ruff", "check", "--no-cache", ".")


@pytest.mark.tool
def test_layout() -> None:
    check(sys.executable, "-m", "ruff", "format", "--check", "--no-cache", ".")


@pytest.mark.tool
@pytest.mark.slow
def test_types() -> None:
    check(sys.executable, "-m", "mypy")


@pytest.mark.tool
@pytest.mark.slow
@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_nothing_is_called_that_another_system_lacks(system: str) -> None:
    check(sys.executable, "-m", "mypy", "--platform", system, "-p", "midtvejs")


def opened_without_encoding(path: Path) -> list[int]:
    """Return the lines in which a file of text is opened in the encoding that the system happens to have."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        modes = [each.value for each in node.args if isinstance(each, ast.Constant)]
        binary = name in {"open", "fdopen"} and any("b" in str(mode) for mode in modes)
        # os.open and a range of the program's own are no files of text.
        opens = name in {"read_text", "write_text", "fdopen"} or (name == "open" and modes)
        if opens and not binary and "encoding" not in {each.arg for each in node.keywords}:
            found.append(node.lineno)
    return found


def test_no_file_of_text_is_in_the_encoding_that_the_system_happens_to_have() -> None:
    found = {path.name: lines for path in MODULES if (lines := opened_without_encoding(path))}
    assert found == {}


@pytest.mark.tool
def test_imports_run_one_way() -> None:
    check(SCRIPTS / "lint-imports", "--no-cache")


def imports_of(path: Path) -> set[str]:
    """The modules of midtvejs that a module imports, wherever in it, for its types alone, too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def in_cycles(imports: Mapping[str, AbstractSet[str]]) -> set[str]:
    """The modules that import themselves in the end."""

    def reached(module: str) -> set[str]:
        seen: set[str] = set()
        ahead = [*imports[module]]
        while ahead:
            found = ahead.pop()
            if found not in seen:
                seen.add(found)
                ahead.extend(imports[found])
        return seen

    return {module for module in imports if module in reached(module)}


def test_no_modules_import_each_other_not_for_their_types_either() -> None:
    paths = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in MODULES}
    known = {name.removesuffix(".__init__"): path for name, path in paths.items()}
    # A package stands for itself alone here: that it holds its modules is no import.
    imports = {
        name: {found for found in imports_of(path) if found in known and known[found].stem != "__init__"}
        for name, path in known.items()
    }

    assert sum(map(len, imports.values())) > 500
    assert in_cycles({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == {"b", "c"}
    assert in_cycles(imports) == set()


def test_the_top_level_in_sight() -> None:
    made = {"build", "dist", "__pycache__"}
    seen = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert {name for name in seen - made if not name.endswith(".egg-info")} == IN_SIGHT


def test_no_module_is_too_long() -> None:
    long = {path.name for path in MODULES if len(path.read_text("utf-8").splitlines()) >= LONGEST_MODULE}
    assert MODULES
    assert long == set()


def test_no_function_is_too_long() -> None:
    long = {
        f"{path.name}: {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    }
    assert long == set()


def test_every_diagnostic_code_stands_in_the_registry_once_and_is_never_given_anew() -> None:
    codes = [fault.value for fault in Fault]

    # Two names of one code would be two meanings; an enum would take the second for an alias.
    assert len(codes) == len(Fault.__members__) > 50
    assert codes == sorted(codes)
    assert set(codes).isdisjoint(RETIRED)
    for code in [*codes, *RETIRED]:
        assert re.fullmatch("MV[0-9]{3}", code)
    for fault in Fault:
        assert re.fullmatch(".{8,90}", fault.meaning), fault
        assert fault.severity in {Severity.ERROR, Severity.WARNING, None}, fault


def test_no_code_is_written_outside_of_the_registry() -> None:
    known = {fault.value for fault in Fault} | RETIRED.keys()
    registry = Path(inspect.getfile(Fault))
    written = {
        (path.name, found)
        for path in MODULES
        if path != registry
        for found in re.findall("MV[0-9]{3}", path.read_text("utf-8"))
    }
    assert written == set()
    assert set(re.findall("MV[0-9]{3}", "".join(MANUAL.values()))) <= known


def test_every_code_is_told_of_somewhere() -> None:
    source = "".join(path.read_text("utf-8") for path in MODULES)
    of_rules = {kind.fault for kind in RULES.values()}
    told = {fault.name for fault in Fault if re.search(rf"Fault\.{fault.name}\b", source)}
    assert [fault.name for fault in Fault if fault.name not in told | of_rules] == []


def test_a_severity_is_the_code_s_own_unless_the_reader_decides_it() -> None:
    place = Place(file="a")

    assert Fault.EMPTY.diagnostic(place, "").severity is Severity.ERROR
    assert Fault.TOTALS.diagnostic(place, "").severity is Severity.WARNING
    assert Fault.LATE.diagnostic(place, "").severity is Severity.ERROR
    assert Fault.LATE.diagnostic(place, "", severity=Severity.WARNING).severity is Severity.WARNING
    with pytest.raises(ValueError, match="MV105 is always of severity error"):
        Fault.EMPTY.diagnostic(place, "", severity=Severity.WARNING)


@pytest.mark.parametrize(
    "verb",
    [
        "",
        "--help",
        "--version",
        "assign --help",
        "validate program.yaml",
        "validate {broken}",
        "show program.yaml",
        "simulate --participants 5",
        "check preferences/midtvejs-2018.csv",
        "form {folder}",
        "rosters {assignment}",
        "day anna {assignment}",
        "export {assignment} {folder}",
        "explain {assignment} Anna --prefs {assignment}",
        "explain {assignment} --all {folder} --prefs {assignment}",
        "verify {assignment} --prefs {assignment} --certificate {certificate}",
        "diff {assignment} {assignment} --prefs {assignment}",
        "guide",
        "guide rules",
        "assign preferences/midtvejs-2018.csv --mechanism lottery",
        "assign preferences/midtvejs-2018.csv --mechanism first-come",
    ],
)
def test_starts_without_the_solver(verb: str, tmp_path: Path) -> None:
    broken, assignment = tmp_path / "broken.yaml", tmp_path / "assignment.csv"
    broken.write_text("rooms: [", encoding="utf-8")
    assignment.write_text("name,email,organisation,R1,R2,R3,S\nAnna,,,1A,2A,3A,S1\n", encoding="utf-8")
    # Whoever is seated as in this file has all first wishes in it: each criterion is 0, and proves itself.
    certificate = tmp_path / "proof.json"
    certificate.write_text(nothing_to_prove(assignment), encoding="utf-8")
    files = {"broken": broken, "assignment": assignment, "certificate": certificate, "folder": tmp_path}
    arguments = [word.format(**files) for word in verb.split()]
    unwanted = {"ortools", "numpy", "pandas", "pydantic"}
    if not verb.startswith(("form", "export")):
        unwanted |= {"xlsxwriter", "typst"}
    script = f"""
import sys
sys.argv = ["midtvejs", *{arguments!r}]
import midtvejs
from midtvejs.cli.app import app
try:
    app()
except SystemExit as end:
    assert end.code == {1 if "{broken}" in verb else 0}, end.code
else:
    raise AssertionError
heavy = {unwanted!r} & sys.modules.keys()
assert not heavy, heavy
"""
    check(sys.executable, "-c", script)


def nothing_to_prove(assignment: Path) -> str:
    program = read_program(ROOT / "program.yaml").accepted()
    people = read_preferences(assignment, program).accepted()
    days = {person.key: tuple(wishes.codes[0] for wishes in person.wishes) for person in people}
    stages = tuple(
        Stage(criterion=criterion, value=0, bound=0, recomputable=0) for criterion in program.rules.fairness
    )
    first_wishes = Assignment(program=program, participants=people, days=days)
    return certificate_json(certificate_of(first_wishes, stages, ()))


def test_a_day_that_prices_prove_is_seated_without_cp_sat(tmp_path: Path) -> None:
    """To import CP-SAT takes a tenth of the time of a small day, and pandas as much again as all else."""
    program, answers = tmp_path / "program.yaml", tmp_path / "prefs.csv"
    program.write_text(
        """\
event: {name: Prøvedag, date: 2018-01-30, start: "09:00", end: "12:00", language: da}
rooms: {Sal: {seats: 2}, Loft: {seats: 2}}
rounds:
  - {id: R1, name: Runde 1, start: "10:00", end: "10:30", sessions: [
      {code: 1A, title: Havet, room: Sal}, {code: 1B, title: Skoven, room: Loft}]}
""",
        encoding="utf-8",
    )
    answers.write_text("name,R1\nÅse,1A > 1B\nBo,1A > 1B\nCai,1A > 1B\n", encoding="utf-8")
    script = f"""
import sys
sys.argv = ["midtvejs", "assign", {str(answers)!r}, "--program", {str(program)!r}, "--json"]
from midtvejs.cli.app import app
try:
    app()
except SystemExit as end:
    assert end.code == 0, end.code
heavy = {{"ortools.sat.python.cp_model_helper", "midtvejs.solving.with_rules"}} & sys.modules.keys()
assert not heavy, heavy
import midtvejs.solving.cpsat.cp_sat, midtvejs.solving.with_rules
assert "pandas" not in sys.modules
"""
    check(sys.executable, "-c", script)


def test_the_version_is_said_once() -> None:
    assert f'version = "{midtvejs.__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
