"""What MiniStack does not hold a state machine to: its role, what it may carry, being stopped."""

import contextvars
import json
from collections.abc import Callable
from typing import Any, Final

from ministack.core.iam_evaluator import enforce
from ministack.core.lambda_runtime import execution_credentials
from ministack.core.responses import get_account_id, get_region
from ministack.services import stepfunctions

MOST: Final = 256 * 1024
"""Bytes that a state may take or give."""

Given = dict[str, Any]
Call = Callable[..., object]

_machine: contextvars.ContextVar[Given | None] = contextvars.ContextVar("machine", default=None)


def hold_to_rules() -> None:
    """Have state machines do only what their role allows, carry little, and stop when told."""
    for name, around in {
        "_run_execution": _known,
        "_call_lambda": _called,
        "_read_map_items": _read,
        "_run_distributed_map": _mapped,
        "_run_sub_machine": _stopped,
    }.items():
        setattr(stepfunctions, name, around(getattr(stepfunctions, name)))


def _known(run: Call) -> Call:
    """Remember which machine runs: threads that it starts know it too."""

    def running(execution: str) -> None:
        machine = stepfunctions._executions[execution]["stateMachineArn"]
        _machine.set(stepfunctions._state_machines.get(machine))
        run(execution)

    return running


def _called(call: Call) -> Call:
    def calling(function: str, event: object) -> object:
        _carry(event)
        whole = function if function.startswith("arn:") else _arn(function)
        _allow("lambda:InvokeFunction", whole, "Lambda.AWSLambdaException")
        result = call(function, event)
        _carry(result)
        return result

    return calling


def _read(read: Call) -> Call:
    def reading(reader: Given, effective: object, context: Given) -> object:
        place = _place(reader, "Key", effective, context)
        _allow("s3:GetObject", place, "States.ItemReaderFailed")
        return read(reader, effective, context)

    return reading


def _mapped(run: Call) -> Call:
    def mapping(
        definition: Given, given: object, effective: object, processor: Given, *rest: Given
    ) -> object:
        own = (_machine.get() or {}).get("stateMachineArn", "")
        _allow("states:StartExecution", own, "States.Permissions")
        if writer := definition.get("ResultWriter"):
            place = _place(writer, "Prefix", effective, rest[-1])
            _allow("s3:PutObject", f"{place}/manifest.json", "States.ResultWriterFailed")
        if path := definition.get("ToleratedFailureCountPath"):
            tolerated = stepfunctions._resolve_path_or_ctx(path, effective, rest[-1])
            definition = {**definition, "ToleratedFailureCount": tolerated}
        return run(definition, given, effective, processor, *rest)

    return mapping


def _stopped(run: Call) -> Call:
    """Begin no child of a machine that was stopped; what began already goes on."""

    def running(states: Given, start: str, given: object, child: Given, context: Given) -> object:
        if stepfunctions._executions[context["Execution"]["Id"]]["status"] != "RUNNING":
            raise stepfunctions._ExecutionError("States.Aborted", "The machine was stopped")
        return run(states, start, given, child, context)

    return running


def _place(resource: Given, key: str, effective: object, context: Given) -> str:
    """Give the ARN of what a map reads, or of where it writes."""
    told = stepfunctions._resolve_params_obj(resource["Parameters"], effective, context)
    return f"arn:aws:s3:::{told['Bucket']}/{told.get(key, '')}"


def _arn(function: str) -> str:
    return f"arn:aws:lambda:{get_region()}:{get_account_id()}:function:{function}"


def _allow(action: str, resource: str, error: str) -> None:
    """Stop a machine that does what its role does not allow, under the name of an error."""
    machine = _machine.get()
    if machine is None:
        return
    role = machine["roleArn"]
    acting = {"Role": role, "FunctionArn": _arn("machine"), "FunctionName": machine["name"]}
    key = execution_credentials(acting)["AWS_ACCESS_KEY_ID"]
    service = action.partition(":")[0]
    if enforce(key, action, service, get_region(), resource_arn=resource) is not None:
        cause = f"{role} is not authorized to perform: {action} on resource: {resource}"
        raise stepfunctions._ExecutionError(error, cause)


def _carry(value: object) -> None:
    if len(json.dumps(value)) > MOST:
        raise stepfunctions._ExecutionError(
            "States.DataLimitExceeded", "A state carries at most 256 KB"
        )
