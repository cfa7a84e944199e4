"""The exact versions of constraints.txt are the ones that the tests run with."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distributions, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("name", sorted(pins()))
def test_each_pinned_package_is_installed_in_the_pinned_version(name: str) -> None:
    try:
        installed = version(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not needed on this machine")
    assert Version(installed).public == pins()[name]


def test_each_package_that_the_project_names_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *sum(project["optional-dependencies"].values(), [])]
    pinned = {canonicalize_name(name) for name in pins()}
    unpinned = {canonicalize_name(Requirement(each).name) for each in named} - pinned
    assert not unpinned


def test_no_package_that_is_needed_is_missing_from_the_pins() -> None:
    pinned = {canonicalize_name(name) for name in pins()}
    own = {"dataset-assistant", "pip", "setuptools", "wheel"}
    asked = {
        canonicalize_name(Requirement(line).name)
        for each in distributions()
        for line in requires(each.metadata["Name"]) or ()
        if "extra ==" not in line
    }
    there = {canonicalize_name(each.metadata["Name"]) for each in distributions()}
    assert not (asked & there) - pinned - own


def test_no_pin_is_written_twice_or_loosely() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line) for line in kept)
    names = [canonicalize_name(line.split("==")[0]) for line in kept]
    assert len(names) == len(set(names))
