"""The store that the settings name."""

from functools import lru_cache
from pathlib import Path

from functions.settings import settings
from functions.storage.folder import FolderStore
from functions.storage.ports import Store


@lru_cache(maxsize=1)
def store() -> Store:
    """Give the store, opened once in a process."""
    return FolderStore(Path(settings().store))
