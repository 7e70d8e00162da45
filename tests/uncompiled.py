"""Modules that Cython compiles, as the Python that they are."""

import sys
from importlib import util
from pathlib import Path
from types import ModuleType


def uncompiled(module: ModuleType) -> ModuleType:
    """Give a module as plain Python, whether it was compiled or not."""
    path = Path(module.__file__ or "").with_name("compiled.py")
    spec = util.spec_from_file_location(module.__name__.replace("compiled", "uncompiled"), path)
    assert spec is not None and spec.loader is not None
    plain = util.module_from_spec(spec)
    sys.modules[spec.name] = plain
    spec.loader.exec_module(plain)
    assert not plain.COMPILED
    return plain
