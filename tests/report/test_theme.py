"""A theme sets colours and fonts, contrasts enough, and can do nothing else."""

import re
from pathlib import Path

import pytest

from simulation.report import theme as themes
from simulation.report.colours import as_hex, contrast
from simulation.report.page import write_page
from simulation.report.shell import Theme, digest, policy
from simulation.report.theme import DRAWN, PAIRS, TEXT, defaults, neutral, read_theme
from simulation.scenario.problems import ScenarioError
from tests.report import examples
from tests.report.pages import read

ASSETS = Path(themes.__file__).parent / "assets"
GUIDE = Path(__file__).parents[2] / "docs/how-to/use-your-own-theme.md"
OPEN_THEME = Path(__file__).with_name("themes") / "mooi-en-anders.css"
FONT = "data:font/woff2;base64,d09GMgABAAAAAA=="


def of(text: str) -> Theme:
    return read_theme(text, "house.css")


def properties(theme: Theme) -> dict[str, str]:
    return dict(re.findall(r"(--kk-[\w-]+):([^;]*);", theme.style))


def problems(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        of(text)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture(scope="module")
def open_theme():
    return read_theme(OPEN_THEME.read_text(encoding="utf-8"), OPEN_THEME.name)


def test_open_theme_sets_every_property_that_has_a_token(open_theme):
    """All but those where it happens to agree with ours: white paper, white on fills, 4px."""
    same = {"--kk-paper", "--kk-on-action", "--kk-on-badge", "--kk-round"}
    assert properties(open_theme).keys() == defaults().keys() - same
    assert properties(open_theme)["--kk-ink"] == "#1d1f24"
    assert properties(open_theme)["--kk-link"] == "#3273ab"
    assert properties(open_theme)["--kk-font"] == '"Source Sans Pro", Helvetica, Arial, sans-serif'


@pytest.mark.parametrize("token", sorted(set(re.findall(
    r"--basis-[\w-]+", (ASSETS / "theme.css").read_text(encoding="utf-8")
))))  # fmt: skip
def test_every_token_that_we_take_is_in_the_design_system(token):
    assert f"{token}:" in OPEN_THEME.read_text(encoding="utf-8")


@pytest.mark.parametrize("pair", PAIRS, ids=" on ".join)
@pytest.mark.parametrize("which", ["neutral", "open"])
def test_text_contrasts_with_what_is_behind_it(open_theme, which, pair):
    values = neutral() | (properties(open_theme) if which == "open" else {})
    assert contrast(*(values[name] for name in pair)) >= TEXT


def test_neutral_theme_is_in_order():
    style = "".join(f"{name}:{value};" for name, value in neutral().items())
    assert len(problems(f":root{{{style}}}")) == 1  # it changes nothing, and that is all


def test_page_uses_every_property_and_no_other():
    used = set(re.findall(r"var\((--[\w-]+)", (ASSETS / "page.css").read_text(encoding="utf-8")))
    assert used == defaults().keys()


def test_every_property_says_what_it_is_for():
    text = (ASSETS / "theme.css").read_text(encoding="utf-8")
    explained = re.findall(r"^  /\* .+\. \*/\n  (--kk-[\w-]+):", text, re.MULTILINE)
    assert explained == list(defaults())


def test_guide_names_every_property_with_its_token():
    guide = GUIDE.read_text(encoding="utf-8")
    text = (ASSETS / "theme.css").read_text(encoding="utf-8")
    found = re.findall(r"^  (--kk-[\w-]+): var\((--basis-[\w-]+)", text, re.MULTILINE)
    assert [name for name, _ in found] == list(defaults())
    rows = [f"| <code>{name}</code> | <code>{token}</code> |" for name, token in found]
    assert [row for row in rows if row not in guide] == []


@pytest.mark.parametrize(
    "text",
    [
        ":root { --kk-ink: #102030 }",
        "html { --kk-ink: rgb(16 32 48) }",
        ".town-theme { --kk-ink: #102030 }",
        "html.town-theme, .other { --kk-ink: hsl(210 50% 12.549%) }",
        ".town-theme { --basis-color-default-color-document: var(--ink); --ink: #102030 }",
        ":root { --kk-ink: var(--nothing, var(--none, #102030)) }",
        ":root { --kk-ink: #999999 } :root { --kk-ink: #102030 }",
        ":root { --kk-ink: light-dark(#102030, white) } @media print { :root { --kk-ink: red } }",
    ],
)
def test_value_is_what_a_browser_would_compute(text):
    assert properties(of(text)) == {"--kk-ink": "#102030"}


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("white", "#ffffff"),
        ("rebeccapurple", "#663399"),
        ("#048", "#004488"),
        ("hsl(210 100% 26.667%)", "#004488"),
        ("hwb(210 0% 46.667%)", "#004488"),
        # oklch(0.62796 0.25768 29.234) is the red of sRGB: CSS Color 4, section 9.
        ("oklch(0.62796 0.25768 29.234)", "#ff0000"),
        ("oklab(0.51975 -0.1403 0.10768)", "#008000"),
    ],
)
def test_colours_are_read_as_css_defines_them(text, colour):
    assert as_hex(text) == colour


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.478), ("#767676", "#ffffff", 4.542)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "changes nothing on the page"),
        (".button { color: red }", "changes nothing on the page"),
        ("@media print { :root { --kk-ink: #102030 } }", "changes nothing on the page"),
        (":root { --town-ink: #102030 }", "changes nothing on the page"),
        (":root { --kk-inc: #102030 }", "is no property of the page; did you mean '--kk-ink'?"),
        (":root { --kk-ink: 12px }", "12px is no colour that can be checked"),
        (":root { --kk-ink: var(--town-ink) }", "refers to a property that is not set"),
        (":root { --kk-ink: var(--kk-ink) }", "refers to a property that is not set"),
        (":root { --kk-ink: rgb(0 0 0 / 50%) }", "can be seen through"),
        (":root { --kk-ink: currentcolor }", "is no colour that can be checked"),
        (":root { --kk-round: calc(1px + 1px) }", "is no length"),
        (":root { --kk-font-head: 12px/1 'A }' }", "is no list of font names"),
        (".a-theme { --kk-ink: #111 } .b-theme { --kk-soft: #eee }", "are several themes"),
        ("@import 'tokens.css'; :root { --kk-ink: #102030 }", "@import is not followed"),
        (":root { --kk-ink: #102030 } }", "not CSS; put it right"),
    ],
)
def test_what_cannot_be_taken_over_is_refused_with_a_remedy(text, said):
    (problem,) = problems(text)
    assert said in problem
    assert problem.startswith("house.css:")


def test_problem_names_its_line():
    (problem,) = problems(":root {\n\n  --kk-ink: 12px;\n}")
    assert problem.startswith("house.css:3: --kk-ink: 12px is no colour")


def test_all_problems_are_told_at_once():
    found = problems("@import 'x.css'; :root { --kk-inc: red; --kk-soft: 1px; --kk-quiet: #aaa }")
    assert len(found) == 3 + 2  # faint on paper and on the row of the verdict


def test_text_that_is_too_faint_is_refused_with_its_contrast():
    found = problems(":root { --kk-quiet: #b2b2b2 }")
    assert found[0] == (
        "house.css: --kk-quiet: #b2b2b2 on --kk-paper #ffffff has a contrast of 2.12,"
        " less than 4.5; set colours that are further apart"
    )
    assert len(found) == 3


def test_dark_paper_is_refused_because_of_the_figures():
    found = problems(":root { --kk-paper: #101820; --kk-ink: #ffffff }")
    assert [problem for problem in found if "figures: #004488 on --kk-paper" in problem]


def test_one_of_two_lines_around_the_focus_is_enough():
    assert of(":root { --kk-focus: #ffffff; --kk-focus-edge: #000000 }")
    assert len(problems(":root { --kk-focus: #ffffff; --kk-focus-edge: #eeeeee }")) == 4


@pytest.mark.parametrize(
    "text",
    [
        "</style><script>alert(1)</script>",
        ":root { --kk-font: '</STYLE><script>alert(1)</script>' }",
        ":root { --kk-font: '\\3c /style>\\3c script>' }",
        ":root { --kk-font: serif\\3b } body{display:none} }",
        "@import url(http://elsewhere.test/a.css);",
        "@\\69mport url(http://elsewhere.test/a.css);",
        ":root { --kk-ink: url(http://elsewhere.test/a.png) }",
        ":root { --kk-ink: \\75rl(http://elsewhere.test/a.png) }",
        ":root { --kk-ink: image-set('http://elsewhere.test/a.png' 1x) }",
        ":root { --kk-round: expression(alert(1)) }",
        ":root { --kk-round: 4px } } body { display: none }",
        ":root { --kk-round: 4px; } body { display: none } .a-theme { --kk-round: 1px !x ",
        "@font-face { font-family: Town; src: url(http://elsewhere.test/a.woff2) }"
        ":root { --kk-font: Town }",
        '@font-face { font-family: Town; src: url("data:font/woff2;base64,AA==\');}*{}") }'
        ":root { --kk-font: Town }",
        "@font-face { font-family: Town; src: url(data:text/html;base64,AAAA) }"
        ":root { --kk-font: Town }",
    ],
)
def test_what_could_do_more_than_set_a_value_is_refused(text):
    assert problems(text)


def test_nothing_of_the_file_but_values_reaches_the_page():
    text = """
    :root { --kk-ink: #102030; color: red; background: url(http://elsewhere.test/a.png) }
    body { display: none }
    h1::before { content: "Fout" }
    .town-theme { --town-logo: url(http://elsewhere.test/logo.svg) }
    @font-face { font-family: Unused; src: url(http://elsewhere.test/a.woff2) }
    """
    assert of(text) == Theme(":root{--kk-ink:#102030;}", has_fonts=False)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"--p{i}: var(--p{i + 1}) var(--p{i + 1});" for i in range(60)) + "--p60: x;",
        "".join(f"--p{i}: var(--p{i + 1});" for i in range(2000)),
        f"--p0: {'calc(' * 3000}",
    ],
)
def test_value_that_grows_without_end_is_refused(text):
    assert problems(f":root {{ --kk-ink: var(--p0); {text} }}")


def test_font_in_the_file_reaches_the_page_and_its_policy():
    theme = of(
        f"@font-face {{ font-family: 'Town Sans'; font-weight: 400 700; src: url({FONT})"
        " format('woff2'); ascent-override: 90% }"
        ":root { --kk-font: 'Town Sans', sans-serif }"
    )
    assert theme.has_fonts
    assert theme.style == (
        f'@font-face{{font-family:"Town Sans";src:url({FONT});font-display:swap;'
        'font-weight:400 700;}:root{--kk-font:"Town Sans", sans-serif;'
        '--kk-font-head:"Town Sans", sans-serif;}'
    )
    assert "font-src data:;" in write_page(examples.result(), "nl", theme)


def test_page_without_fonts_may_load_none(open_theme):
    assert "font-src" not in write_page(examples.result(), "nl", open_theme)
    assert "font-src" not in write_page(examples.result())


def test_theme_comes_after_our_style_and_its_hash_is_in_the_policy(open_theme):
    page = read(write_page(examples.result(), "nl", open_theme))
    (style,) = [text for tag, _, text in page.inline if tag == "style"]
    assert style.endswith(open_theme.style)
    (allowed,) = [value for value in page.values("content") if "default-src" in value]
    assert digest(style) in allowed
    assert allowed.startswith("default-src 'none';")


def test_policy_with_fonts_allows_only_those_in_the_page():
    assert policy(("a",), ("b",), fonts=True).count("font-src data:;") == 1
    assert "http" not in policy(("a",), ("b",), fonts=True)


def test_drawn_colours_stand_out_on_neutral_paper():
    assert min(contrast(shade, neutral()["--kk-paper"]) for shade in DRAWN) >= 3
