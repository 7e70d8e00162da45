"""Functions that do what they are told, or go wrong as they are told."""

import json
import os
import time

import boto3
from botocore.exceptions import ClientError

s3 = boto3.client("s3")


class Wavering(Exception):
    """Goes well the second time."""


def answer(event, _context):
    told = {"route": event["routeKey"], "path": event["rawPath"], "sees": sorted(os.environ)}
    claims = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
    return {"statusCode": 200, "body": json.dumps({**told, "claims": claims})}


def work(event, _context):
    bucket, name = os.environ["BUCKET"], event["item"]
    match event.get("does"):
        case "waver" if new(f"seen/{name}"):
            raise Wavering(name)
        case "wait":
            time.sleep(30)
        case "leave":
            os._exit(3)
        case "swell":
            return len(bytearray(1 << 30))
        case "read":
            return s3.get_object(Bucket=bucket, Key="items/secret")["ETag"]
    s3.put_object(Bucket=bucket, Key=f"shards/{name}", Body=b"")
    return name


def new(key):
    """Write a file unless there is one; tell whether it was written."""
    try:
        s3.put_object(Bucket=os.environ["BUCKET"], Key=key, Body=b"", IfNoneMatch="*")
    except ClientError as error:
        if error.response["Error"]["Code"] != "PreconditionFailed":
            raise
        return False
    return True
