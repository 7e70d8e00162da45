"""Reads a page back, as a browser would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from simulation.comparison.document import Result

VOID = {"meta", "wbr", "br", "line", "rect", "circle", "link", "img", "input"}


@dataclass
class Page(HTMLParser):
    """Elements with their attributes, and the text of scripts, styles and headings."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    inline: list[tuple[str, dict[str, str | None], str]] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    figures: list[tuple[dict[str, str | None], str]] = field(default_factory=list)
    """Attributes and text of the elements that carry a path, and ``{}`` for text outside them."""

    _open: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.unclosed.append(tag)
            self._open.append(dict(attrs).get("data-path") is not None)
            if self._open[-1]:
                self.figures.append((dict(attrs), ""))
        if tag in {"script", "style"}:
            self.inline.append((tag, dict(attrs), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop() == tag
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self.unclosed and self.unclosed[-1] in {"script", "style"}:
            tag, attributes, text = self.inline[-1]
            self.inline[-1] = (tag, attributes, text + data)
        else:
            self.words.append(data)
            self._trace(data)

    def _trace(self, data: str) -> None:
        if any(self._open):
            attributes, text = self.figures[-1]
            self.figures[-1] = (attributes, text + data)
        elif "main" in self.unclosed:
            self.figures.append(({}, data))

    def values(self, name: str) -> list[str]:
        """Give all values of an attribute."""
        return [found for _, attributes in self.elements if (found := attributes.get(name))]


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert page.unclosed == []
    return page


def resolve(result: Result, path: str) -> Any:
    """Follow a path in the result document; keys may hold dots."""
    node: Any = result.model_dump(mode="json")
    rest = path.split(".")
    while rest:
        if isinstance(node, list):
            node, rest = node[int(rest[0])], rest[1:]
            continue
        sizes = [n for n in range(len(rest), 0, -1) if ".".join(rest[:n]) in node]
        assert sizes, f"{path}: nothing at {'.'.join(rest)}"
        node, rest = node[".".join(rest[: sizes[0]])], rest[sizes[0] :]
    return node
