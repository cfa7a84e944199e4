"""`make demo`: a small catalogue site with the widget on every dataset's page, and the server.

The site knows nothing of the assistant but one script tag and the key it signs its visitors'
tokens with. It listens on another port than the assistant, which makes it another origin.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import html
import json
import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

STARTER = Path(__file__).parent.parent / "catalog_sync" / "starter" / "datasets.jsonl"
KID = "demo-1"
ISSUER = "demo-catalogue"
AUDIENCE = "dataset-assistant"
SHOWN = (
    ("languages", "Languages"), ("tasks", "Tasks"), ("hours", "Hours"), ("records", "Records"),
    ("licence", "Licence"), ("publisher", "Publisher"), ("version", "Version"),
)  # fmt: skip
TAG = """
  (({ dataset }) => addEventListener("load", () => setTimeout(() => {
    const script = document.createElement("script");
    Object.assign(script.dataset, dataset);
    script.src = dataset.src;
    document.head.append(script);
  })))(document.currentScript);
"""
"""What stands in the one script tag, the same on every page of every site (docs/widget.md)."""
LAX = "frame-ancestors 'none'"
"""A policy that forbids the page nothing."""
STYLE = """
:root { --dataset-assistant-accent: #5b2a86; --dataset-assistant-radius: .4rem; }
body { font: 1rem/1.6 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  color: #222; background: #fdfcf9; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; justify-content: space-between;
  border-bottom: 2px solid #5b2a86; padding-bottom: .6rem; }
a { color: #5b2a86; } dt { font-weight: bold; } dd { margin: 0 0 .5rem; }
form { display: inline; } input, button { font: inherit; }
ul { columns: 18rem; padding-left: 1.1rem; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the site is made of."""

    datasets: dict[str, dict[str, object]]
    assistant: str
    """Address of the assistant's server."""
    key: str
    source: str = "starter"
    """Source of the cards in the assistant's catalogue."""
    audience: str = AUDIENCE
    kid: str = KID


def signed(claims: dict[str, object], *, kid: str, key: str) -> str:
    """A JWT by HMAC-SHA256, with Python's own library alone."""

    def part(value: object) -> str:
        text = value if isinstance(value, bytes) else json.dumps(value).encode()
        return base64.urlsafe_b64encode(text).rstrip(b"=").decode()

    body = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': kid})}.{part(claims)}"
    return f"{body}.{part(hmac.new(key.encode(), body.encode(), hashlib.sha256).digest())}"


def token(site: Site, email: str) -> str:
    """The site's word, for five minutes, that its visitor owns this confirmed address."""
    now = int(time.time())
    claims: dict[str, object] = {
        "iss": ISSUER, "aud": site.audience, "sub": email, "email": email,
        "email_verified": True, "iat": now, "exp": now + 300,
    }  # fmt: skip
    return signed(claims, kid=site.kid, key=site.key)


def starter() -> dict[str, dict[str, object]]:
    """The starter catalogue's lines by their id."""
    lines = STARTER.read_text(encoding="utf-8").splitlines()
    return {line["id"]: line for line in map(json.loads, lines)}


def front(site: Site) -> str:
    """The list of datasets."""
    names = sorted((str(line["name"]), key) for key, line in site.datasets.items())
    rows = "".join(
        f'<li><a href="/datasets/{quote(key)}">{html.escape(name)}</a></li>' for name, key in names
    )
    return f"<h1>All datasets</h1><ul>{rows}</ul>"


def sheet(line: dict[str, object]) -> str:
    """One dataset's facts."""
    rows = "".join(
        f"<dt>{label}</dt><dd>{html.escape(words(line[field]))}</dd>"
        for field, label in SHOWN
        if line.get(field)
    )
    name, summary = html.escape(str(line["name"])), html.escape(str(line.get("summary", "")))
    return f"<h1>{name}</h1><p>{summary}</p><dl>{rows}</dl>"


def words(value: object) -> str:
    """A fact as it is read."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def tag(site: Site, card_id: str, *, plain: bool = False) -> str:
    """The one script tag; `plain`: without code in it, for pages whose policy forbids that."""
    where = f"{html.escape(site.assistant)}/widget.js"
    said = f'data-dataset="{html.escape(card_id)}" data-token-url="/token"'
    if plain:
        return f'<script async src="{where}" {said}></script>'
    return f'<script data-src="{where}" {said}>{TAG}</script>'


def manner(site: Site, card_id: str, query: str) -> tuple[str, str]:
    """Tag and policy as the address asks: `?bare`: no tag; `?plain`; `?strict`: with a policy."""
    if query == "bare":
        return "", LAX
    return tag(site, card_id, plain=query == "plain"), policy(site) if query == "strict" else LAX


def policy(site: Site) -> str:
    """A content security policy that lets the page's tag and the chat in, and nothing else."""
    code = base64.b64encode(hashlib.sha256(TAG.encode()).digest()).decode()
    there = site.assistant
    return (
        f"default-src 'none'; script-src 'sha256-{code}' {there} 'unsafe-eval'; "
        f"connect-src 'self' {there} {there.replace('http', 'ws', 1)}; img-src {there} data:; "
        f"style-src {there} 'unsafe-inline'"
    )


def whole(title: str, body: str, email: str, script: str) -> str:
    """A page around its body."""
    if email:
        out = '<form method="post" action="/out"><button>Sign out</button></form>'
        who = f"{html.escape(email)} {out}"
    else:
        who = (
            '<form method="post" action="/in"><input name="email" type="email" required '
            'aria-label="E-mail address" placeholder="you@example.org"> '
            "<button>Sign in</button></form>"
        )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{html.escape(title)}</title>'
        f'<style>{STYLE}</style><header><a href="/">Demo catalogue</a><span>{who}</span></header>'
        f"{body}{script}</html>"
    )


def handler(site: Site) -> type[BaseHTTPRequestHandler]:
    """What answers the site's requests."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/":
                self.page("Demo catalogue", front(site), tag(site, ""))
            elif parts.path == "/token":
                email = self.email()
                self.text(200, "text/plain", token(site, email) if email else "")
            elif (key := unquote(parts.path.removeprefix("/datasets/"))) in site.datasets:
                script, strict = manner(site, f"{site.source}:{key}", parts.query)
                line = site.datasets[key]
                self.page(str(line["name"]), sheet(line), script, policy=strict)
            else:
                self.text(404, "text/plain", "No such page")

        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers.get("content-length", 0)))
            email = parse_qs(said.decode()).get("email", [""])[0] if self.path == "/in" else ""
            cookie: SimpleCookie = SimpleCookie({"demo": quote(email)})
            cookie["demo"]["httponly"] = True
            cookie["demo"]["samesite"] = "Lax"
            cookie["demo"]["path"] = "/"
            self.send_response(303)
            self.send_header("set-cookie", cookie["demo"].OutputString())
            self.send_header("location", "/")
            self.end_headers()

        def email(self) -> str:
            found = SimpleCookie(self.headers.get("cookie", "")).get("demo")
            return unquote(found.value) if found is not None else ""

        def page(self, title: str, body: str, script: str, *, policy: str = LAX) -> None:
            said = whole(title, body, self.email(), script)
            self.text(200, "text/html; charset=utf-8", said, policy=policy)

        def text(self, status: int, kind: str, body: str, *, policy: str = LAX) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-security-policy", policy)
            self.send_header("cache-control", "no-store")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Says nothing of each request."""

    return Pages


def listen(site: Site, port: int) -> ThreadingHTTPServer:
    """The site, listening on this machine; port 0 takes any free one."""
    return ThreadingHTTPServer(("127.0.0.1", port), handler(site))


def main() -> None:
    """Serve the site and the assistant until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8001, help="the site's port")
    parser.add_argument("--assistant-port", type=int, default=8000)
    options = parser.parse_args()
    key = secrets.token_urlsafe(32)
    site = Site(datasets=starter(), assistant=f"http://127.0.0.1:{options.assistant_port}", key=key)
    server = listen(site, options.port)
    where = f"http://127.0.0.1:{server.server_port}"
    environ = {
        **os.environ,
        "PORT": str(options.assistant_port),
        "DATASET_ASSISTANT_ORIGINS": where,
        "DATASET_ASSISTANT_SITE_KEYS": f"{KID}:{key}",
        "DATASET_ASSISTANT_SITE_ISSUER": ISSUER,
        "DATASET_ASSISTANT_SITE_AUDIENCE": AUDIENCE,
    }
    command = [sys.executable, "-m", "assistant", "serve"]
    with subprocess.Popen(command, env=environ) as assistant:
        print(f"The demo catalogue is at {where} (Ctrl+C ends both).")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            assistant.terminate()


if __name__ == "__main__":
    main()
