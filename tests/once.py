"""Work that several tests build on, done once in a run of the tests, whichever process is first."""

import fcntl
import os
import shutil


def once(factory, name, make):
    """Give a folder that is filled once and that tests only copy from.

    Parameters
    ----------
    factory : ``tmp_path_factory`` of pytest
    name : of the folder, the same for whoever asks for the same
    make : called with the folder to fill; who comes meanwhile waits until it is whole
    """
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder, begun = root / name, root / f"{name}-begun"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            make(begun)
            begun.rename(folder)
    return folder
