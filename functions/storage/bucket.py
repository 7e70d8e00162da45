"""Files of a store as the objects of an S3 bucket."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from functions.storage.ports import checked

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import ObjectIdentifierTypeDef, TaggingTypeDef

AT_A_TIME: Final = 16
"""Files that are read or written at the same time: each mostly waits for S3."""

_PART: Final = 16 * AT_A_TIME
"""Files that are read before the next are asked for."""

_AT_ONCE: Final = 1000
"""Objects that one request removes, at most."""

_EXPIRES: Final = "keep=no"
"""Tag of what the bucket's lifecycle removes in time; see `BucketFiles.keep`."""

_KEPT: Final["TaggingTypeDef"] = {"TagSet": [{"Key": "keep", "Value": "yes"}]}


class BucketFiles:
    """Files as objects of a bucket.

    Parameters
    ----------
    client : of S3
    bucket : its name
    """

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def read(self, key: str) -> bytes | None:
        """Give a file; None if there is none."""
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=checked(key))
        except self._client.exceptions.NoSuchKey:
            return None
        data: bytes = found["Body"].read()
        return data

    def read_all(self, keys: Sequence[str]) -> Iterator[bytes | None]:
        """Give several files in the order of their keys; no more than a part is in memory."""
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            for first in range(0, len(keys), _PART):
                yield from pool.map(self.read, keys[first : first + _PART])

    def write(self, key: str, data: bytes) -> None:
        """Write a file, whatever stood there."""
        self._client.put_object(Bucket=self._bucket, Key=checked(key), Body=data, Tagging=_EXPIRES)

    def write_new(self, key: str, data: bytes) -> bool:
        """Write a file unless there is one; tell whether it was written."""
        while True:
            try:
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=checked(key),
                    Body=data,
                    Tagging=_EXPIRES,
                    IfNoneMatch="*",
                )
            except ClientError as error:
                match error.response["Error"]["Code"]:
                    case "PreconditionFailed":
                        return False
                    case "ConditionalRequestConflict":  # somebody else was writing: see who won
                        continue
                raise
            return True

    def write_all_new(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Write each of several files, by key, unless there is one."""
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            for _ in pool.map(self.write_new, *zip(*files, strict=True)) if files else ():
                pass

    def keys(self, prefix: str) -> Iterator[str]:
        """Give the keys that begin with a prefix, in order."""
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=checked(prefix)):
            for each in page.get("Contents", ()):
                yield each["Key"]

    def remove(self, prefix: str) -> None:
        """Remove all files whose keys begin with a prefix."""
        names = list(self.keys(prefix))
        for first in range(0, len(names), _AT_ONCE):
            some: list[ObjectIdentifierTypeDef] = [
                {"Key": name} for name in names[first : first + _AT_ONCE]
            ]
            told = self._client.delete_objects(
                Bucket=self._bucket, Delete={"Objects": some, "Quiet": True}
            )
            if wrong := told.get("Errors"):
                raise OSError(f"{len(wrong)} files are still there; {wrong[0]['Message']}")

    def keep(self, prefix: str) -> None:
        """Keep files whose keys begin with a prefix, however old they become."""
        for name in self.keys(prefix):
            self._client.put_object_tagging(Bucket=self._bucket, Key=name, Tagging=_KEPT)

    def renew(self, prefix: str) -> None:
        """Have files whose keys begin with a prefix go as late as if they were written now."""
        for name in self.keys(prefix):
            if (data := self.read(name)) is not None:
                self.write(name, data)

    def address(self, key: str, kind: str, seconds: int) -> str | None:
        """Give an address at which a file can be had for a while; None if there is no such file."""
        try:
            self._client.head_object(Bucket=self._bucket, Key=checked(key))
        except ClientError as error:
            if error.response["Error"]["Code"] == "404":
                return None
            raise
        where = {"Bucket": self._bucket, "Key": key, "ResponseContentType": kind}
        found: str = self._client.generate_presigned_url("get_object", where, ExpiresIn=seconds)
        return found
