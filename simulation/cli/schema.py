"""``kanaalkompas schema``: the format of scenario files, for editors."""

import json

from simulation.cli.terminal import write
from simulation.scenario.schema import json_schema


def schema() -> None:
    """Print the JSON Schema of scenario files."""
    write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
