"""Start child processes that cannot outlive us, and find ports for them."""

import asyncio
import contextlib
import ctypes
import fcntl
import signal
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

LOOPBACK = "127.0.0.1"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_LIBC = ctypes.CDLL(None)


class StageError(Exception):
    """Something on the stage did not come up; the text says what and where to look."""


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


async def wait_for_port(process: asyncio.subprocess.Process, port: int, log: Path, timeout_s: float) -> None:
    """Return when something answers on `port`; raise StageError when the process ends or time is up."""
    deadline = asyncio.get_running_loop().time() + timeout_s
    while asyncio.get_running_loop().time() < deadline:
        if process.returncode is not None:
            raise StageError(f"{log.stem} ended with code {process.returncode}; its log is {log}")
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(LOOPBACK, port)
            writer.close()
            return
        await asyncio.sleep(0.1)
    raise StageError(f"{log.stem} did not answer on port {port} within {timeout_s:.0f} s; its log is {log}")
