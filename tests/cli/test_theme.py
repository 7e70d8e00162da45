"""`--theme`: a municipality's colours and font on the page, or a clear refusal."""

import json
from pathlib import Path

import pytest

from simulation.cli.theme import LARGEST

OPEN_THEME = Path(__file__).parents[1] / "report/themes/mooi-en-anders.css"
HOUSE = ":root { --kk-action: #8a3a9f }"


@pytest.fixture
def compared(kanaalkompas, folder):
    """Compare with a theme."""
    (folder / "house style.css").write_text(HOUSE, encoding="utf-8")
    ended = kanaalkompas(
        *("compare", "today.yaml", "more.yaml", "--workers", "1", "--theme", "house style.css")
    )
    assert ended.code == 0
    return ended


def test_compare_puts_the_theme_on_the_page_and_in_the_command(compared, folder):
    page = (folder / "out/compare.html").read_text(encoding="utf-8")
    assert ":root{--kk-action:#8a3a9f;}</style>" in page
    command = "kanaalkompas compare today.yaml more.yaml --theme 'house style.css'"
    record = json.loads((folder / "out/run.json").read_text(encoding="utf-8"))
    assert record["command"] == command
    assert command in " ".join(compared.out.split())


def test_report_makes_the_page_of_compare_with_the_same_theme(compared, kanaalkompas, folder):
    words = ("report", "out/result.json", "--out", "page.html", "--theme", "house style.css")
    assert kanaalkompas(*words).code == 0
    assert (folder / "page.html").read_bytes() == (folder / "out/compare.html").read_bytes()


def test_theme_of_the_design_system_is_taken_as_it_is(compared, kanaalkompas, folder):
    words = ("report", "out/result.json", "--out", "page.html", "--theme", str(OPEN_THEME))
    assert kanaalkompas(*words).code == 0
    assert "--kk-ink:#1d1f24;" in (folder / "page.html").read_text(encoding="utf-8")


def test_theme_changes_nothing_but_the_page(compared, kanaalkompas, folder):
    kanaalkompas("compare", "today.yaml", "more.yaml", "--workers", "1", "--out", "plain")
    result = (folder / "out/result.json").read_bytes()
    assert (folder / "plain/result.json").read_bytes() == result


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "house.css: cannot be read: No such file or directory; name a file of CSS"),
        (b"\xff\xfe:", "house.css: byte 0 is not UTF-8; save it as UTF-8"),
        (b" " * (LARGEST + 1), "house.css: is larger than 1,000,000 bytes; keep only"),
        (b"", "house.css: changes nothing on the page; set --basis-* tokens or --kk-*"),
        (b"@import 'a.css'; :root { --kk-quiet: #bbb }", "house.css: 4 problems\n"),
        (b"</style><script>alert(1)</script>", "house.css:1: </style is no CSS"),
    ],
)
@pytest.mark.parametrize("command", ["compare", "report"])
def test_theme_that_is_not_in_order_is_refused_and_nothing_written(
    kanaalkompas, folder, command, content, said
):
    if content is not None:
        (folder / "house.css").write_bytes(content)
    before = sorted(folder.iterdir())
    words = {"compare": ("compare", "today.yaml"), "report": ("report", "result.json")}[command]
    ended = kanaalkompas(*words, "--theme", "house.css")
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert ended.err.startswith("Error: house.css")
    assert sorted(folder.iterdir()) == before


def test_report_does_not_write_over_its_theme(compared, kanaalkompas, folder):
    words = ("report", "out/result.json", "--theme", "house style.css", "--out", "house style.css")
    assert kanaalkompas(*words).code == 2
    assert (folder / "house style.css").read_text(encoding="utf-8") == HOUSE
