"""A function as it was deployed, and what it sees around it."""

import hashlib
import io
import json
import os
import sys
import threading
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

_unzipping = threading.Lock()


@dataclass(frozen=True)
class Function:
    """A function as it was deployed.

    Attributes
    ----------
    name : of the function
    version : of its code and settings: sandboxes of another version do not serve it
    handler : module and name
    timeout : seconds
    memory : megabytes
    folder : its code, unzipped
    environment : all that it sees, with the credentials of its role
    """

    name: str
    version: str
    handler: str
    timeout: float
    memory: int
    folder: Path
    environment: dict[str, str]

    @classmethod
    def of(
        cls, deployed: dict[str, Any], region: str, credentials: dict[str, str], folder: Path
    ) -> Self:
        """Take what MiniStack keeps of a function.

        Parameters
        ----------
        deployed : with `config` and `code_zip`
        region : where it is deployed
        credentials : of its role
        folder : where code is unzipped
        """
        config = deployed["config"]
        told = ("CodeSha256", "Environment", "Handler", "MemorySize", "Role", "Timeout")
        settings = json.dumps([config.get(name) for name in told], sort_keys=True)
        return cls(
            name=config["FunctionName"],
            version=hashlib.sha256(settings.encode()).hexdigest(),
            handler=config["Handler"],
            timeout=config["Timeout"],
            memory=config["MemorySize"],
            folder=unzipped(deployed["code_zip"], folder),
            environment={**_of_runtime(config, region), **_own(config), **credentials},
        )


def unzipped(code: bytes, folder: Path) -> Path:
    """Give the folder with what a zip holds; each zip is unzipped once."""
    place = folder / hashlib.sha256(code).hexdigest()[:16]
    with _unzipping:
        if not place.exists():
            with zipfile.ZipFile(io.BytesIO(code)) as archive:
                archive.extractall(place)
    return place


def _own(config: dict[str, Any]) -> dict[str, str]:
    variables: dict[str, str] = (config.get("Environment") or {}).get("Variables") or {}
    return variables


def _of_runtime(config: dict[str, Any], region: str) -> dict[str, str]:
    """Give what AWS sets. Nothing of this machine's own environment reaches a function."""
    name, logging = config["FunctionName"], config.get("LoggingConfig") or {}
    return {
        "AWS_DEFAULT_REGION": region,
        "AWS_ENDPOINT_URL": os.environ["AWS_ENDPOINT_URL"],
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{config['Runtime']}",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(config["MemorySize"]),
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "AWS_LAMBDA_FUNCTION_TIMEOUT": str(config["Timeout"]),
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_LOG_FORMAT": logging.get("LogFormat", "Text"),
        "AWS_LAMBDA_LOG_LEVEL": logging.get("ApplicationLogLevel", "INFO"),
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "local",
        "AWS_REGION": region,
        "LANG": "en_US.UTF-8",
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "PYTHONUNBUFFERED": "1",
        "TZ": ":UTC",
    }
