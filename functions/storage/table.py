"""Records of a store as the items of a DynamoDB table.

An item has the record as JSON: numbers stay what they are. Beside it stand the fields that the
table itself has to know: the version, who owns it and when it was made (for the index by owner),
when it may go, and what is counted in place.
"""

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from functions.storage.ports import COUNT, Record

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_dynamodb.type_defs import AttributeValueTypeDef as Value

BY_OWNER: Final = "by-owner"
"""Name of the index."""

_COUNTED: Final = "count:"
"""Before the name of a field that is counted in place."""

_NEVER: Final = "~"
"""After every moment that is written down."""

Item = Mapping[str, "Value"]


class TableRecords:
    """Records as items of a table.

    Parameters
    ----------
    client : of DynamoDB
    table : its name
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def create(self, kind: str, name: str, data: dict[str, Any]) -> bool:
        """Keep a record unless there is one; tell whether it was kept."""
        return self._put(
            _item(kind, name, data, 1),
            "attribute_not_exists(kind) OR expires < :limit",
            int(time.time()),
        )

    def get(self, kind: str, name: str) -> Record | None:
        """Give a record; None if there is none."""
        found = self._client.get_item(
            TableName=self._table, Key=_key(kind, name), ConsistentRead=True
        )
        return _record(found["Item"]) if "Item" in found else None

    def replace(self, kind: str, name: str, data: dict[str, Any], version: int) -> bool:
        """Replace a record if it still has a version; tell whether it had."""
        return self._put(
            _item(kind, name, data, version + 1),
            "version = :limit",
            version,
        )

    def add(
        self, kind: str, name: str, amounts: dict[str, int], expires: int | None = None
    ) -> None:
        """Count in a record, whoever else does at the same time; made if it is not there."""
        fields = {f"#{place}": _COUNTED + field for place, field in enumerate(amounts)}
        values = {f":{place}": _number(each) for place, each in enumerate(amounts.values())}
        added = ", ".join(f"#{place} :{place}" for place in range(len(amounts)))
        until = ""
        if expires is not None:
            until, values[":until"] = ", expires = :until", _number(expires)
        self._client.update_item(
            TableName=self._table,
            Key=_key(kind, name),
            UpdateExpression=f"ADD {added}, version :one "
            f"SET #data = if_not_exists(#data, :none){until}",
            ExpressionAttributeNames={**fields, "#data": "data"},
            ExpressionAttributeValues={**values, ":one": _number(1), ":none": {"S": "{}"}},
        )

    def all(self, kind: str) -> list[tuple[str, Record]]:
        """Give all records of a kind by name, the latest last."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            ConsistentRead=True,
            KeyConditionExpression="kind = :kind",
            ExpressionAttributeValues={":kind": {"S": kind}},
        )
        return _by_age(item for page in pages for item in page["Items"])

    def some(
        self, kind: str, owner: str, most: int, after: str | None = None
    ) -> tuple[list[tuple[str, Record]], bool]:
        """Give a few of the records that somebody owns, the latest first; see the port."""
        last = None if after is None else self.get(kind, after)
        if after is not None and (last is None or last.data.get("owner") != owner):
            return [], False
        moment = str(last.data["created"]) if last else _NEVER
        latest = self._latest(kind, owner, moment, most)
        if after is not None:
            latest = _past(latest, after, moment)
        found = list(islice(latest, most + 1))
        return found[:most], len(found) > most

    def _latest(
        self, kind: str, owner: str, moment: str, most: int
    ) -> Iterator[tuple[str, Record]]:
        """Give the records that somebody owns, the latest first.

        Parameters
        ----------
        kind, owner : of the records
        moment : up to which they were made
        most : that are wanted: few more are read at a time
        """
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            IndexName=BY_OWNER,
            ScanIndexForward=False,
            KeyConditionExpression="#owner = :owner AND created <= :moment",
            FilterExpression="kind = :kind",
            ExpressionAttributeNames={"#owner": "owner"},
            ExpressionAttributeValues={
                ":owner": {"S": owner},
                ":kind": {"S": kind},
                ":moment": {"S": moment},
            },
            PaginationConfig={"PageSize": most + 2},
        )
        for item in (item for page in pages for item in page["Items"]):
            if (own := _record(item)) is not None:
                yield item["name"]["S"], own

    def remove(self, kind: str, name: str) -> None:
        """Remove a record, if there is one."""
        self._client.delete_item(TableName=self._table, Key=_key(kind, name))

    def _put(self, item: Item, condition: str, limit: int) -> bool:
        """Put an item if a condition holds, with a number as ``:limit``; tell whether it did."""
        try:
            self._client.put_item(
                TableName=self._table,
                Item=item,
                ConditionExpression=condition,
                ExpressionAttributeValues={":limit": _number(limit)},
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _key(kind: str, name: str) -> "dict[str, Value]":
    """Give the key of a record: a kind has one partition, a record that is counted in its own.

    A partition takes 1,000 writes in a second, and the items of all runs count.
    """
    place = f"{kind}#{name}" if kind == COUNT else kind
    return {"kind": {"S": place}, "name": {"S": name}}


def _number(number: int) -> "Value":
    return {"N": str(number)}


def _item(kind: str, name: str, data: dict[str, Any], version: int) -> Item:
    item = _key(kind, name)
    item |= {"data": {"S": json.dumps(data, ensure_ascii=False)}, "version": _number(version)}
    item |= {field: {"S": data[field]} for field in ("owner", "created") if field in data}
    if data.get("expires") is not None:
        item["expires"] = _number(data["expires"])
    return item


def _record(item: Item) -> Record | None:
    """Read an item; None if it is out of date: the table removes those some time later."""
    if "expires" in item and int(item["expires"]["N"]) < time.time():
        return None
    data = json.loads(item["data"]["S"])
    for field, value in item.items():
        if field.startswith(_COUNTED):
            data[field.removeprefix(_COUNTED)] = int(value["N"])
    return Record(data, int(item["version"]["N"]))


def _past(
    latest: Iterator[tuple[str, Record]], name: str, moment: str
) -> Iterator[tuple[str, Record]]:
    """Pass over a record, and over those before it that were made in the same moment."""
    passed = False
    for each, record in latest:
        if passed or record.data["created"] != moment:
            yield each, record
        passed = passed or each == name


def _by_age(items: Iterable[Item]) -> list[tuple[str, Record]]:
    found = [(item["name"]["S"], own) for item in items if (own := _record(item)) is not None]
    return sorted(found, key=lambda each: str(each[1].data.get("created", "")))
