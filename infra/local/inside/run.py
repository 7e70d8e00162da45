"""Run a function by Amazon's runtime, with the memory it has, seeing its own code only.

Arguments: the folder of the runtime, the megabytes, the handler. The emulator starts this in the
folder of the function; what the runtime brings comes after the function's own, as on AWS.
"""

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1

if __name__ == "__main__":
    runtime, megabytes, handler = sys.argv[1:]
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_DATA, (int(megabytes) << 20,) * 2)
    sys.path[0] = os.getcwd()  # noqa: PTH109 - pathlib would be loaded before the function asks for it
    sys.path.append(runtime)

    from awslambdaric.__main__ import main

    main([sys.argv[0], handler])
