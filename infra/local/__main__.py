"""Deploy a template on this machine, say what to open, and stay until told to stop.

``python -m infra.local TEMPLATE`` takes a template that ``sam build`` made.
"""

import argparse
import json
import os
import signal
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from infra.local.account import Account, Undeployed, opened
from infra.local.issuer import AUDIENCE, Issuer, issuing
from infra.local.ports import free_ports


def main() -> int:
    """Deploy, tell, wait."""
    options = _options()
    signal.signal(signal.SIGTERM, _stop)
    try:
        with (
            TemporaryDirectory(prefix="kanaalkompas-", ignore_cleanup_errors=True) as folder,
            issuing(*free_ports(1)) as issuer,
            opened(Path(folder), options.sandboxes) as account,
        ):
            own = {"Issuer": issuer.address, "Audience": AUDIENCE}
            parameters = {**own, **dict(each.split("=", 1) for each in options.parameter)}
            account.deploy(options.template, parameters, Path(folder, "deploy.log"))
            print(_words(account, issuer))
            if options.told:
                told = options.told.with_suffix(".part")
                told.write_text(json.dumps(_facts(account, issuer, folder)), encoding="utf-8")
                told.replace(options.told)
            sys.stdout.flush()
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
    parser.add_argument("--beside", type=int, help="process with which it stops (PID)")
    parser.add_argument("--told", type=Path, help="file for what a program needs to know (JSON)")
    return parser.parse_args()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _facts(account: Account, issuer: Issuer, folder: str) -> dict[str, Any]:
    return {
        "api": account.api,
        "issuer": issuer.address,
        "environment": account.environment,
        "folder": folder,
        "outputs": account.outputs(),
    }


def _words(account: Account, issuer: Issuer) -> str:
    return "\n".join(
        [
            f"API:    {account.api}",
            f"Tokens: curl -d sub=anna {issuer.address}/token",
            f"AWS:    {account.endpoint}",
            "",
            f"TOKEN={issuer.token()}",
            f'curl -H "Authorization: Bearer $TOKEN" {account.api}/runs',
            "",
            "Ctrl-C stops it; nothing is left.",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
