"""The store that the settings name."""

from functools import lru_cache
from pathlib import Path

from functions.settings import settings
from functions.storage.ports import Store


@lru_cache(maxsize=1)
def store() -> Store:
    """Give the store, opened once in a process."""
    # Each is imported where it is asked for: a Lambda has no folder, and a laptop no AWS account.
    told = settings()
    if told.bucket is not None and told.table is not None:
        from functions.storage.aws import AwsStore  # noqa: PLC0415

        return AwsStore(told.bucket, told.table)
    from functions.storage.folder import FolderStore  # noqa: PLC0415

    assert told.store is not None
    return FolderStore(Path(told.store))
