"""Debian's WebKitGTK, spoken to by WebDriver: for browsers that are not Chromium (https://www.w3.org/TR/webdriver2/)."""

import asyncio
import contextlib
import os
import shutil
from typing import TYPE_CHECKING, Any, Final, Self

import aiohttp

from . import pictures, processes
from .processes import LOOPBACK, StageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

START_S: Final = 30
"""Until the screen and the driver answer."""
CALL_S: Final = 60
LOOK_AGAIN_S: Final = 0.2


class WebKit:
    """A window of WebKitGTK; its scripts are bodies of functions.

    Raises StageError with the driver's words when it refuses a command.
    """

    def __init__(self, session: aiohttp.ClientSession, path: str) -> None:
        self._session = session
        self._path = path

    @classmethod
    async def open(cls, session: aiohttp.ClientSession) -> Self:
        """Open a window through the driver the session speaks to."""
        made = await _call(session, "POST", "/session", {"capabilities": {}})
        return cls(session, f"/session/{made['sessionId']}")

    async def _ask(self, method: str, command: str, body: dict[str, Any] | None = None) -> Any:
        return await _call(self._session, method, f"{self._path}{command}", body)

    async def go(self, url: str) -> None:
        """Open a page, until it has loaded."""
        await self._ask("POST", "/url", {"url": url})

    async def run(self, script: str, *arguments: object) -> Any:
        """Run a script in the page and give what it returns."""
        return await self._ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    async def wait_for(self, script: str, *arguments: object, timeout_s: float) -> Any:
        """Run a script until it returns something, and give that; StageError when it does not."""
        deadline = asyncio.get_running_loop().time() + timeout_s
        while asyncio.get_running_loop().time() < deadline:
            if found := await self.run(script, *arguments):
                return found
            await asyncio.sleep(LOOK_AGAIN_S)
        raise StageError(f"WebKit did not come to: {script}")

    async def resize(self, width: int, height: int) -> None:
        """Give the window a size."""
        await self._ask("POST", "/window/rect", {"width": width, "height": height})

    async def close(self) -> None:
        """Close the window."""
        await self._ask("DELETE", "")


async def _call(
    session: aiohttp.ClientSession, method: str, path: str, body: dict[str, Any] | None = None
) -> Any:
    try:
        async with session.request(method, path, json=body) as answer:
            value = (await answer.json(content_type=None))["value"]
    except (aiohttp.ClientError, TimeoutError) as error:
        raise StageError(f"WebKit's driver did not answer to {path}: {error!r}") from error
    if answer.status >= 400:
        raise StageError(f"WebKit refused {path}: {value.get('error')}: {value.get('message')}")
    return value


@contextlib.asynccontextmanager
async def _screen(folder: Path) -> AsyncIterator[str]:
    """A screen nobody sees, for the time of the block; its name, as DISPLAY has it."""
    read, write = os.pipe()
    log = folder / "xvfb.log"
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x1200x24", "-nolisten", "tcp"]
    try:
        env = {"PATH": os.environ["PATH"]}
        process = await processes.start(command, log=log, env=env, pass_fds=(write,))
    finally:
        os.close(write)
    try:
        with os.fdopen(read) as lines:
            number = await asyncio.wait_for(asyncio.to_thread(lines.readline), START_S)
        if not number:
            raise StageError(f"Xvfb did not come up; its log is {log}")
        yield f":{number.strip()}"
    finally:
        await processes.stop(process)


@contextlib.asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[WebKit]:
    """A window of the machine's WebKitGTK for the time of the block; StageError if there is none."""
    for program in ("WebKitWebDriver", "Xvfb"):
        if shutil.which(program) is None:
            raise StageError(f"no {program} here; script/setup test installs it")
    async with _screen(folder) as display:
        port, log = processes.free_port(), folder / "webkit.log"
        # Nothing of the user's desktop, and nothing is drawn by a graphics card.
        env = {
            "PATH": os.environ["PATH"],
            **pictures.FONTS,
            "HOME": str(folder),
            "DISPLAY": display,
            "GDK_BACKEND": "x11",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1",
            "LANG": "C.UTF-8",
        }
        driver = await processes.start(
            ["WebKitWebDriver", f"--host={LOOPBACK}", f"--port={port}"], log=log, env=env
        )
        try:
            await processes.wait_for_port(driver, port, log, START_S)
            timeout = aiohttp.ClientTimeout(total=CALL_S)
            async with aiohttp.ClientSession(f"http://{LOOPBACK}:{port}", timeout=timeout) as session:
                window = await WebKit.open(session)
                try:
                    yield window
                finally:
                    # A window that has ended by itself needs no closing, and must not hide why.
                    with contextlib.suppress(StageError):
                        await window.close()
        finally:
            await processes.stop(driver)
