"""A visit to a page: what the browser asked for and complained of meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route

HARMLESS = ("file:", "data:", "blob:")

TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
svg, svg * { letter-spacing: normal !important; word-spacing: normal !important; }
"""
"""What readers may set (WCAG 1.4.12). It holds for text in markup, not for drawings."""


@dataclass
class Visit:
    """One page in one context of its own."""

    page: Page
    requests: list[str] = field(default_factory=list)
    """Addresses that the page asked for, but for the page itself."""

    complaints: list[str] = field(default_factory=list)
    """Errors and warnings, and what the Content-Security-Policy refused."""

    def probe(self, name: str, *arguments: Any) -> Any:
        """Ask the page one of the questions in probes.js."""
        return self.page.evaluate(f"given => probes.{name}(...given)", list(arguments))

    def wait_for_charts(self) -> None:
        self.probe("drawn")

    def open_everything(self) -> None:
        """Open every table and bill that can be opened."""
        self.probe("openDetails")

    def at_widths(self, *widths: int) -> Iterator[int]:
        """Make the window as wide as this, one after the other."""
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.wait_for_charts()
            yield width


def start(context: BrowserContext, address: str, own: str | None = None) -> Visit:
    """Open a page and wait until its charts are there.

    Nothing can be reached but files, and the server of which the address begins with ``own``.
    """
    visit = Visit(context.new_page())

    def hold(route: Route) -> None:
        if own is not None and route.request.url.startswith(own):
            route.continue_()
            return
        if route.request.url.partition("#")[0] != address.partition("#")[0]:
            visit.requests.append(route.request.url)
        if route.request.url.startswith(HARMLESS):
            route.continue_()
        else:
            route.abort()

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            visit.complaints.append(message.text[:200])

    context.route("**/*", hold)
    context.on("console", listen)
    context.on("weberror", lambda error: visit.complaints.append(str(error.error)))
    visit.page.goto(address)
    visit.wait_for_charts()
    return visit
