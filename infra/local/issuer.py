"""A small OpenID issuer, for this machine only: whoever asks for a token gets it."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import RSAKey

from infra.local.ports import HOST

AUDIENCE: Final = "kanaalkompas"
SCOPES: Final = "kanaalkompas/read kanaalkompas/run kanaalkompas/cancel"
BITS: Final = 2048
HOUR: Final = 3_600


class Issuer:
    """Gives tokens, and the key that shows they are its own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._key = RSAKey.generate_key(BITS, {"use": "sig", "alg": "RS256"}, auto_kid=True)

    def token(
        self,
        subject: str = "local",
        scope: str = SCOPES,
        audience: str = AUDIENCE,
        seconds: int = HOUR,
    ) -> str:
        """Give a token.

        Parameters
        ----------
        subject : whose it is
        scope : what it allows, separated by spaces
        audience : for whom it is meant
        seconds : how long it is valid; a token of less than 0 has expired
        """
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.address,
            "sub": subject,
            "aud": audience,
            "iat": now - 1 + min(0, seconds),
            "exp": now + seconds,
            "scope": scope,
        }
        token: str = jwt.encode({"alg": "RS256", "kid": self._key.kid}, claims, self._key)
        return token

    def pages(self) -> dict[str, dict[str, Any]]:
        """Give what can be read, by path."""
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.address,
                "jwks_uri": f"{self.address}/jwks",
                "token_endpoint": f"{self.address}/token",
                "response_types_supported": ["token"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "grant_types_supported": ["client_credentials"],
            },
            "/jwks": {"keys": [self._key.as_dict(private=False)]},
        }


@contextmanager
def issuing(port: int) -> Iterator[Issuer]:
    """Have an issuer answer at a port."""
    issuer = Issuer(f"http://{HOST}:{port}")
    with ThreadingHTTPServer((HOST, port), _answering(issuer)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield issuer
        finally:
            server.shutdown()


def _answering(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Answers(BaseHTTPRequestHandler):
        """Answers `GET` of what is known, and `POST /token` with a form.

        Who accepts plain text gets the token alone.
        """

        def do_GET(self) -> None:
            self._send(issuer.pages().get(self.path))

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            form = {name: values[-1] for name, values in parse_qs(text).items()}
            granted = _granted(issuer, form) if self.path == "/token" else None
            if granted and self.headers.get("Accept") == "text/plain":
                self._answer(200, "text/plain", granted["access_token"])
            else:
                self._send(granted)

        def _send(self, page: dict[str, Any] | None) -> None:
            told = json.dumps(page or {"error": "not_found"})
            self._answer(200 if page else 404, "application/json", told)

        def _answer(self, status: int, kind: str, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    return Answers


def _granted(issuer: Issuer, form: dict[str, str]) -> dict[str, Any]:
    """Give a token as a form wants it: `sub`, `scope`, `audience`, `expires_in`."""
    seconds = int(form.get("expires_in", HOUR))
    scope = form.get("scope", SCOPES)
    token = issuer.token(form.get("sub", "local"), scope, form.get("audience", AUDIENCE), seconds)
    return {
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": seconds,
        "scope": scope,
    }
