"""The SAM command line, which makes zips fast here rather than small: they travel nowhere."""

import runpy
import zlib

if __name__ == "__main__":
    vars(zlib)["Z_DEFAULT_COMPRESSION"] = zlib.Z_BEST_SPEED  # zipfile asks it for each file
    runpy.run_module("samcli", run_name="__main__", alter_sys=True)
