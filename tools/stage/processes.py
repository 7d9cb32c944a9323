"""Start child processes that cannot outlive us, and find ports for them."""

import asyncio
import contextlib
import ctypes
import fcntl
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

LOOPBACK = "127.0.0.1"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_TCP_LISTEN = "0A"  # linux/tcp_states.h
_LIBC = ctypes.CDLL(None)


class StageError(Exception):
    """Something on the stage did not come up; the text is one sentence that says what and where to look."""


class PortTakenError(StageError):
    """Something else listens on the port that a process was given."""


def free_port(preferred: int = 0) -> int:
    """Return `preferred` if it can be bound on loopback, else a free port."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            # As Home Assistant and the pod do: a port in TIME_WAIT is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((LOOPBACK, port))
                return int(probe.getsockname()[1])
    raise StageError("no free port on 127.0.0.1")


@contextlib.contextmanager
def alone(folder: Path, complaint: str) -> Iterator[None]:
    """Use `folder` alone, or raise StageError with the complaint when another process does."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StageError(complaint) from error
        yield


def _end_with_parent() -> None:
    """Ask the kernel to end this child when its parent dies, however that happens."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


async def start(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str],
    cwd: Path | None = None,
    pass_fds: Sequence[int] = (),
) -> asyncio.subprocess.Process:
    """Start `command` in a process group of its own, output appended to `log`; it may use `pass_fds`."""
    with log.open("ab") as out:
        return await asyncio.create_subprocess_exec(
            *map(str, command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_end_with_parent,
            pass_fds=pass_fds,
        )


async def stop(process: asyncio.subprocess.Process, patience_s: float = 20) -> None:
    """End a process politely; by force when it does not listen for `patience_s`."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), patience_s)
    except TimeoutError:
        process.kill()
        await process.wait()


def listens(pid: int, port: int) -> bool:
    """Tell whether the process itself listens on `port`: the kernel's word, which tells even two alike apart.

    Read as proc_pid_net(5) and proc_pid_fd(5) describe.
    """
    with contextlib.suppress(OSError):  # it may end meanwhile
        rows = [row.split() for row in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]]
        sockets = {
            f"socket:[{row[9]}]" for row in rows if row[1].endswith(f":{port:04X}") and row[3] == _TCP_LISTEN
        }
        return any(str(file.readlink()) in sockets for file in Path(f"/proc/{pid}/fd").iterdir())
    return False


async def _answers(port: int) -> bool:
    """Tell whether anything answers on `port`."""
    try:
        _, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    writer.close()
    return True


async def wait_for_port(
    process: asyncio.subprocess.Process,
    port: int,
    log: Path,
    timeout_s: float,
    *,
    may_connect: Callable[[], bool] = lambda: True,
) -> None:
    """Return when the process itself answers on `port`, which is not tried before `may_connect`.

    Raises PortTakenError when something else does, StageError when the process ends or time is up.
    """
    deadline = asyncio.get_running_loop().time() + timeout_s
    while asyncio.get_running_loop().time() < deadline:
        if process.returncode is not None:
            raise StageError(f"{log.stem} ended: {last_line(log) or process.returncode}; its log is {log}")
        if may_connect() and await _answers(port):
            if listens(process.pid, port):
                return
            raise PortTakenError(f"something else listens on port {port}, which {log.stem} was given")
        await asyncio.sleep(0.1)
    raise StageError(f"{log.stem} did not answer on port {port} within {timeout_s:.0f} s; its log is {log}")


def last_line(log: Path) -> str:
    """Give the last line of a log that is not empty; empty without one."""
    lines = log.read_text(errors="replace").split("\n") if log.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
