"""Compiles the fast engine; all else stands in pyproject.toml.

Where there is no C compiler the product is installed without it, and plays on SimPy.
"""

from Cython.Build import cythonize
from setuptools import Extension, setup

LEAST_PYTHON = "0x030B0000"

ROOMS = ("contacts", "measures", "play")


def extension(room: str) -> Extension:
    """Describe the extension of one room."""
    return Extension(
        f"simulation.{room}.compiled",
        [f"simulation/{room}/compiled.py"],
        # One file for every supported Python.
        define_macros=[("Py_LIMITED_API", LEAST_PYTHON)],
        py_limited_api=True,
        # Contracted multiplications and additions round once instead of twice: other last bits.
        # The last two let loops take several numbers at a time; no bit depends on them.
        extra_compile_args=[
            "-O3",
            "-g0",
            "-ffp-contract=off",
            "-fno-trapping-math",
            "-fno-math-errno",
        ],
    )


extensions = cythonize([extension(room) for room in ROOMS], build_dir="build/cython", quiet=True)
for each in extensions:
    # Said here, because Cython does not take it over: that one cannot be compiled is no error.
    each.optional = True

setup(ext_modules=extensions, options={"bdist_wheel": {"py_limited_api": "cp311"}})
