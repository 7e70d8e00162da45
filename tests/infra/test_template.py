"""The template says what the code reads, and lets nobody do more than he does."""

import importlib
import json
import re

import boto3
import botocore.exceptions
import pytest
import yaml

from functions.settings import PREFIX, Settings
from tests.infra.conftest import FUNCTIONS, HOUSE, MACHINE, resources

SERVICES_WITHOUT_NAMES = {
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
}
"""What AWS lets nobody allow for some resources only."""

SCOPES = {"POST /runs": "run", "POST /runs/{run_id}/pin": "run", "DELETE /runs/{run_id}": "cancel"}
"""Of routes that do more than read."""


def function(template, name):
    return template["Resources"][f"{name.capitalize()}Function"]["Properties"]


def statements(template):
    for name, role in resources(template, "AWS::IAM::Role").items():
        for policy in role["Policies"]:
            yield from ((name, each) for each in policy["PolicyDocument"]["Statement"])
    for name, policy in resources(template, "AWS::IAM::Policy").items():
        yield from ((name, each) for each in policy["PolicyDocument"]["Statement"])


def listed(value):
    return value if isinstance(value, list) else [value]


def test_each_variable_is_a_setting_and_each_setting_of_aws_a_variable(template):
    of_all = template["Globals"]["Function"]["Environment"]["Variables"]
    of_api = function(template, "api")["Environment"]["Variables"]
    named = {name for name in of_all | of_api if name.startswith(PREFIX)}
    fields = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert named == fields - {f"{PREFIX}STORE"}


def test_defaults_are_those_of_the_settings(template):
    variables = function(template, "api")["Environment"]["Variables"]
    for name, field in Settings.model_fields.items():
        if field.default is not None and not field.is_required():
            parameter = template["Parameters"][variables[f"{PREFIX}{name.upper()}"]["Ref"]]
            assert parameter["Default"] == field.default, name


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_handler_exists(template, name):
    module, _, handler = function(template, name)["Handler"].rpartition(".")
    assert callable(getattr(importlib.import_module(module), handler))


def test_prices_are_known_of_each_region_that_can_be_chosen(template):
    known = yaml.safe_load((HOUSE / "functions/logic/prices.yaml").read_text("utf-8"))["regions"]
    assert set(template["Parameters"]["PriceRegion"]["AllowedValues"]) == set(known)


def test_each_route_of_the_api_is_one_of_the_template_with_its_scope(template):
    described = json.loads((HOUSE / "functions/api/openapi.json").read_text("utf-8"))["paths"]
    wanted = {f"{verb.upper()} {path}" for path, verbs in described.items() for verb in verbs}
    found = {
        each["RouteKey"]: each for each in resources(template, "AWS::ApiGatewayV2::Route").values()
    }
    assert set(found) == wanted
    for key, route in found.items():
        verb, path = key.split()
        security = described[path][verb.lower()]["security"]
        if key == "GET /health":
            assert (route["AuthorizationType"], security) == ("NONE", [])
            continue
        assert route["AuthorizationType"] == "JWT"
        scope = SCOPES.get(key, "read")
        assert route["AuthorizationScopes"] == [{"Fn::Sub": "${ScopePrefix}" + scope}]
        assert security == [{"token": [scope]}]


def test_no_policy_allows_by_a_star(template):
    for name, statement in statements(template):
        assert statement["Effect"] == "Allow"
        actions = listed(statement["Action"])
        assert not [action for action in actions if "*" in action], name
        if "*" in listed(statement["Resource"]):
            assert set(actions) <= SERVICES_WITHOUT_NAMES, name


def test_each_function_has_a_role_of_its_own_that_no_other_part_has(template):
    roles = [function(template, name)["Role"]["Fn::GetAtt"] for name in FUNCTIONS]
    machine = template["Resources"]["Machine"]["Properties"]["Role"]["Fn::GetAtt"]
    assert len({*roles, machine}) == len(FUNCTIONS) + 1


def test_every_log_group_goes_in_time(template):
    groups = resources(template, "AWS::Logs::LogGroup")
    assert len(groups) == len(FUNCTIONS) + 2
    assert all(each["RetentionInDays"] == {"Ref": "LogRetentionDays"} for each in groups.values())


def test_the_worker_is_not_traced_and_the_others_are(template):
    traced = {name: function(template, name)["Tracing"] for name in FUNCTIONS}
    assert traced == dict.fromkeys(FUNCTIONS, "Active") | {"simulate": "PassThrough"}


def test_what_the_machine_names_is_filled_in(template):
    names = set(re.findall(r"\$\{(\w+)\}", MACHINE.read_text("utf-8")))
    assert names == set(template["Resources"]["Machine"]["Properties"]["DefinitionSubstitutions"])


def test_an_item_that_ran_out_of_time_is_done_again_within_an_express_execution(template, machine):
    simulate = machine["States"]["Items"]["ItemProcessor"]["States"]["Simulate"]
    seconds = function(template, "simulate")["Timeout"]
    again = next(each for each in simulate["Retry"] if "Sandbox.Timedout" in each["ErrorEquals"])
    assert (1 + again["MaxAttempts"]) * seconds + 30 < 300
    assert seconds < simulate["TimeoutSeconds"]


def test_what_is_asked_again_by_name_are_errors_that_there_are(machine):
    """A name that is spelled wrong never matches, and nobody sees it before AWS has trouble."""
    tasks = [*machine["States"].values()]
    tasks += machine["States"]["Items"]["ItemProcessor"]["States"].values()
    retried = [retry for task in tasks for retry in task.get("Retry", ())]
    names = {name for retry in retried for name in retry["ErrorEquals"] if "." not in name}
    table = boto3.client("dynamodb", region_name="eu-west-1").exceptions
    assert names
    assert {
        name for name in names if not hasattr(botocore.exceptions, name) and name not in dir(table)
    } == set()


def test_every_step_asks_again_for_the_same_errors(machine):
    tasks = [machine["States"][name] for name in ("Plan", "Merge", "Deliver")]
    tasks += machine["States"]["Items"]["ItemProcessor"]["States"].values()
    assert all(task["Retry"] == tasks[0]["Retry"] for task in tasks)


def test_every_step_that_fails_delivers_what_there_is(machine):
    for name in ("Plan", "Items", "Merge"):
        caught = machine["States"][name]["Catch"]
        assert [(each["ErrorEquals"], each["Next"]) for each in caught] == [
            (["States.ALL"], "Deliver")
        ]


def test_the_api_waits_no_longer_than_its_gateway(template):
    assert function(template, "api")["Timeout"] < 30
