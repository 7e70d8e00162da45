"""Play the queues of theory for longer: ``python -m tests.theory.campaign [factor [name]]``.

Prints simulated, exact and the half-width of the 99.9 % interval of every figure. One in a
thousand may lie outside.
"""

import sys

from tests.theory.cases import CASES


def main(factor: int = 20, part: str = "") -> int:
    """Print the table; give the number of figures outside their interval."""
    outside = 0
    for case in CASES:
        if part in case.name:
            for what, (mean, half) in case.observe(factor).items():
                exact = case.exact[what]
                off = abs(mean - exact) > half
                outside += off
                sys.stdout.write(
                    f"{case.name:52s} {what[:9]:10s} {mean:9.5f}  exactly {exact:9.5f}"
                    f"  ± {half / exact:6.2%}{'  OUTSIDE' if off else ''}\n"
                )
                sys.stdout.flush()
    return outside


if __name__ == "__main__":
    sys.exit(main(int((sys.argv[1:] or ["20"])[0]), (sys.argv[2:] or [""])[0]) > 2)
