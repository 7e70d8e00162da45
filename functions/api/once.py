"""Requests that are answered once, however often they are sent: Powertools Idempotency.

What it has to remember stands in the records, so that it needs no store of its own.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from aws_lambda_powertools.utilities.idempotency import IdempotencyConfig, idempotent_function
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
)
from aws_lambda_powertools.utilities.idempotency.persistence.base import BasePersistenceLayer
from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import (
    STATUS_CONSTANTS,
    DataRecord,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.storage.ports import Records

REQUEST: Final = "request"
"""Kind of record."""

DAY_SECONDS: Final = 24 * 60 * 60


class Once:
    """Does what a request asks, once.

    Parameters
    ----------
    records : gives where is remembered what was done
    """

    def __init__(self, records: Callable[[], Records]) -> None:
        self._kept = Kept(records)

    def do(self, work: Callable[[], str], request: dict[str, Any], context: LambdaContext) -> str:
        """Do it, or give what it came to when the same owner sent it with the same key.

        Parameters
        ----------
        work : gives what it came to
        request : with ``owner``, the ``key`` that he gave it, and its ``body``
        context : of the function, which knows how long it may take

        Raises
        ------
        IdempotencyAlreadyInProgressError
            When it is being done.
        IdempotencyValidationError
            When the key was used with another body.
        """
        config = IdempotencyConfig(
            event_key_jmespath="[owner, key]",
            payload_validation_jmespath="body",
            raise_on_no_idempotency_key=True,
            expires_after_seconds=DAY_SECONDS,
            hash_function="sha256",
            lambda_context=context,
        )

        @idempotent_function(
            data_keyword_argument="request",
            persistence_store=self._kept,
            config=config,
            key_prefix=REQUEST,
        )
        def done(*, request: dict[str, Any]) -> str:  # noqa: ARG001  Powertools reads it
            return work()

        return str(done(request=request))


def forget(records: Records) -> None:
    """Remove what is remembered of requests that may be sent anew by now."""
    for name, record in records.all(REQUEST):
        if _is_over(record.data):
            records.remove(REQUEST, name)


class Kept(BasePersistenceLayer):
    """What Powertools remembers of requests, as records."""

    def __init__(self, records: Callable[[], Records]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._records = records

    def _get_record(self, idempotency_key: str) -> DataRecord:
        found = self._records().get(REQUEST, _name(idempotency_key))
        if found is None:
            raise IdempotencyItemNotFoundError
        told = {field: own for field, own in found.data.items() if field != "expires"}
        return DataRecord(idempotency_key=idempotency_key, **told)

    def _put_record(self, data_record: DataRecord) -> None:
        records, name = self._records(), _name(data_record.idempotency_key)
        if records.create(REQUEST, name, _plain(data_record)):
            return
        found = records.get(REQUEST, name)
        if (
            found is None
            or not _is_over(found.data)
            or not records.replace(REQUEST, name, _plain(data_record), found.version)
        ):
            raise IdempotencyItemAlreadyExistsError

    def _update_record(self, data_record: DataRecord) -> None:
        records, name = self._records(), _name(data_record.idempotency_key)
        found = records.get(REQUEST, name)
        if found is not None:
            records.replace(REQUEST, name, _plain(data_record), found.version)

    def _delete_record(self, data_record: DataRecord) -> None:
        self._records().remove(REQUEST, _name(data_record.idempotency_key))


def _name(key: str) -> str:
    return key.rpartition("#")[2]


def _plain(record: DataRecord) -> dict[str, Any]:
    return {
        "status": record.status,
        "expiry_timestamp": record.expiry_timestamp,
        "expires": record.expiry_timestamp,
        "in_progress_expiry_timestamp": record.in_progress_expiry_timestamp,
        "response_data": record.response_data,
        "payload_hash": record.payload_hash,
    }


def _is_over(data: dict[str, Any]) -> bool:
    """Tell whether a record is out of date: a day old, or of a function that was cut off."""
    now = dt.datetime.now(dt.UTC).timestamp()
    if data["expiry_timestamp"] < now:
        return True
    cut_off = data["in_progress_expiry_timestamp"]
    return data["status"] == STATUS_CONSTANTS["INPROGRESS"] and (
        cut_off is not None and cut_off < 1000 * now
    )
