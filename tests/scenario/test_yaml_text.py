"""YAML is read as people mean it, and what could harm is refused where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.scenario import ScenarioError, loads
from simulation.scenario.example import example_text
from simulation.scenario.yaml_text import MAX_BYTES, MAX_DEPTH, read_yaml

BOMB = "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{this}: &{this} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, this in zip("abcdefgh", "bcdefghi", strict=True)
)
TOWER = "a: &a [1]\n" + "".join(
    f"a{level}: &a{level} [[[[*{f'a{level - 1}' if level else 'a'}]]]]\n" for level in range(12)
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10:30", "10:30"),
        ("2026-01-05", "2026-01-05"),
        ("yes", "yes"),
        ("off", "off"),
        ("N", "N"),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("1e3", 1000.0),
        ("-.5", -0.5),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("'12'", "12"),
        ("3 minutes", "3 minutes"),
    ],
)
def test_scalars_follow_the_core_schema_of_yaml_1_2(text, value):
    data = read_yaml(f"key: {text}\n", "file.yaml").data
    assert data == {"key": value}
    assert type(data["key"]) is type(value)


def test_every_value_knows_its_line():
    document = read_yaml("a: 1\nb:\n  - x\n  - c: 2\n    d: 3\n", "file.yaml")
    lines = {path: position.line for path, position in document.positions.items()}
    assert lines == {
        (): 1,
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 1): 4,
        ("b", 1, "c"): 4,
        ("b", 1, "d"): 5,
    }


def test_a_path_that_was_not_written_has_the_line_of_what_is_around_it():
    document = read_yaml("a: 1\nb:\n  c: 2\n", "file.yaml")
    assert document.position(("b", "missing", 3)).line == 2


def test_an_alias_stands_for_its_value():
    data = read_yaml("a: &x {b: 1}\nc: *x\n", "file.yaml").data
    assert data == {"a": {"b": 1}, "c": {"b": 1}}


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: 1\nb: !!python/object:os.system x\n", 2, 4, "tag"),
        ("a: !mine 3\n", 1, 4, "tag"),
        ("a: !!float 3\n", 1, 4, "tag"),
        ("a: 1\nb: 2\na: 3\n", 3, 1, "the key 'a' was written on line 1 already"),
        ("1: a\n", 1, 1, "1 is not a text"),
        ("[a, b]: c\n", 1, 1, "is not a text"),
        ("true: c\n", 1, 1, "true is not a text"),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second document begins"),
        ("a: &x [*x]\n", 1, 8, "contains itself"),
        ("a: *x\n", 1, 4, "undefined alias 'x'"),
        ("a:\n\tb: 1\n", 2, 1, "indent with spaces"),
        ("a: [1\n", 2, 1, "not valid YAML"),
        ("a: b: c\n", 1, 5, "not valid YAML"),
        ("a: 'x\n", 2, 1, "not valid YAML"),
        ("a: .inf\n", 1, 4, "finite"),
        ("a: -.Inf\n", 1, 4, "finite"),
        ("a: .nan\n", 1, 4, "finite"),
        ("a: 1e999\n", 1, 4, "finite"),
        (f"a: {'9' * 5_000}\n", 1, 4, "too long a number"),
        ("a: " + "[" * (MAX_DEPTH + 1), 1, None, "nested deeper"),
        (BOMB, None, None, "aliases written out"),
        (TOWER, None, None, "aliases written out"),
        ("ok: 1\na: \x07\n", 2, 4, "U+0007"),
        (b"ok: 1\na: \xff\n", 2, 4, "UTF-8"),
        ('a: "\\uD800"\n', 1, 4, "half a character"),
        ('a: "\\UFFFFFFFF"\n', None, None, "too large"),
        ("", None, None, "empty"),
        ("# nothing\n", None, None, "empty"),
        (b"a" * (MAX_BYTES + 1), None, None, "is more than 1,000,000"),
    ],
)
def test_what_a_scenario_never_needs_is_refused_where_it_stands(text, line, column, words):
    with pytest.raises(ScenarioError) as caught:
        read_yaml(text, "file.yaml")
    (problem,) = caught.value.problems
    assert words in str(problem)
    assert problem.remedy
    assert line is None or problem.line == line
    assert column is None or problem.column == column


def test_a_bomb_is_refused_without_expanding_it():
    deeper = BOMB.replace("1,1,1,1,1,1,1,1,1,1", ",".join(["1"] * 1_000))
    with pytest.raises(ScenarioError, match="aliases written out"):
        read_yaml(deeper, "file.yaml")


def test_all_bad_scalars_and_keys_of_a_file_are_told_at_once():
    with pytest.raises(ScenarioError) as caught:
        read_yaml("a: .inf\nb: .nan\nb: 1\n2: x\n", "file.yaml")
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3, 4]


@pytest.mark.parametrize("text", ["- 1\n", "word\n", "3\n", "null\n"])
def test_a_file_is_a_mapping(text):
    with pytest.raises(ScenarioError, match="mapping"):
        loads(text)


def test_a_byte_order_mark_is_ignored():
    assert read_yaml(b"\xef\xbb\xbfa: 1\n", "file.yaml").data == {"a": 1}


@given(st.text(alphabet=st.characters(codec="utf-16", exclude_categories=())) | st.binary())
def test_garbage_raises_nothing_but_a_scenario_error(garbage):
    with pytest.raises(ScenarioError):
        loads(garbage)


EXAMPLE = example_text()
SNIPPETS = ["\t", ": ", "- ", "&a ", "*a", "{", "}", "[", "]", "!x ", "\n", "'", '"', "|", "?", "0"]
SNIPPETS += ["null", "value: 3", "-1", ".inf", "kind: chat", "\x00", "%YAML 9", "---\n", "mon-fri"]


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(EXAMPLE)), st.integers(0, 40), st.sampled_from(["", *SNIPPETS])
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_damaged_file_loads_or_raises_a_scenario_error_with_readable_problems(edits):
    text = EXAMPLE
    for place, length, snippet in edits:
        text = text[:place] + snippet + text[place + length :]
    try:
        loaded = loads(text)
    except ScenarioError as error:
        assert error.problems
        for problem in error.problems:
            assert "pydantic" not in str(problem)
            assert "http" not in problem.problem + problem.remedy
    else:
        assert loaded.scenario.channels
