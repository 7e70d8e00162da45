"""Answers made in AWS: a state machine that goes from step to step."""

import json
from typing import Final

import boto3

from functions.logic.records import ANSWER, UNDER_WAY
from functions.storage.aws import PATIENT
from functions.storage.ports import Store

_GIVEN_UP: Final = "nobody waits for it any more"


class MachineRunner:
    """Has answers made by executions of a state machine.

    Parameters
    ----------
    store : where they are kept
    machine : ARN of the state machine
    simulate : name of the function that plays a replication
    """

    def __init__(self, store: Store, machine: str, simulate: str) -> None:
        self._store = store
        self._machine = machine
        self._simulate = simulate
        self._states = boto3.client("stepfunctions", config=PATIENT)
        self._lambda = boto3.client("lambda", config=PATIENT)

    def start(self, key: str) -> None:
        """Have an answer made; nothing new if that is under way, or it is there."""
        record = self._store.records.get(ANSWER, key)
        if record is None or record.data["state"] not in UNDER_WAY:
            return
        try:
            self._states.start_execution(
                stateMachineArn=self._machine,
                name=_name(key, record.data["begun"]),
                input=json.dumps({"answer": key, "begun": record.data["begun"]}),
            )
        except self._states.exceptions.ExecutionAlreadyExists:
            return

    def cancel(self, key: str, run: str) -> None:
        """Stop making an answer that a run began; what is under way of it ends by itself."""
        try:
            self._states.stop_execution(executionArn=self._execution(key, run), cause=_GIVEN_UP)
        except self._states.exceptions.ExecutionDoesNotExist:
            return

    def is_lost(self, key: str, run: str) -> bool:
        """Tell whether the execution ended, or never began: some ends leave it no last word."""
        try:
            found = self._states.describe_execution(executionArn=self._execution(key, run))
        except self._states.exceptions.ExecutionDoesNotExist:
            return True
        return found["status"] != "RUNNING"

    def _execution(self, key: str, run: str) -> str:
        machine = self._machine.replace(":stateMachine:", ":execution:")
        return f"{machine}:{_name(key, run)}"

    def log(self, key: str, letter: str, replication: int) -> None:
        """Have a contact log written."""
        event = {"answer": key, "log": [letter, replication]}
        self._lambda.invoke(
            FunctionName=self._simulate, InvocationType="Event", Payload=json.dumps(event)
        )


def _name(key: str, run: str) -> str:
    """Name the execution: the same for whoever starts it, another one when it is asked anew."""
    return f"{key}-{run}"
