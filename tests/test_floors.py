"""The house's floors and doors: who may import what, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WINGS = ("catalog_sync", "indexer", "prompts", "assistant", "app")

CARDS = {"card", "clauses", "languages", "vocab", "stored", "store", "lock", "source"}
"""What the indexer reads cards with, and follows the store by."""
ABOVE = ("assistant.wiring", "assistant.serve", "assistant.worker", "assistant.commands",
         "assistant.__main__", "assistant.faces", "assistant.fill", "app")  # fmt: skip
"""What nothing below may know."""
FACES_MAY = (
    "assistant.desk", "assistant.reply", "assistant.need", "assistant.use",
    "assistant.terms.values", "assistant.terms.batch", "assistant.terms.combine",
    "assistant.coverage", "assistant.access", "assistant.identity",
    "assistant.rate",
    "assistant.faces.render", "assistant.faces.written", "assistant.phrases", "assistant.named",
    "assistant.access.values", "assistant.access.values_owner",
    "assistant.access.commands", "assistant.access.words", "assistant.access.form",
    "assistant.terms.acts", "assistant.terms.combine_pair", "assistant.terms.worded",
    "assistant.feedback", "assistant.history", "assistant.loading",
    "assistant.faces.page", "assistant.faces.transcript", "assistant.faces.welcome",
    "assistant.access.office",
    "assistant.slack_rules",
    "assistant.access.messages", "assistant.access.letter_paste", "assistant.access.deliver",
    "assistant.access.outbox", "assistant.access.paper",
)  # fmt: skip

OF_THE_CHAT = ("assistant.faces.chat", "assistant.faces.elements")
"""The chat page's own face: what `app.py` and its pieces may know of each other."""

DOORS: dict[str, tuple[str, ...]] = {
    "faiss": ("indexer.vectors",),
    "sentence_transformers": ("indexer.embed",),
    "torch": ("indexer.embed",),
    "transformers": ("indexer.embed",),
    "onnxruntime": ("indexer.embed",),
    "onnx": ("indexer.embed",),
    "onnxscript": ("indexer.embed",),
    "tokenizers": ("indexer.embed",),
    "Stemmer": ("indexer.lexical", "indexer.tokens"),
    "llama_index": ("indexer.llama",),
    "openai": ("assistant.llm",),
    "babel": ("assistant.phrases",),
    "chainlit": ("app", "assistant.serve", "assistant.faces.chat"),
    "fastapi": ("assistant.serve", "assistant.faces.rest", "assistant.faces.pages",
                "assistant.faces.slack", "assistant.faces.mcp", "assistant.faces.widget"),
    "uvicorn": ("assistant.serve",),
    "starlette": ("app", "assistant.serve", "assistant.faces.chat", "assistant.faces.rest",
                  "assistant.faces.pages",
                  "assistant.faces.slack", "assistant.faces.mcp", "assistant.faces.widget"),
    "jinja2": ("assistant.faces.pages",),
    "mcp": ("assistant.faces.mcp",),
    "slack_bolt": ("assistant.faces.slack",),
    "slack_sdk": ("assistant.faces.slack",),
    "jwt": ("assistant.identity",),
    "cryptography": ("assistant.secret",),
    "prometheus_client": ("assistant.metrics",),
    "rich": ("assistant.faces.terminal", "assistant.commands"),
    "argparse": ("assistant.__main__", "assistant.commands", "indexer"),
    "sqlalchemy": ("catalog_sync.store", "catalog_sync.schema", "catalog_sync.migrations",
                   "assistant.allowance", "assistant.memory", "assistant.wishes",
                   "assistant.wiring",
                   "assistant.access.tables", "assistant.access.ledger", "assistant.access.people",
                   "assistant.access.owners", "assistant.access.outbox", "assistant.access.watches",
                   "assistant.access.announce", "assistant.access.catalogue",
                   "assistant.access.chain", "assistant.access.due",
                   "assistant.access.keep", "assistant.access.lookup", "assistant.access.office",
                   "assistant.access.opening", "assistant.access.roles",
                   "assistant.identity_store", "assistant.feedback", "assistant.history",
                   "assistant.faces.slack_store"),
    "alembic": ("catalog_sync.store", "catalog_sync.migrations"),
    # The webhook needs a client without retries, redirects and proxies.
    "httpx": ("catalog_sync.http", "assistant.llm", "assistant.access.deliver_webhook"),
    "httpx2": ("assistant.identity_oidc",),
    "authlib": ("assistant.identity_oidc",),
    "huggingface_hub": ("catalog_sync.sources.huggingface",),
    "yaml": ("catalog_sync.sources",),
    "license_expression": ("catalog_sync.licences",),
    "pycountry": ("assistant.terms.tier_words",),
    "rapidfuzz": ("catalog_sync.language_spelling", "assistant.understand.spelling"),
    "spellchecker": ("assistant.understand.spelling",),
    "PIL": ("assistant.faces.slack_chart",),
}  # fmt: skip
"""Package -> the modules that may open it; a name also covers the files that carry it on
(`embed_copy`, `store_read`) and the modules below it."""

PURE = (
    "catalog_sync.card", "catalog_sync.clauses", "catalog_sync.filter", "catalog_sync.vocab",
    "catalog_sync.languages", "catalog_sync.language", "catalog_sync.licences",
    "catalog_sync.terms", "catalog_sync.normalise", "catalog_sync.vet", "catalog_sync.same",
    "catalog_sync.territories", "indexer.passages", "indexer.tokens", "assistant.need",
    "assistant.use", "assistant.dialogue", "assistant.phrases", "assistant.spoken",
    "assistant.access.address", "assistant.access.values", "assistant.access.commands",
    "assistant.access.events", "assistant.access.table", "assistant.access.fold",
    "assistant.access.decide", "assistant.access.form", "assistant.access.grants",
    "assistant.access.scopes",
    "assistant.access.words", "assistant.access.messages", "assistant.access.paper",
    "assistant.access.letter", "assistant.access.remind", "assistant.access.mail_server",
    "assistant.access.told", "assistant.loading", "assistant.reply", "assistant.terms",
    "assistant.understand",
    "assistant.grounding", "assistant.llm_config", "assistant.llm_schema",
    "assistant.llm_values", "assistant.rerank", "assistant.wording",
    "assistant.faces.render", "assistant.faces.elements", "assistant.faces.page",
    "assistant.faces.wire",
    "assistant.faces.slack_blocks", "assistant.faces.slack_heard",
    "assistant.faces.slack_modal", "assistant.faces.slack_parts", "assistant.slack_rules",
)  # fmt: skip
OUTSIDE = {"os", "time", "random", "secrets", "uuid", "socket", "subprocess", "shutil",
           "tempfile", "urllib.request", "sqlite3", "logging"}  # fmt: skip
CLOCK = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today")}


@cache
def modules() -> dict[str, ast.Module]:
    """Module name -> its tree, for every file of the product."""
    files = [
        ROOT / "app.py",
        *(file for wing in WINGS[:-1] for file in ROOT.glob(f"{wing}/**/*.py")),
    ]
    found = {}
    for file in files:
        parts = file.relative_to(ROOT).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        found[name] = ast.parse(file.read_text(encoding="utf-8"))
    return found


@cache
def imports(tree: ast.AST) -> tuple[str, ...]:
    """Every module a tree imports, also inside functions and for types only."""
    return tuple(_imports(tree))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in modules() else node.module


@cache
def ours() -> dict[str, frozenset[str]]:
    """Module -> the modules of the product that it imports."""
    return {
        name: frozenset(each for each in imports(tree) if each in modules() and each != name)
        for name, tree in modules().items()
    }


def covers(allowed: str, name: str) -> bool:
    """Whether a rule for `allowed` speaks of the module `name`."""
    return name == allowed or name.startswith((f"{allowed}.", f"{allowed}_"))


def edges() -> list[tuple[str, str]]:
    return sorted((name, other) for name, found in ours().items() for other in found)


def wing(name: str) -> str:
    return name.split(".")[0]


def test_the_bottom_floor_and_the_prompts_know_no_other_wing() -> None:
    wrong = [
        (name, other)
        for name, other in edges()
        if wing(name) in ("catalog_sync", "prompts") and wing(other) != wing(name)
    ]
    assert not wrong


def test_the_indexer_knows_of_the_catalogue_only_what_it_reads_cards_with() -> None:
    wrong = [
        (name, other)
        for name, other in edges()
        if wing(name) == "indexer"
        and wing(other) != "indexer"
        and not (wing(other) == "catalog_sync" and other.split(".")[-1] in CARDS)
    ]
    assert not wrong


def test_the_assistant_knows_of_the_other_wings_only_their_doors() -> None:
    free = ("assistant.wiring", "assistant.commands", "assistant.fill")
    doors = ("indexer.search", "indexer.errors", "prompts.load")
    wrong = [
        (name, other)
        for name, other in edges()
        if wing(name) == "assistant"
        and wing(other) in ("indexer", "prompts")
        and other not in doors
        and not any(covers(each, name) for each in free)
    ]
    assert not wrong


def test_nothing_below_knows_a_face_or_how_the_house_is_wired() -> None:
    wrong = [
        (name, other)
        for name, other in edges()
        if any(covers(each, other) for each in ABOVE)
        and not any(covers(each, name) for each in ABOVE)
    ]
    assert not wrong


def family(name: str) -> str:
    """The face that a module belongs to: `slack` for `slack_blocks`."""
    return name.split("_")[0] if name.startswith("assistant.faces.") else name


def is_of_the_chat(name: str) -> bool:
    """Whether a module is the chat page's: `app`, or one of its pieces."""
    return name == "app" or any(covers(each, name) for each in OF_THE_CHAT)


def test_a_face_calls_the_desk_and_no_room_behind_it() -> None:
    faces = [name for name in modules() if name == "app" or name.startswith("assistant.faces.")]
    rooms = ("catalog_sync.languages", "catalog_sync.vocab", "catalog_sync.card",
             "catalog_sync.clauses", "catalog_sync.stored",
             "catalog_sync.language_answer", "catalog_sync.territories")  # fmt: skip
    wrong = [
        (name, other)
        for name in faces
        for other in ours()[name]
        if other not in (*FACES_MAY, *rooms)
        and family(other) != family(name)
        and not (is_of_the_chat(name) and is_of_the_chat(other))
        and not (name == "app" and other == "assistant.wiring")
        and other not in ("assistant", "assistant.faces")
    ]
    assert not wrong


@pytest.mark.parametrize("package", sorted(DOORS))
def test_each_package_is_opened_behind_its_own_door_only(package: str) -> None:
    users = {
        name
        for name, tree in modules().items()
        if any(each.split(".")[0] == package for each in imports(tree))
    }
    wrong = {name for name in users if not any(covers(door, name) for door in DOORS[package])}
    assert not wrong


def pure_rooms() -> list[str]:
    return sorted(name for name in modules() if any(covers(room, name) for room in PURE))


@pytest.mark.parametrize("name", pure_rooms())
def test_a_pure_room_knows_no_door_no_clock_and_no_environment(name: str) -> None:
    tree = modules()[name]
    outside = {each for each in imports(tree) if each in OUTSIDE or each.split(".")[0] in OUTSIDE}
    asked = {
        (node.value.id, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert not outside
    assert not asked & CLOCK


def test_no_two_modules_import_each_other_by_whatever_way() -> None:
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path[path.index(name) :], name))
        if name not in done:
            for other in sorted(ours()[name]):
                walk(other, (*path, name))
            done.add(name)

    for name in sorted(modules()):
        walk(name, ())


def at_import(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls that run when the module is imported: not those inside functions."""
    stack: list[ast.AST] = list(tree.body)
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'":
            continue
        if isinstance(node, ast.Call):
            yield node
        stack.extend(ast.iter_child_nodes(node))


@pytest.mark.parametrize("name", sorted(modules()))
def test_importing_a_module_opens_nothing(name: str) -> None:
    busy = {"open", "read_text", "read_bytes", "connect", "create_engine", "loads", "load",
            "from_env", "getenv", "print", "resolve"}  # fmt: skip
    called = {
        each.func.attr if isinstance(each.func, ast.Attribute) else getattr(each.func, "id", "")
        for each in at_import(modules()[name])
    }
    assert not called & busy


def test_only_the_wiring_and_the_edges_read_the_environment() -> None:
    # embed_model, serve and commands.run set switches of libraries and read nothing.
    allowed = {"assistant.wiring", "assistant.__main__", "assistant.serve", "assistant.serve_chat",
               "assistant.commands.run", "indexer.embed_model"}  # fmt: skip
    readers = {
        name
        for name, tree in modules().items()
        if any(
            isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
            and isinstance(node.value, ast.Name) and node.value.id == "os"
            for node in ast.walk(tree)
        )
    }  # fmt: skip
    assert readers <= allowed


@pytest.mark.parametrize("name", sorted(modules()))
def test_each_module_opens_with_what_it_is_for(name: str) -> None:
    text = ast.get_docstring(modules()[name])
    assert text, f"{name} has no docstring"
