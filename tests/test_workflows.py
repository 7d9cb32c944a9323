"""Workflows hold no more than they need, and nothing from outside becomes part of a command.

`script/check` runs zizmor over them as well; these rules go beyond it.
"""

import json
import os
import re
import subprocess
import tomllib
from importlib.metadata import requires
from pathlib import Path
from typing import TYPE_CHECKING, Any

import homeassistant.components
import pytest
import yaml

from tools import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOW = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)


def steps(workflow: Path) -> Iterator[dict[str, Any]]:
    for job in yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"].values():
        yield from job.get("steps", [])


@WORKFLOW
def test_actions_are_pinned_and_a_workflow_may_only_read_unless_a_job_says_so(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    for used in re.findall(r"uses: (\S+)", text):
        assert used.startswith("$/") or re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used), used


@WORKFLOW
def test_a_checkout_leaves_no_credentials_behind(workflow: Path) -> None:
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False, step


@WORKFLOW
def test_commands_read_values_from_their_environment(workflow: Path) -> None:
    for step in steps(workflow):
        assert "${{" not in step.get("run", ""), step


@WORKFLOW
def test_a_release_gets_nothing_from_a_cache(workflow: Path) -> None:
    """Whoever can fill the cache could otherwise change what is published."""
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/cache"):
            assert step["if"] == "github.ref_type != 'tag'", step


def test_dependabot_watches_everything_that_is_pinned_and_lets_it_ripen() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    locks = [path.parent for path in ROOT.glob("*/package-lock.json")]
    assert {(update["package-ecosystem"], update["directory"]) for update in updates} == {
        ("github-actions", "/"),
        ("uv", "/"),
        *(("npm", f"/{folder.name}") for folder in locks),
    }
    assert all(update["cooldown"]["default-days"] >= 7 for update in updates)


def test_every_lock_is_asked_for_known_weaknesses() -> None:
    """The lock of the databases' drivers came later, and nobody asked for it."""
    ran = [step["run"] for path in WORKFLOWS for step in steps(path) if "run" in step]
    (python,) = [command for command in ran if "pip-audit --requirement" in command]
    assert 'for lock in requirements/*.txt; do audit/bin/pip-audit --requirement "$lock" ' in python
    for lock in ROOT.glob("*/package-lock.json"):
        assert any(f"npm --prefix {lock.parent.name} audit --package-lock-only" in one for one in ran), lock


def test_each_night_has_seeds_of_its_own_and_says_what_to_run(tmp_path: Path) -> None:
    """Stands in for the runner: each step in bash as GitHub calls it."""
    told = [step for step in steps(ROOT / ".github" / "workflows" / "schedules.yml") if "shell" in step]
    (tmp_path / "script").mkdir()
    stand_in = tmp_path / "script" / "simulate"
    stand_in.write_text(
        '#!/bin/sh\necho "seed 7: $2; tell it again: script/simulate --seeds 7 --trace"; exit 1\n'
    )
    stand_in.chmod(0o755)
    bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
    ranges, codes, out = [], [], ""
    for number in ("1", "2", "2"):
        env = {**os.environ, "GITHUB_RUN_NUMBER": number, "GITHUB_SHA": "abc"}
        runs = [
            subprocess.run([*bash, step["run"]], check=False, cwd=tmp_path, env=env, capture_output=True)
            for step in told
        ]
        codes.append([run.returncode for run in runs])
        ranges += re.findall(r"7: (\d+)-(\d+);", runs[0].stdout.decode())
        out = runs[1].stdout.decode()
    assert codes == [[1, 0]] * 3
    assert ranges == [("2000", "3999"), ("4000", "5999"), ("4000", "5999")]
    assert out.startswith("::error title=A story ends badly::At commit abc, seed 7: ")
    assert "script/simulate --seeds 7 --trace" in out
    assert [step.get("if") for step in told] == [None, "failure()"]


def named(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0].lower()


def test_dependabot_offers_what_the_project_chooses_and_not_what_comes_with_home_assistant() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    (python,) = [update for update in updates if update["package-ecosystem"] == "uv"]
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    ours = {named(each) for group in groups.values() for each in group if isinstance(each, str)}
    manifests = Path(homeassistant.components.__file__).parent.glob("*/manifest.json")
    integrations = [
        each for path in manifests for each in json.loads(path.read_text()).get("requirements", ())
    ]
    theirs = {named(each) for each in [*(requires("homeassistant") or ()), *integrations]}
    assert "aioesphomeapi" in theirs
    assert {each["dependency-name"] for each in python["allow"]} == ours - theirs
