"""Quotas of AWS that a large question could meet, as its pages state them.

Read on 29 November 2026 in stored copies of these pages, which bear no date.
"""

from dataclasses import dataclass
from typing import Final

_LAMBDA: Final = "https://docs.aws.amazon.com/lambda/latest/dg/limits.html"
_SCALING: Final = "https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html"
_STATES: Final = "https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html"
_TABLE: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html"
_BUCKET: Final = "https://repost.aws/knowledge-center/http-5xx-errors-s3"
_GATEWAY: Final = "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"


@dataclass(frozen=True)
class Quota:
    """A quota.

    Attributes
    ----------
    name : of the quota, with its unit
    allowed : in Ireland, unless AWS was asked for more
    asks : which of the numbers that `benchmarks.scale` computes it bounds
    more : whether AWS gives more when asked
    source : page of AWS
    """

    name: str
    allowed: int
    asks: str
    more: bool
    source: str


QUOTAS: Final = (
    Quota("Lambda: concurrent executions", 1_000, "lambdas", True, _LAMBDA),
    Quota("Lambda: more of them in 10 seconds, of a function", 1_000, "lambdas", False, _SCALING),
    Quota("Step Functions: open map runs", 1_000, "runs", False, _STATES),
    Quota("Step Functions: children at a time, of a map run", 10_000, "at_once", False, _STATES),
    Quota("Step Functions: children begun in a second, of a map run", 1_000, "run", False, _STATES),
    Quota("Step Functions: executions begun at once", 1_300, "runs", True, _STATES),
    Quota("Step Functions: state transitions in a second", 5_000, "transitions", True, _STATES),
    Quota("DynamoDB: writes in a second, of a partition", 1_000, "run", False, _TABLE),
    Quota("DynamoDB: reads in a second, of a partition", 3_000, "items", False, _TABLE),
    Quota("DynamoDB: writes in a second, of a new table", 4_000, "writes", False, _TABLE),
    Quota("S3: writes in a second, of a prefix", 3_500, "items", False, _BUCKET),
    Quota("S3: reads in a second, of a prefix", 5_500, "reads", False, _BUCKET),
    Quota("API Gateway: requests in a second", 10_000, "requests", True, _GATEWAY),
)
"""In the order of the page."""
