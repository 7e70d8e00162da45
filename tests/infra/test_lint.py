"""What tools say of the templates and of the state machine."""

import json

import pytest

from tests.infra.conftest import HOUSE, run_tool

TEMPLATES = ("template.yaml", "infra/budget.yaml")


def test_sam_finds_nothing_wrong():
    done = run_tool("bin/sam", "validate", "--lint", "--template", "template.yaml")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", TEMPLATES)
def test_cfn_lint_finds_nothing_wrong(name):
    done = run_tool("bin/cfn-lint", "--include-checks", "I", "--", name)
    assert done.returncode == 0, done.stdout + done.stderr


def test_checkov_finds_nothing_wrong_and_everything_it_passes_over_says_why():
    done = run_tool(
        *("checkov/bin/checkov", "--framework", "cloudformation", "--skip-download"),
        *("--compact", "--output", "json"),
        *(word for name in TEMPLATES for word in ("--file", name)),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    passed_over = {
        (each["resource"].rpartition(".")[2], each["check_id"])
        for each in found["results"]["skipped_checks"]
    }
    assert found["summary"]["passed"] > 50
    assert passed_over == set(skips())


def skips():
    """Give what template.yaml asks to pass over, and see that each has a reason."""
    text = (HOUSE / "template.yaml").read_text("utf-8")
    name = ""
    lines = text.partition("\nResources:\n")[2].splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith("  ") and line[2].isalpha():
            name = line.strip(" :")
        if "- id: CKV" in line:
            assert "comment: " in after, line
            yield name, line.rpartition(" ")[2]


def test_the_state_machine_is_valid(machine, tmp_path):
    path = tmp_path / "machine.json"
    path.write_text(json.dumps(machine))
    done = run_tool("asl/node_modules/.bin/asl-validator", "--json-path", str(path))
    assert done.returncode == 0, done.stdout + done.stderr
