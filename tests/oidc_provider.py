"""A small OpenID provider as its own process over HTTP: code flow with PKCE, signed tokens, and lies on demand.

``python -m tests.oidc_provider PORT``. POST /say {"claims": {...}, "lie": "..."} sets whom it vouches for next.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "casewright", "a-secret-only-for-tests"
KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}, private=True) for _ in range(2))
STATE: dict[str, Any] = {"claims": {}, "lie": "", "codes": {}}


class Provider(BaseHTTPRequestHandler):
    """The few addresses of the code flow."""

    def do_GET(self) -> None:
        """Discovery, keys, and the page that would ask who it is: here it vouches at once."""
        parts = urlsplit(self.path)
        asked = {name: said[0] for name, said in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self._send({
                "issuer": self._issuer(), "authorization_endpoint": f"{self._issuer()}/authorize",
                "token_endpoint": f"{self._issuer()}/token", "jwks_uri": f"{self._issuer()}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            })  # fmt: skip
        elif parts.path == "/keys":
            self._send({"keys": [KEY.as_dict(private=False)]})
        elif parts.path == "/authorize":
            code = secrets.token_urlsafe(12)
            STATE["codes"][code] = asked
            back = {"code": code, "state": "another" if STATE["lie"] == "state" else asked["state"]}
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
            self.end_headers()

    def do_POST(self) -> None:
        """A code for a token, once, to the client that asked; or what the tests want said next."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/say":
            STATE.update(json.loads(body))
            return self._send({})
        said = {name: value[0] for name, value in parse_qs(body.decode()).items()}
        asked = STATE["codes"].pop(said.get("code", ""), None)
        if asked is None or not self._is_client() or not _proves(asked, said):
            return self._send({"error": "invalid_grant"}, 400)
        return self._send({"access_token": "x", "token_type": "Bearer", "id_token": self._token(asked)})

    def _token(self, asked: dict[str, str]) -> str:
        lie, now = STATE["lie"], int(time.time())
        claims = {
            "iss": "https://elsewhere.example" if lie == "issuer" else self._issuer(),
            "aud": "another" if lie == "audience" else CLIENT,
            "nonce": "another" if lie == "nonce" else asked["nonce"],
            "iat": now - 7200 if lie == "expired" else now,
            "exp": now - 3600 if lie == "expired" else now + 300,
            **STATE["claims"],
        }
        if lie == "unsigned":
            parts = [json.dumps(each).encode() for each in ({"alg": "none"}, claims)]
            return ".".join(base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in parts) + "."
        return jwt.encode({"alg": "RS256", "kid": "1"}, claims, OTHER_KEY if lie == "key" else KEY)

    def _is_client(self) -> bool:
        given = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        return given == f"{CLIENT}:{SECRET}"

    def _issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def _send(self, said: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _proves(asked: dict[str, str], said: dict[str, str]) -> bool:
    """PKCE: whoever brings the code also holds the verifier that was hashed when it was asked for."""
    made = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
    return challenge == asked.get("code_challenge") and asked["redirect_uri"] == said.get("redirect_uri")


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider)
    print(server.server_address[1], flush=True)
    server.serve_forever()
