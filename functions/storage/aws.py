"""A store in an AWS account: a bucket and a table."""

from typing import Final

import boto3
from botocore.config import Config

from functions.storage.bucket import BucketFiles
from functions.storage.table import TableRecords

PATIENT: Final = Config(retries={"mode": "standard", "max_attempts": 8}, connect_timeout=3)
"""Asks again when a service has too much to do."""


class AwsStore:
    """Files in a bucket and records in a table.

    Parameters
    ----------
    bucket, table : their names
    """

    def __init__(self, bucket: str, table: str) -> None:
        signed = PATIENT.merge(Config(signature_version="s3v4"))
        self.files = BucketFiles(boto3.client("s3", config=signed), bucket)
        self.records = TableRecords(boto3.client("dynamodb", config=PATIENT), table)
