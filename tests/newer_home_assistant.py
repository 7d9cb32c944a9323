"""Lets the test plugin work in a Home Assistant newer than it; pytest's `-p tests.newer_home_assistant`.

It comes before the plugins that are installed. Home Assistant is imported first: from 2026.11 on it puts its
own HTTP client in the place of `httpx`, which `respx` imports, and refuses when it comes second.
"""

import importlib
from typing import TYPE_CHECKING, Final

import pytest
from homeassistant.const import __version__
from packaging.specifiers import SpecifierSet

# Before anything keeps the true clock by its name: what is created in a test has the test's time.
from pytest_homeassistant_custom_component import patch_recorder, patch_time  # noqa: F401

from tools import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Where the plugin looks for a name, the name, and where it moved to.
MOVED: Final = (
    (
        "homeassistant.components.logger",
        "_clear_logger_overwrites",
        "homeassistant.components.logger.helpers",
    ),
)
# Tests that the plugin breaks, by their id: with which Home Assistant, and why. Each must fail and is listed
# at the end; one that passes, or that is no more, fails the run: none stays here longer than it must.
BROKEN: Final[Mapping[str, tuple[str, str]]] = {}

for module, name, home in MOVED:
    if not hasattr(importlib.import_module(module), name):
        setattr(importlib.import_module(module), name, getattr(importlib.import_module(home), name))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect of the listed tests that they fail."""
    expect_failures(items, BROKEN, __version__)


def expect_failures(
    items: Iterable[pytest.Item], broken: Mapping[str, tuple[str, str]], version: str
) -> None:
    """Mark the tests that are broken with this version of Home Assistant; UsageError if one is no more.

    Of files that were not collected this can't be told.
    """
    there = {item.nodeid: item for item in items}
    collected = {test.partition("::")[0] for test in there}
    for test, (versions, reason) in broken.items():
        if not SpecifierSet(versions, prereleases=True).contains(version):
            continue
        file = test.partition("::")[0]
        if test in there:
            there[test].add_marker(pytest.mark.xfail(reason=reason, strict=True))
        elif file in collected or not (ROOT / file).is_file():
            raise pytest.UsageError(f"{test} is listed in {__name__}, but there is no such test")
