"""A small OpenID Connect provider on loopback, which can be told to misbehave."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

CLIENT, CLIENT_SECRET = "assistant", "a client secret"


@dataclass
class Issuer:
    """What the provider says, to be changed by a test."""

    url: str = ""
    claims: dict[str, object] = field(default_factory=dict)
    userinfo: dict[str, object] | None = None
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    signs_with: ec.EllipticCurvePrivateKey | None = None
    """Another key than the one it publishes."""
    document: dict[str, object] = field(default_factory=dict)
    """Laid over what it publishes of itself."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def press(self, url: str) -> tuple[str, str]:
        """A person at the provider's page says yes; the code and state that come back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return code, asked["state"]

    def published(self) -> dict[str, object]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            **({"userinfo_endpoint": f"{self.url}/userinfo"} if self.userinfo else {}),
            **self.document,
        }

    def jwks(self) -> dict[str, object]:
        public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "one", "alg": "ES256", "use": "sig"}]}

    def tokens(self, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if challenge != asked["code_challenge"] or asked["code_challenge_method"] != "S256":
            return 400, {"error": "invalid_grant", "error_description": "verifier"}
        if form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant", "error_description": "redirect"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 60,
                  "nonce": asked["nonce"], "email": "Mara@example.org", "email_verified": True,
                  **self.claims}  # fmt: skip
        kept = {name: value for name, value in claims.items() if value is not None}
        token = jwt.encode(
            kept, self.signs_with or self.key, algorithm="ES256", headers={"kid": "one"}
        )
        return 200, {"access_token": "access", "token_type": "Bearer", "id_token": token}


@contextmanager
def issuing() -> Iterator[Issuer]:
    """A provider that runs for the length of a test."""
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            issuer.asked.append(path)
            pages = {
                "/.well-known/openid-configuration": issuer.published(),
                "/jwks": issuer.jwks(),
                "/userinfo": issuer.userinfo or {},
            }
            signed_in = self.headers.get("authorization") == "Bearer access"
            if path == "/userinfo" and not signed_in:
                self.answer(401, {"error": "invalid_token"})
            else:
                self.answer(200 if path in pages else 404, pages.get(path, {}))

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            form = parse_qs(self.rfile.read(length).decode())
            issuer.asked.append(self.path)
            basic = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
            if self.headers.get("authorization") != f"Basic {basic}":
                self.answer(401, {"error": "invalid_client"})
            else:
                self.answer(*issuer.tokens({name: value[0] for name, value in form.items()}))

        def answer(self, status: int, body: dict[str, object]) -> None:
            written = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield issuer
    server.shutdown()
    thread.join()
    server.server_close()
