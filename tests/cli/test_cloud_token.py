"""What `kanaalkompas cloud` says of tokens that do not do."""

import base64
import json

import pytest

from tests.cli.answering import Reply
from tests.cli.cloud_served import NAME, RUN, WORKING, problem


def jwt(**claims):
    """Give a token with claims, signed by nobody."""
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"e30.{body}.signed"


LATER = 4_000_000_000


@pytest.fixture
def asked_with(ask, monkeypatch):
    """Run the command with a token."""

    def run(token, *words):
        monkeypatch.setenv("KANAALKOMPAS_TOKEN", token)
        return ask(*words)

    return run


@pytest.mark.parametrize(
    ("token", "words"),
    [
        (jwt(exp=1_700_000_000), "not accepted: it expired at 2023-11-1"),
        (jwt(exp=LATER, aud="x", iss="y"), "not accepted: it is for x and comes from y, and"),
        (jwt(exp=LATER + 0.5, aud=["x", "y"]), "not accepted: it is for x or y, and the stack may"),
        (jwt(aud="\x1b[2J"), r"not accepted: it is for \x1b[2J, and"),
        (jwt(exp="soon"), "not accepted; get a new one from your sign-in"),
        (jwt(exp=1e300), "not accepted; get a new one from your sign-in"),
        (jwt(), "not accepted; get a new one from your sign-in"),
        ("a.é.b".encode("ascii", "ignore").decode(), "not accepted; get a new one"),
        ("one", "not accepted; get a new one from your sign-in"),
    ],
)
def test_what_is_the_matter_with_a_token_is_told(api, asked_with, token, words):
    api.replies["GET /runs"] = [Reply({"message": "Unauthorized"}, 401)]
    told = asked_with(token, "status")
    assert told.code == 2
    assert f"Error: KANAALKOMPAS_TOKEN: the token is {words}" in told.err
    assert told.err.endswith("; get a new one from your sign-in\n")


@pytest.mark.parametrize(
    ("claims", "verb", "words"),
    [
        ({"scope": "a/read b"}, "cancel", "lacks the scope a/cancel; it has a/read, b; ask for"),
        ({"scp": ["api.run"]}, "status", "lacks the scope api.read; it has api.run; ask for"),
        ({}, "status", "lacks the scope kanaalkompas/read; it names none; ask for that scope"),
        ({"scope": "x/read"}, "status", "does not allow this, though it has the scope x/read; get"),
    ],
)
def test_the_scope_that_a_token_lacks_is_named(api, asked_with, claims, verb, words):
    refused = [Reply({"message": "Forbidden"}, 403)]
    api.replies |= {f"GET /runs/{NAME}": refused, f"DELETE /runs/{NAME}": refused}
    told = asked_with(jwt(**claims), verb, NAME)
    assert (told.code, f"KANAALKOMPAS_TOKEN: the token {words}" in told.err) == (2, True)


@pytest.mark.parametrize("token", ["Bearer eyJ.a.b", "bearer  eyJ.a.b", "Bearer"])
def test_the_word_bearer_is_no_part_of_a_token(api, asked_with, token):
    told = asked_with(token, "status")
    assert (told.code, "without the word Bearer" in told.err) == (2, True)
    assert api.asked == []


def test_what_the_api_says_of_a_token_is_told(api, ask):
    api.replies["GET /runs"] = [problem(401, detail="the token names no subject")]
    assert ask("status").err == "Error: the token names no subject\n"


def test_a_token_that_expires_while_a_run_goes_on_says_how_to_get_it(api, ask):
    api.replies[f"GET /runs/{NAME}"] = [Reply(WORKING), Reply({}, 401)]
    told = ask("fetch", NAME, "--out", "my results")
    assert told.code == 2
    assert f"with a new token: kanaalkompas cloud fetch {NAME} --out 'my results'\n" in told.err
    api.replies[f"GET /runs/{NAME}"] = [Reply(RUN)]
    assert ask("fetch", NAME, "--out", "my results").code == 0
