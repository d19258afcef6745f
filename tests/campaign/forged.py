"""Forged certificates: whatever they say of an assignment, nothing is believed that is not so.

Each lie begins with a true certificate of a day whose figures are reckoned here, by nothing of the program's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from tests.campaign.apart import run
from tests.campaign.days import Day, Days, drawn, read, write

Certificate = dict[str, Any]
TRIES = 200
SAVED, CERTIFIED = "assignment.csv", "certificate.json"
ASSIGN = ("assign", "prefs.csv", "--save", SAVED, "--certificate", CERTIFIED, "--plain")
VERIFY = ("verify", SAVED, "--prefs", "prefs.csv", "--certificate", CERTIFIED)
Lie = Callable[[Random, Day, Days, Certificate], Days | None]
"""Changes a certificate, and returns where everybody is; None where there is no such lie about that day."""


def _worse(random: Random, day: Day, days: Days, certificate: Certificate) -> Days | None:
    """Swap people until somebody is worse off, and say that this is the optimum."""
    least = [*day.figures(days).values()]
    swapped = {email: list(codes) for email, codes in days.items()}
    for _ in range(TRIES):
        one, other = random.sample([*swapped], 2)
        place = random.randrange(len(day.seats))
        swapped[one][place], swapped[other][place] = swapped[other][place], swapped[one][place]
        figures = day.figures(swapped)
        if [*figures.values()] > least:
            _claim(certificate, figures)
            return swapped
    return None


def _claim(certificate: Certificate, figures: dict[str, int]) -> None:
    for stage in certificate["stages"]:
        stage |= {"value": figures[stage["criterion"]], "bound": figures[stage["criterion"]], "proven": True}


def _worse_and_other_prices(random: Random, day: Day, days: Days, certificate: Certificate) -> Days | None:
    """... with prices that nothing is too dear for: raised, below zero, for what is not held."""
    swapped = _worse(random, day, days, certificate)
    for stage in certificate["stages"]:
        proof = stage.get("proof") or {}
        for prices in (proof.get("prices") or {}, *(proof.get("spread") or {}).values()):
            for code in [*prices]:
                prices[code] = random.choice((0, -prices[code], prices[code] * 1000, 2**62, 2**70))
            prices[random.choice(("", "ZZ", "1A"))] = random.choice((1, 2**20, 2**40))
    return swapped


def _worse_and_another_proof(random: Random, day: Day, days: Days, certificate: Certificate) -> Days | None:
    """... with what a proof assumes changed: the worst that it refuses, what earlier stages reached."""
    swapped = _worse(random, day, days, certificate)
    for stage in certificate["stages"]:
        proof = stage.get("proof") or {}
        proof["worst"] = random.choice((0, 1, 2, 99, None))
        proof["kept"] = {criterion: random.randrange(30) for criterion in day.order if random.random() < 0.5}
        stage["evidence"] = random.choice(("prices", "counting", "solver"))
    return swapped


def _worse_by_the_solver(random: Random, day: Day, days: Days, certificate: Certificate) -> Days | None:
    """... by the word of a solver, which nobody can check."""
    swapped = _worse(random, day, days, certificate)
    for stage in certificate["stages"]:
        stage |= {"evidence": "solver", "proof": None}
    return swapped


def _less_than_it_is(random: Random, day: Day, days: Days, certificate: Certificate) -> Days | None:
    """Say that a figure is lower than it is."""
    del day
    stages = [stage for stage in certificate["stages"] if stage["value"]]
    if not stages:
        return None
    stage = random.choice(stages)
    stage["value"] -= random.randint(1, stage["value"])
    stage["bound"] = min(stage["bound"], stage["value"])
    return days


def _more_than_there_are(random: Random, day: Day, days: Days, certificate: Certificate) -> Days | None:
    """Move people into a session that is full, and say what that would come to."""
    moved = {email: list(codes) for email, codes in days.items()}
    place = random.randrange(len(day.seats))
    for code, seats in sorted(day.seats[place].items()):
        if seats < len(moved):
            for email in [*moved][: seats + 1]:
                moved[email][place] = code
            _claim(certificate, day.figures(moved))
            return moved
    return None


def _another_file(random: Random, day: Day, days: Days, certificate: Certificate) -> Days | None:
    """Certify other inputs."""
    del day
    said = certificate["inputs"]
    place = random.randrange(len(said))
    other = random.choice("0123456789abcdef".replace(said[place], ""))
    certificate["inputs"] = said[:place] + other + said[place + 1 :]
    return days


def _fewer_stages(random: Random, day: Day, days: Days, certificate: Certificate) -> Days | None:
    """Leave out the stage that would tell, or put the stages in another order."""
    swapped = _worse(random, day, days, certificate)
    stages = certificate["stages"]
    if random.random() < 0.5:
        del stages[random.randrange(len(stages))]
    else:
        random.shuffle(stages)
    return swapped


LIES: dict[str, Lie] = {
    "worse": _worse,
    "prices": _worse_and_other_prices,
    "proof": _worse_and_another_proof,
    "solver": _worse_by_the_solver,
    "figure": _less_than_it_is,
    "full": _more_than_there_are,
    "inputs": _another_file,
    "stages": _fewer_stages,
}


def lie(name: str) -> Callable[[Random, Path], Iterator[str]]:
    """Return the trial of a kind of lie."""

    def tell(random: Random, folder: Path) -> Iterator[str]:
        day, days = _true(random, folder)
        certificate = json.loads((folder / CERTIFIED).read_text("utf-8"))
        said = LIES[name](random, day, days, certificate)
        while said is None:
            day, days = _true(random, folder)
            certificate = json.loads((folder / CERTIFIED).read_text("utf-8"))
            said = LIES[name](random, day, days, certificate)
        write(folder / SAVED, said)
        (folder / CERTIFIED).write_text(json.dumps(certificate), encoding="utf-8")
        done = run(folder, *VERIFY)
        if done.code != 1:
            yield f"exit {done.code}: {done.stdout}{done.stderr}"

    return tell


def _true(random: Random, folder: Path) -> tuple[Day, Days]:
    """Write a day, and have it seated and certified."""
    day = drawn(random)
    day.write(folder)
    done = run(folder, *ASSIGN, "--force")
    if done.code:
        raise RuntimeError(done.stderr)
    return day, read(folder / SAVED)


def truth(random: Random, folder: Path) -> Iterator[str]:
    """Certify what is so: the figures are those that are reckoned here, and what is proven is believed."""
    day, days = _true(random, folder)
    certificate = json.loads((folder / CERTIFIED).read_text("utf-8"))
    figures = day.figures(days)
    said = {stage["criterion"]: stage["value"] for stage in certificate["stages"]}
    if said != figures:
        yield f"{said} is said, but it is {figures}"
    done = run(folder, *VERIFY)
    by_solver = any(stage["evidence"] == "solver" for stage in certificate["stages"])
    if done.code != int(by_solver):
        yield f"exit {done.code}: {done.stderr}{done.stdout}"
