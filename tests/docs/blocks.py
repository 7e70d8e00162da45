"""The pages of the documentation, and the fenced blocks of code in them."""

import re
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parents[2]
PAGES = sorted(
    [*HOUSE.glob("*.md"), *HOUSE.glob("docs/**/*.md")], key=lambda path: path.relative_to(HOUSE)
)
WRITTEN = [page for page in PAGES if not page.match("docs/reference/*.md")]
"""Pages written by hand."""

_FENCE = re.compile(r"^( *)```([^\n`]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, the words after the language, its text."""

    page: Path
    line: int
    language: str
    words: tuple[str, ...]
    text: str

    def option(self, name: str) -> str | None:
        """Give the value of ``name=value`` after the language."""
        for word in self.words:
            if word.startswith(f"{name}="):
                return word.partition("=")[2]
        return None

    @property
    def place(self) -> str:
        """Say where the block stands."""
        return f"{self.page.relative_to(HOUSE)}:{self.line}"


@dataclass(frozen=True)
class Command:
    """A line after ``$``, and the output shown under it (empty if none is shown)."""

    line: str
    shown: str


def blocks(page: Path) -> list[Block]:
    """Give the blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(text):
        language, *words = match[2].split() or [""]
        line = text.count("\n", 0, match.start()) + 1
        body = re.sub(f"^{match[1]}", "", match[3], flags=re.MULTILINE)
        found.append(Block(page, line, language, tuple(words), body))
    return found


def prose(page: Path) -> str:
    """Give a page without its blocks and comments."""
    return _COMMENT.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))


def commands(block: Block) -> list[Command]:
    """Give the commands of a console block."""
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not parts[0].strip(), f"{block.place}: output without a command"
    pairs = (part.partition("\n") for part in parts[1:])
    return [Command(line, shown) for line, _, shown in pairs]


def agrees(shown: str, said: str) -> bool:
    """Tell whether an output is the one shown; ``...`` stands for anything."""
    pieces = [re.escape(piece) for piece in _trimmed(shown).split("...")]
    return re.fullmatch(r"[\s\S]*?".join(pieces), _trimmed(said)) is not None


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
