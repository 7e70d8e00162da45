"""Deploy a template on this machine, say how to use it, and stay until told to stop.

``python -m infra.local TEMPLATE`` takes a template that ``sam build`` made. With ``--first`` a
command then asks it something.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any, Final

from infra.local.account import STACK, Account, Undeployed, opened
from infra.local.issuer import AUDIENCE, Issuer, issuing
from infra.local.ports import free_ports

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""That stop it: Ctrl-C, a program, and a terminal that is closed."""

SUBJECT: Final = "anna"
"""Whose tokens are used."""


def main() -> int:
    """Deploy, tell, wait."""
    options = _options()
    for number in SIGNALS:
        signal.signal(number, _stop)
    try:
        print("Starting what stands in for AWS", flush=True)
        with (
            TemporaryDirectory(prefix="kanaalkompas-", ignore_cleanup_errors=True) as folder,
            issuing(*free_ports(1)) as issuer,
            opened(Path(folder), options.sandboxes) as account,
        ):
            own = {"Issuer": issuer.address, "Audience": AUDIENCE}
            parameters = {**own, **dict(each.split("=", 1) for each in options.parameter)}
            print("Deploying the stack (half a minute)", flush=True)
            account.deploy(options.template, parameters, Path(folder, "deploy.log"))
            if options.first:
                _ask(options.first, account.api, issuer.token(SUBJECT))
            print(_words(account, issuer), flush=True)
            if options.told:
                told = options.told.with_suffix(".part")
                told.write_text(json.dumps(_facts(account, issuer, folder)), encoding="utf-8")
                told.replace(options.told)
            while options.beside is None or Path(f"/proc/{options.beside}").exists():
                time.sleep(0.5)
            return 0
    except KeyboardInterrupt:
        return 0
    except Undeployed as failed:
        print(failed, file=sys.stderr)
        return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.local", description=__doc__)
    parser.add_argument("template", type=Path, help="template that sam build made")
    parser.add_argument("--sandboxes", type=int, default=os.cpu_count(), help="of each function")
    parser.add_argument("--parameter", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--first", metavar="COMMAND", help="that asks it a first question")
    parser.add_argument("--beside", type=int, help="process with which it stops (PID)")
    parser.add_argument("--told", type=Path, help="file for what a program needs to know (JSON)")
    return parser.parse_args()


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Stop once: who is impatient would leave half of it behind."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _facts(account: Account, issuer: Issuer, folder: str) -> dict[str, Any]:
    return {
        "api": account.api,
        "issuer": issuer.address,
        "environment": account.environment,
        "folder": folder,
        "outputs": account.outputs(),
    }


def _ask(command: str, api: str, token: str) -> None:
    """Run a command that asks the API; what comes of it is for who looks on."""
    own = {"KANAALKOMPAS_API": api, "KANAALKOMPAS_TOKEN": token}
    print(f"\nA first question:\n\n$ {command}", flush=True)
    subprocess.run(["sh", "-c", command], env={**os.environ, **own}, check=False)


def _words(account: Account, issuer: Issuer) -> str:
    token = f"curl -sH 'Accept: text/plain' -d sub={SUBJECT} {issuer.address}/token"
    keys = ("AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    return "\n".join(
        [
            "",
            "The stack is there. Ask it from a second terminal:",
            "",
            f"export KANAALKOMPAS_API={account.api}",
            f"export KANAALKOMPAS_TOKEN=$({token})",
            "make smoke",
            "",
            "A token lasts an hour; the second line gives another. Look at the stack as its owner:",
            "",
            *(f"export {key}={account.environment[key]}" for key in keys),
            f".venv-aws/bin/sam list stack-outputs --stack-name {STACK}",
            "",
            "Ctrl-C stops it; nothing is left.",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
