"""What is kept of a walker, on disk: the door between `core/storage/` and Home Assistant's folder."""

import asyncio
import contextlib
import logging
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from atomicwrites import AtomicWriter  # type: ignore[import-untyped]
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .core.documents import NewerDocumentError
from .core.ledger.document import DocumentError, DocumentFailure
from .core.storage.archive import Archive
from .core.storage.copies import copied_at
from .core.storage.files import CURRENT, Failure, StorageError
from .core.storage.layout import LEDGER, PARTS
from .core.storage.versions import Parts, of_old_files
from .core.storage.ways_out import begin_anew, go_back

_LOGGER = logging.getLogger(__name__)

# A walked minute is saved when it arrives, with all else that changed; this is for what changes in between.
SAVE_DELAY_S: Final = 120
# What a process that was killed leaves of a file it was writing.
_LEFT_OVER: Final = "tmp*"
# Where files are until they are whole. A backup that lists a folder fails as a whole if a file is gone when
# its turn comes; what lies in a folder of this name those of Home Assistant and its Supervisor leave out.
_HALF_WRITTEN: Final = "__pycache__"
_OLD: Final = ".version_1"


class FolderFiles:
    """The files of one walker in a folder (see `core.storage.files.Files`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes | None:
        """Give what a file holds; None: there is none."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError, NotADirectoryError:
            return None

    def write(self, name: str, content: bytes) -> None:
        """Write a file as a whole, with fsync of it and its folder."""
        file, half = self.folder / name, self.folder / _HALF_WRITTEN
        _make(file.parent)
        _make(half)
        # As Home Assistant's own helper does, which tells of each failure with a traceback.
        with AtomicWriter(str(file), mode="wb", overwrite=True, dir=str(half)).open() as opened:
            opened.write(content)

    def remove(self, name: str) -> None:
        """Delete a file."""
        (self.folder / name).unlink(missing_ok=True)

    def names(self, folder: str) -> list[str]:
        """Give the names of the files in a folder."""
        with contextlib.suppress(FileNotFoundError):
            return [file.name for file in (self.folder / folder).iterdir()]
        return []

    def free(self) -> int:
        """Give how many bytes may still be written."""
        return shutil.disk_usage(self.folder).free

    def clear(self) -> None:
        """Delete what a killed process left half written."""
        with contextlib.suppress(OSError):
            for file in self.folder.rglob(_LEFT_OVER):
                file.unlink()


def _make(folder: Path) -> None:
    """Make a folder that is there after a power cut too."""
    if folder.is_dir():
        return
    _make(folder.parent)
    folder.mkdir(exist_ok=True)
    above = os.open(folder.parent, os.O_RDONLY)
    try:
        os.fsync(above)
    finally:
        os.close(above)


def walker_files(hass: HomeAssistant, entry_id: str) -> FolderFiles:
    """Give the files of a walker."""
    return FolderFiles(Path(hass.config.path(STORAGE_DIR, DOMAIN, entry_id)))


def _old_files(hass: HomeAssistant, entry_id: str) -> dict[str, Path]:
    """Give where each part was kept before walkers had folders."""
    name = hass.config.path(STORAGE_DIR, f"{DOMAIN}.{entry_id}")
    return {part: Path(name if part == LEDGER else f"{name}.{part}") for part in PARTS}


def _contents(files: Mapping[str, Path]) -> dict[str, bytes]:
    """Read the files there are; raises OSError for one that the disk does not give."""
    contents = {}
    for part, file in files.items():
        with contextlib.suppress(FileNotFoundError):
            contents[part] = file.read_bytes()
    return contents


class WalkerArchive:
    """Everything that is kept of one walker, committed together.

    `on_result` is called after each attempt to write: with what went wrong, or None.
    """

    def __init__(
        self, hass: HomeAssistant, entry_id: str, on_result: Callable[[OSError | None], None]
    ) -> None:
        self._hass = hass
        self._files = walker_files(hass, entry_id)
        self._old = _old_files(hass, entry_id)
        self._archive = Archive(self._files, entry_id)
        self._on_result = on_result
        self._loaded: Parts = {}
        self._documents: dict[str, Mapping[str, Any]] = {}
        self._snapshots: dict[str, Callable[[], Mapping[str, Any]]] = {}
        self._one_commit = asyncio.Lock()
        self._stop_waiting: CALLBACK_TYPE | None = None
        self._stop_listening: CALLBACK_TYPE | None = None
        self._open: set[str] = set()

    # Reading

    async def async_load(self, *, is_expected: bool) -> None:
        """Read all parts; raises StorageError if that is not possible, OSError if the disk refuses.

        `is_expected`: a ledger was kept before; that there is none now is damage.
        """
        parts = await self._hass.async_add_executor_job(self._load, is_expected)
        self._loaded = parts or {}
        if self._documents:
            self._async_wait()
        if self._archive.healed:
            _LOGGER.warning("%s damaged blocks were taken from the copy beside them", self._archive.healed)

    async def async_is_there(self) -> bool:
        """Say whether there is a file that may hold the ledger."""
        files = (self._files.folder / CURRENT, self._old[LEDGER])
        return await self._hass.async_add_executor_job(any, map(os.path.lexists, files))

    def _load(self, is_expected: bool) -> Parts | None:
        self._files.clear()
        # Old files beside blocks or a copy are older than what is lost.
        if (parts := self._archive.load()) is not None:
            self._put_old_away()
            return parts
        old = _contents(self._old)
        if is_expected and LEDGER not in old:
            # What is kept beside it must not make the ledger begin anew.
            raise StorageError(Failure.MISSING, "no ledger", *([LEDGER] if old else []))
        return self._take_over(of_old_files(old)) if old else None

    def _take_over(self, parts: Parts) -> Parts:
        """Keep what was in files of the first version; as long as that fails they stay what is read."""
        try:
            self._archive.commit(parts, _now_s())
        except OSError:
            self._documents = dict(parts)
            return parts
        self._put_old_away()
        return parts

    def _put_old_away(self) -> None:
        for file in self._old.values():
            with contextlib.suppress(OSError):
                file.rename(f"{file}{_OLD}")

    def part(self, name: str) -> WalkerStore:
        """Give the store of one part."""
        self._open.add(name)
        return WalkerStore(self, name)

    @callback
    def async_take(self, part: str) -> dict[str, Any] | None:
        """Give what was read of a part, once."""
        return self._loaded.pop(part, None)

    # Writing

    @property
    def stamp(self) -> str:
        """Tell what is kept from what was or will be."""
        return self._archive.stamp

    @property
    def is_unsaved(self) -> bool:
        """Whether something waits to be written."""
        return bool(self._documents or self._snapshots)

    async def async_save(self, part: str, document: Mapping[str, Any]) -> None:
        """Write a part, with all else that waits; raise OSError when it did not reach the disk."""
        self._documents[part] = document
        self._snapshots.pop(part, None)
        # A cancelled round must not leave a writing thread behind that a later write overtakes.
        commit = asyncio.ensure_future(self._async_commit())
        try:
            await asyncio.shield(commit)
        except asyncio.CancelledError:
            await commit
            raise

    async def _async_commit(self) -> None:
        async with self._one_commit:
            if not self.is_unsaved:
                # The commit before took this one's documents along.
                return
            snapshots, self._snapshots = self._snapshots, {}
            # Taken here and not in the writing thread: the ledger must not change meanwhile.
            documents = {part: snapshot() for part, snapshot in snapshots.items()} | self._documents
            self._documents = {}
            self._async_stop_waiting()
            try:
                await self._hass.async_add_executor_job(self._archive.commit, documents, _now_s())
            except OSError as err:
                # What changed meanwhile is newer than what was to be written.
                waiting = documents.keys() - self._snapshots.keys()
                self._documents = {part: documents[part] for part in waiting} | self._documents
                self._async_wait()
                self._on_result(err)
                raise
            self._on_result(None)

    @callback
    def async_save_later(self, part: str, snapshot: Callable[[], Mapping[str, Any]]) -> None:
        """Write a snapshot soon, at the latest when Home Assistant stops; asked again it waits no longer."""
        # A document that could not be written is older than what is to be written now.
        self._documents.pop(part, None)
        self._snapshots[part] = snapshot
        self._async_wait()

    @callback
    def _async_wait(self) -> None:
        if not self._open:
            return
        if not self._stop_waiting:
            self._stop_waiting = async_call_later(self._hass, SAVE_DELAY_S, self._async_time)
        if not self._stop_listening:
            self._stop_listening = self._hass.bus.async_listen_once(
                EVENT_HOMEASSISTANT_FINAL_WRITE, self._async_final
            )

    @callback
    def _async_stop_waiting(self) -> None:
        if self._stop_waiting:
            self._stop_waiting()
            self._stop_waiting = None

    async def _async_time(self, now: Any) -> None:
        self._stop_waiting = None
        # What failed is told by `on_result` and tried again.
        with contextlib.suppress(OSError):
            await self._async_commit()

    async def _async_final(self, event: Event) -> None:
        self._stop_listening = None
        self._async_stop_waiting()
        with contextlib.suppress(OSError):
            await self._async_commit()
        self._async_stop_waiting()

    async def async_close(self, part: str, document: Mapping[str, Any]) -> None:
        """Write the last document of a part."""
        self._open.discard(part)
        if not self._open:
            self._async_stop_waiting()
            if self._stop_listening:
                self._stop_listening()
                self._stop_listening = None
        try:
            await self.async_save(part, document)
        except OSError as err:
            _LOGGER.warning("What changed last (%s) could not be written: %s", part, err)


class WalkerStore:
    """One part of what is kept of a walker; `save` returns only when it is on disk."""

    def __init__(self, archive: WalkerArchive, part: str) -> None:
        self._archive = archive
        self._part = part
        self.closed = False

    async def async_load(self) -> dict[str, Any] | None:
        """Give what was kept; None: nothing."""
        return self._archive.async_take(self._part)

    async def save(self, document: Mapping[str, Any]) -> None:
        """Write the document; raise OSError when it did not reach the disk."""
        if self.closed:
            raise OSError("The walker was unloaded")
        await self._archive.async_save(self._part, document)

    @callback
    def async_save_later(self, snapshot: Callable[[], Mapping[str, Any]]) -> None:
        """Write a snapshot soon; a store has one kind of snapshot."""
        if not self.closed:
            self._archive.async_save_later(self._part, snapshot)

    async def async_close(self, document: Mapping[str, Any]) -> None:
        """Write the last document; nothing that still runs may overwrite it."""
        self.closed = True
        await self._archive.async_close(self._part, document)


@contextlib.contextmanager
def reading(part: str) -> Iterator[None]:
    """Turn whatever is wrong with what is kept of a part into one error."""
    try:
        yield
    except (DocumentError, NewerDocumentError) as err:
        is_newer = isinstance(err, NewerDocumentError) or err.reason is DocumentFailure.LEDGER_TOO_NEW
        raise StorageError(Failure.TOO_NEW if is_newer else Failure.UNREADABLE, str(err), part) from err
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as err:
        raise StorageError(Failure.UNREADABLE, repr(err), part) from err


# What the person may choose when what is kept can't be read


async def async_copied_at(hass: HomeAssistant, entry_id: str) -> int | None:
    """Give when the last good copy was made, in epoch seconds; None: there is none."""
    return await hass.async_add_executor_job(copied_at, walker_files(hass, entry_id))


async def async_go_back(hass: HomeAssistant, entry_id: str, damaged: Collection[str] = ()) -> bool:
    """Have the damaged parts (none named: all) as in the last good copy; returns whether there is one.

    Raises OSError, or StorageError for what a newer version wrote.
    """
    files = walker_files(hass, entry_id)
    return await hass.async_add_executor_job(go_back, files, entry_id, damaged, _now_s())


async def async_begin_anew(
    hass: HomeAssistant, entry_id: str, parts: Mapping[str, Mapping[str, Any]], damaged: Collection[str] = ()
) -> None:
    """Have the damaged parts (none named: all) hold nothing but what is given.

    Raises OSError, or StorageError for what a newer version wrote.
    """

    def begin() -> None:
        begin_anew(
            walker_files(hass, entry_id),
            entry_id,
            damaged=damaged,
            parts=parts,
            others=_readable(hass, entry_id, damaged) if damaged else {},
            now_s=_now_s(),
        )

    await hass.async_add_executor_job(begin)


def _readable(hass: HomeAssistant, entry_id: str, damaged: Collection[str]) -> Parts:
    """Give the parts in files of the first version that are not damaged."""
    files = _old_files(hass, entry_id)
    return of_old_files(_contents({part: files[part] for part in files.keys() - set(damaged)}))


async def async_remove_kept(hass: HomeAssistant, entry_id: str) -> None:
    """Delete all that is kept of a walker, old files included."""

    def remove() -> None:
        shutil.rmtree(walker_files(hass, entry_id).folder, ignore_errors=True)
        for file in _old_files(hass, entry_id).values():
            file.unlink(missing_ok=True)
            Path(f"{file}{_OLD}").unlink(missing_ok=True)

    await hass.async_add_executor_job(remove)


def _now_s() -> int:
    return int(dt_util.utcnow().timestamp())
