"""Who sends a request."""

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from functions.api.problems import Refusal, Why


def owner_of(app: APIGatewayHttpResolver) -> str:
    """Give the subject of the token of the request that is being answered.

    Raises
    ------
    Refusal
        When it has none: a token without a subject is nobody's.
    """
    context = app.current_event.raw_event["requestContext"]
    claims = context.get("authorizer", {}).get("jwt", {}).get("claims", {})
    if not claims.get("sub"):
        raise Refusal(Why.NOBODY, "the token names no subject (sub); sign in for one that does")
    return str(claims["sub"])
