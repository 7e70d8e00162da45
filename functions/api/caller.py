"""Who sends a request."""

from typing import Final

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

LOCAL: Final = "local"
"""Whoever sits at this machine: `serve` asks for no token."""


def owner_of(app: APIGatewayHttpResolver) -> str:
    """Give the subject of the token of the request that is being answered."""
    context = app.current_event.raw_event["requestContext"]
    claims = context.get("authorizer", {}).get("jwt", {}).get("claims", {})
    return str(claims.get("sub", LOCAL))
