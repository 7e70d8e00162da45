"""A store in an AWS account: a bucket and a table."""

from typing import Final

import boto3
from botocore.config import Config

from functions.storage.bucket import AT_A_TIME, BucketFiles
from functions.storage.table import TableRecords

PATIENT: Final = Config(retries={"mode": "standard", "max_attempts": 8}, connect_timeout=3)
"""Asks again when a service has too much to do."""

REGIONAL: Final = PATIENT.merge(
    Config(
        signature_version="s3v4",
        s3={"addressing_style": "virtual"},
        max_pool_connections=AT_A_TIME,
    )
)
"""Signs addresses that name the region.

Those that do not are redirected in the first day of a bucket, which no signature survives.
"""


class AwsStore:
    """Files in a bucket and records in a table.

    Parameters
    ----------
    bucket, table : their names
    """

    def __init__(self, bucket: str, table: str) -> None:
        self.files = BucketFiles(boto3.client("s3", config=REGIONAL), bucket)
        self.records = TableRecords(boto3.client("dynamodb", config=PATIENT), table)
