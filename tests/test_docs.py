"""The documentation says what the code does: every setting, command, package and source."""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from assistant.__main__ import parser
from assistant.settings import SETTINGS
from catalog_sync.registry import SOURCES

ROOT = Path(__file__).parent.parent


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def first_cells(name: str) -> list[str]:
    """The first cell of every table row of a page, without code marks."""
    rows = [line for line in page(name).splitlines() if line.startswith("| ")]
    return [row.split("|")[1].strip().strip("`*") for row in rows]


def test_the_settings_page_is_the_table_of_the_code() -> None:
    rows = [
        f"| `{row.name}` | {f'`{row.default}`' if row.default else 'not set'} | {row.meaning} |"
        for row in SETTINGS
    ]
    shown = [line for line in page("docs/settings.md").splitlines() if line.startswith("| `")]
    assert shown == rows


def test_the_readme_names_every_setting() -> None:
    text = page("README.md")
    assert [row.name for row in SETTINGS if f"`{row.name}`" not in text] == []


def test_the_dependencies_page_lists_each_package_once_and_no_other() -> None:
    project = tomllib.loads(page("pyproject.toml"))["project"]
    named = [*project["dependencies"], *sum(project["optional-dependencies"].values(), [])]
    wanted = {Requirement(each).name.lower() for each in named}
    listed = [cell.lower() for cell in first_cells("docs/dependencies.md") if cell != "package"]
    assert sorted(listed) == sorted(wanted)


def test_every_place_the_dependencies_page_names_is_there() -> None:
    paths = re.findall(r"`((?:assistant|catalog_sync|indexer)/[^`]*)`( \(to come\))?",
                       page("docs/dependencies.md"))  # fmt: skip
    missing = [path for path, later in paths if not later and not list(ROOT.glob(path))]
    assert missing == []


def commands() -> list[str]:
    actions = parser()._actions
    chosen = next(a for a in actions if isinstance(a, argparse._SubParsersAction))
    return sorted(chosen.choices)


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_its_page(name: str) -> None:
    assert f"`dataset-assistant {name}" in page("docs/commands.md")


def test_every_source_is_in_its_page() -> None:
    text = page("docs/sources.md")
    assert [name for name in SOURCES if f"`{name}`" not in text] == []


def test_every_page_that_is_linked_is_there() -> None:
    pages = [ROOT / "README.md", *ROOT.glob("docs/*.md")]
    broken = [
        (source.name, link)
        for source in pages
        for link in re.findall(r"\]\(([^)#\s]+)", source.read_text(encoding="utf-8"))
        if "://" not in link and not (source.parent / link).exists()
    ]
    assert broken == []


def test_every_command_line_of_the_readme_is_understood() -> None:
    lines = re.findall(r"^ *(?:\.venv/bin/)?dataset-assistant (.+)$", page("README.md"), re.M)
    assert lines
    for line in lines:
        words = re.findall(r'"[^"]*"|\S+', line.split("#")[0])
        parser().parse_args([word.strip('"') for word in words])


def test_every_make_target_of_the_readme_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.M))
    asked = set(re.findall(r"`?make ([a-z]+)", page("README.md")))
    assert asked <= targets


def test_the_glossary_tells_each_word_once_and_in_order() -> None:
    words = [cell for cell in first_cells("docs/glossary.md") if cell != "word"]
    cut = words.index("autonym")
    for part in (words[:cut], words[cut:]):
        assert part == sorted(set(part), key=str.casefold)
