"""Set-up on machines that lack something: one sentence with the way out, patience where that helps."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tools import ROOT

WAY_OUT = "open this folder in its dev container (.devcontainer)."
# What every system has; the rest is what a test gives.
PLAIN = ("bash", "cat", "dirname", "env", "grep", "id", "mkdir", "sleep", "tail", "true")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with the only programs that there are."""
    for name in PLAIN:
        found = shutil.which(name)
        assert found is not None
        (tmp_path / name).symlink_to(found)
    return tmp_path


def add(programs: Path, name: str, script: str = "") -> None:
    """Have a program that does as a shell script says; without one, the machine's own."""
    program = programs / name
    if not script:
        found = shutil.which(name)
        assert found is not None
        program.symlink_to(found)
        return
    program.write_text(f"#!{programs}/bash\n{script}\n")
    program.chmod(0o755)


def run(programs: Path, *command: str) -> tuple[int, str]:
    """Give exit code and complaint of one of the project's commands."""
    done = subprocess.run(
        [ROOT / "script" / command[0], *command[1:]],
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("command", ["setup", "demo", "check", "count"])
def test_a_system_without_flock_is_told_the_way_out(programs: Path, command: str) -> None:
    code, said = run(programs, command)

    assert code == 1
    assert said.startswith("setup: flock is missing. ")
    assert said.endswith(f"{WAY_OUT}\n")
    assert said.count("\n") == 1


def test_a_system_without_apt_is_told_what_is_missing_and_the_way_out(programs: Path) -> None:
    add(programs, "flock")
    code, said = run(programs, "setup", "demo")

    assert code == 1
    assert said.startswith("setup: missing, and no apt-get to install: g++ cmake make ")
    assert said.endswith(f"{WAY_OUT}\n")
    assert said.count("\n") == 1


def test_set_up_waits_for_another_process_that_uses_apt(programs: Path, tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    add(programs, "flock")
    add(programs, "sudo", 'shift; exec "$@"')
    add(
        programs,
        "apt-get",
        f"""echo "$*" >>{calls}
        case "$* $(cat {calls} | grep -c update)" in
          *" update 1") echo 'E: Could not get lock /var/lib/apt/lists/lock'; exit 100 ;;
          *install*) echo 'E: that is all'; exit 100 ;;
        esac""",
    )
    code, said = run(programs, "setup", "demo")

    assert code == 1
    assert "setup: another process is using apt; waiting for it\n" in said
    assert said.endswith("E: that is all\n")
    asked = calls.read_text().splitlines()
    assert [line.split()[3] for line in asked] == ["update", "update", "install"]
    assert all("DPkg::Lock::Timeout=300" in line for line in asked)


def test_a_bare_machine_that_can_t_be_made_is_told_apart_from_a_project_that_fails(programs: Path) -> None:
    (programs / "id").unlink()
    add(programs, "id", "echo 0")  # root, whoever runs the tests
    assert run(programs, "fresh", "buster") == (2, "usage: script/fresh bookworm|trixie\n")
    code, said = run(programs, "fresh", "trixie")

    assert code == 3
    assert said.startswith("fresh: no bare machine, so nothing was tried: debootstrap is missing ")
