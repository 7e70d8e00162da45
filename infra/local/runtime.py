"""What AWS brings to a function: its runtime, and the emulator that feeds it."""

from importlib.metadata import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PROVIDED: Final = (
    "awslambdaric",
    "snapshot-restore-py",
    "simplejson",
    "boto3",
    "botocore",
    "jmespath",
    "python-dateutil",
    "s3transfer",
    "six",
    "urllib3",
)
"""Distributions in the runtime of AWS. Nothing else: what a package lacks has to be missed."""


def emulator() -> Path:
    """Give Amazon's runtime interface emulator, which comes with the SAM command line."""
    found = find_spec("samcli")
    if found is None or not found.submodule_search_locations:
        message = "aws-sam-cli is not installed here: make aws-tools"
        raise ModuleNotFoundError(message)
    program = Path(found.submodule_search_locations[0], "local/rapid/aws-lambda-rie-x86_64")
    program.chmod(0o755)
    return program


def lay_out_runtime(folder: Path) -> None:
    """Make a folder with links to what the runtime of AWS provides."""
    folder.mkdir(parents=True)
    for distribution in PROVIDED:
        for file in files(distribution) or []:
            top = file.parts[0]
            link = folder / top
            if top != ".." and not top.endswith(".dist-info") and not link.exists():
                link.symlink_to(Path(str(file.locate())).parents[len(file.parts) - 1] / top)
