"""Commands in the documentation exist and take the options they are given."""

import re
import shlex
import subprocess
from functools import cache
from typing import TYPE_CHECKING

import pytest

from .pages import PAGES, ROOT, Block, blocks, page_name, prose

if TYPE_CHECKING:
    from pathlib import Path

BASH = "sh"
# Options of tools that are not ours, as far as the documentation uses them.
FOREIGN = {"curl": {"-s", "-H", "-d", "-o"}, "esphome": {"run"}, "openscad": {"-D", "-o"}}
INLINE = re.compile(r"`(script/[^`]+)`")


@cache
def usage(script: str) -> str:
    """Give what a command says of its options: argparse's help where it has one, else its own text."""
    text = (ROOT / script).read_text(encoding="utf-8")
    if module := re.search(r"-m ((?:tools|tests)\.[\w.]+)", text):
        told = subprocess.run(
            [ROOT / ".venv/ha/bin/python", "-m", module[1], "--help"],
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        if told.returncode == 0:
            return told.stdout
    return text


def check(words: list[str], where: str) -> None:
    """Check one command of ours."""
    script, *arguments = words
    path = ROOT / script
    assert path.is_file(), f"{where}: {script}"
    assert path.stat().st_mode & 0o111, f"{where}: {script} can't be run"
    for argument in arguments:
        if argument.startswith("-"):
            known = re.findall(r"(?<![\w-])--?[\w-]+", usage(script))
            assert argument.partition("=")[0] in known, f"{where}: {script} knows no {argument}"


@pytest.mark.parametrize("block", blocks(BASH), ids=lambda block: block.name)
def test_commands_exist_and_take_their_options(block: Block) -> None:
    lines = block.text.splitlines()
    assert lines
    for line in lines:
        words = shlex.split(line, comments=True)
        if not words:
            continue
        if words[0].startswith("script/"):
            check(words, block.name)
            continue
        assert words[0] in FOREIGN, f"{block.name}: nobody checks {words[0]}"
        for word in words[1:]:
            if word.startswith("esphome/"):
                assert (ROOT / word).is_file(), f"{block.name}: {word}"
            elif word.startswith("-"):
                assert word in FOREIGN[words[0]], f"{block.name}: {word}"


def test_the_clip_has_the_parts_the_commands_ask_for() -> None:
    scad = (ROOT / "esphome/clip/clip.scad").read_text(encoding="utf-8")
    commands = "\n".join(block.text for block in blocks(BASH))
    for name, value in re.findall(r"-D '(\w+)=\"(\w+)\"'", commands):
        assert re.search(rf"^{name} *=", scad, re.MULTILINE), name
        assert f'"{value}"' in scad, value


def test_the_clip_holds_the_antenna_that_the_page_says_it_holds() -> None:
    scad = (ROOT / "esphome/clip/clip.scad").read_text(encoding="utf-8")
    held = re.search(r"^antenna = \[(\d+), (\d+)\];", scad, re.MULTILINE)
    told = re.search(r"antenna of up to (\d+) \S (\d+) mm", prose(ROOT / "docs" / "build-a-pod.md"))
    assert held
    assert told
    assert told.groups() == held.groups()


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_commands_named_in_a_text_exist(page: Path) -> None:
    for command in INLINE.findall(prose(page)):
        words = [word.strip("[]") for word in command.replace(" …", "").split()]
        if "*" not in words[0] and not words[0].endswith("/"):
            check([word for word in words if word.isascii()], page_name(page))


def test_the_readme_names_the_two_commands_that_show_and_check_everything() -> None:
    words = [
        line.split()
        for block in blocks(BASH)
        if block.page == "README.md"
        for line in block.text.splitlines()
    ]
    assert [line[0] for line in words] == ["script/demo", "script/test"]
    assert all(line[1] == "#" for line in words), "they need no option"


def test_scripts_are_commands_that_contributors_are_told_of() -> None:
    """What commands run is in tools/: nothing here is imported."""
    assert list((ROOT / "script").rglob("*.py")) == []
    scripts = {f"script/{path.name}" for path in (ROOT / "script").iterdir() if path.is_file()}
    told = INLINE.findall(prose(ROOT / "CONTRIBUTING.md"))
    assert {command.split()[0] for command in told} == scripts


def test_every_block_says_what_it_is() -> None:
    assert {block.language for block in blocks()} <= {BASH, "yaml", "json", "sql", "jinja", ""}
