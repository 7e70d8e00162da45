"""Connections to a stack: directly, or through the proxy that the surroundings name."""

from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3

from simulation.cli.problems import Stop
from simulation.cli.terminal import visible

_SCHEMES: Final = ("http", "https")
"""Of proxies."""


class Connections:
    """Connections to whatever address, kept for the next request.

    A proxy is taken from ``HTTPS_PROXY``, unless ``NO_PROXY`` names the host. What goes without TLS
    stays on this machine, and goes through none.

    Parameters
    ----------
    retries : what is asked again at once
    seconds : to wait for an answer
    """

    def __init__(self, retries: urllib3.Retry, seconds: float) -> None:
        self._retries = retries
        self._seconds = seconds
        self._direct = urllib3.PoolManager(retries=retries, timeout=seconds)
        self._through = lru_cache(maxsize=1)(self._proxied)

    def to(self, address: str) -> urllib3.PoolManager:
        """Give the connections by which an address is reached.

        Raises
        ------
        Stop
            When the proxy that is named is none.
        """
        parts = urlsplit(address)
        proxy = getproxies().get("https") if parts.scheme == "https" else None
        if not proxy or proxy_bypass(parts.hostname or ""):
            return self._direct
        return self._through(proxy)

    def _proxied(self, named: str) -> urllib3.PoolManager:
        url = named if "://" in named else f"http://{named}"
        try:
            parts = urllib3.util.parse_url(url)
        except urllib3.exceptions.LocationParseError:
            parts = urllib3.util.Url()
        if parts.scheme not in _SCHEMES or not parts.host:
            told = visible(named.rpartition("@")[2])
            remedy = "give one like http://proxy.example.nl:3128"
            raise Stop(f"HTTPS_PROXY: {told} is no proxy; {remedy}")
        own = urllib3.make_headers(proxy_basic_auth=parts.auth) if parts.auth else None
        return urllib3.ProxyManager(
            parts._replace(auth=None).url,
            proxy_headers=own,
            retries=self._retries,
            timeout=self._seconds,
        )
