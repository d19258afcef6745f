"""Whatever midtvejs raises by itself has one root."""

from __future__ import annotations

import importlib
import pkgutil

import midtvejs
from midtvejs import errors
from midtvejs.errors import MidtvejsError

INSIDE = {"BeyondSheet", "LongLine", "Misread", "NoProgram", "UnclearRounds", "_TooMany"}
"""Errors that are caught where they are raised, or beside it."""


def raised() -> dict[str, type[Exception]]:
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(midtvejs.__path__, "midtvejs.")
        if not found.name.endswith("__main__")
    ]
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, Exception)
        and not issubclass(value, Warning)
        and value.__module__ == module.__name__
    }


def test_every_error_is_a_child_of_one() -> None:
    found = raised()
    assert {name for name, error in found.items() if not issubclass(error, MidtvejsError)} == INSIDE


def test_the_tree_names_them_all() -> None:
    tree = errors.__doc__ or ""
    assert all(f" {name} " in tree for name in raised().keys() - INSIDE - {"MidtvejsError"})
