"""A small catalogue for every source of the registry, composed by us in its real shape."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from tests.catalog_sync.sources.collective import Collective, dataset
from tests.catalog_sync.sources.hub import Hub, listed
from tests.catalog_sync.sources.loopback import Asked, Reply

DATA = Path(__file__).parents[2] / "data"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One way to read one source."""

    source: str
    how: str
    ids: frozenset[str]
    broken: frozenset[str]
    """Ids under which the records that cannot be read are named."""
    lay: Callable[[Path], Path] | None = None
    """Writes the files under a folder; what it returns is the path to read."""
    answer: Callable[[Asked], Reply] | None = None
    """Answers the calls of a live source."""
    address: str = ""
    """Behind the server's own."""


def lay_mdc(folder: Path) -> Path:
    shutil.copytree(DATA / "mdc", folder / "mdc")
    broken = [{"id": "cmzzz0001stone", "spans": []}, dataset(7, name="")]
    (folder / "mdc" / "zz.json").write_text(json.dumps(broken), encoding="utf-8")
    return folder / "mdc"


def lay_huggingface(folder: Path) -> Path:
    shutil.copytree(DATA / "huggingface", folder / "cards")
    (folder / "cards" / "torn.md").write_text("---\nlicense: [mit\n---\n", encoding="utf-8")
    for number in range(150):
        text = f"---\nlicense: mit\npretty_name: Card {number}\n---\n"
        (folder / "cards" / f"card_{number:03d}.md").write_text(text, encoding="utf-8")
    return folder / "cards"


def lay_croissant(folder: Path) -> Path:
    shutil.copytree(DATA / "croissant", folder / "croissant")
    (folder / "croissant" / "torn.json").write_text('{"@type"', encoding="utf-8")
    for number in range(150):
        thing = {"@type": "Dataset", "name": f"thing {number}"}
        name = f"thing_{number:03d}.json"
        (folder / "croissant" / name).write_text(json.dumps(thing), encoding="utf-8")
    return folder / "croissant"


def lay_aws(folder: Path) -> Path:
    (folder / "aws").mkdir()
    for number in range(150):
        (folder / "aws" / f"tide-{number:03d}.yaml").write_text(
            f"Name: Tides {number}\nDescription: Heights of the tide.\nLicense: CC-BY-4.0\n"
            "Documentation: https://example.org/tides\nManagedBy: Tide Office\n"
            "Contact: tides@example.org\nUpdateFrequency: Daily\nTags:\n  - oceans\n"
            "Resources:\n  - Description: Heights\n    ARN: arn:aws:s3:::tides\n"
            "    Region: eu-west-1\n    Type: S3 Bucket\n",
            encoding="utf-8",
        )
    (folder / "aws" / "torn.yaml").write_text("Name: [unclosed\n", encoding="utf-8")
    return folder / "aws"


def lay_commonvoice(folder: Path) -> Path:
    clip = {"buckets": {"validated": 8}, "clips": 10, "users": 3, "duration": 7_200_000}
    hours = {"totalHrs": 2.0, "validHrs": 1.5, "size": 4096}
    locales: dict[str, object] = {
        locale: {**clip, **hours} for locale in ("cy", "ga-IE", "rm-sursilv", "nan-tw", "br")
    }
    (folder / "cv").mkdir()
    for version, day in (("24.0", "2025-12-05"), ("25.0", "2026-03-09")):
        name = f"cv-corpus-{version}-{day}.json"
        text = json.dumps({"locales": locales, "totalHrs": 10})
        (folder / "cv" / name).write_text(text, encoding="utf-8")
    spoken = {"clips": 4, "users": 2, "duration": {"total_hrs": 0.5, "validated_hrs": 0.25}}
    text = json.dumps({"locales": {"cy": spoken}})
    (folder / "cv" / "sps-corpus-3.0-2026-03-09.json").write_text(text, encoding="utf-8")
    (folder / "cv" / "cv-corpus-23.0-2025-09-01.json").write_text("{", encoding="utf-8")
    return folder / "cv"


def lay_cards(folder: Path) -> Path:
    lines = [
        json.dumps({"id": f"kiln-{number:03d}", "name": f"Kiln {number}"}) for number in range(300)
    ]
    lines[7] = '{"id": "kiln-007", "nam": "A slip of the pen"}'
    lines[9] = '{"id": "kiln-008", "name": "Twice"}'
    (folder / "cards").mkdir()
    (folder / "cards" / "kilns.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "cards" / "more.jsonl").write_text(
        '{"id": "oven", "name": "Oven"}\n', encoding="utf-8"
    )
    return folder / "cards"


def starter_ids() -> frozenset[str]:
    content = files("catalog_sync").joinpath("starter", "datasets.jsonl").read_text("utf-8")
    return frozenset(json.loads(line)["id"] for line in content.splitlines())


def broken_collective() -> Collective:
    rows = [dataset(number) for number in range(250)]
    return Collective([*rows, dataset(900, name=None)])


def broken_hub() -> Hub:
    rows = [listed(f"hills/songs_{number}") for number in range(7)]
    return Hub([*rows, listed("hills/odd", createdAt="never")])


SAMPLES = (
    Sample(
        source="mdc",
        how="saved",
        ids=frozenset(
            {f"cmaaa000{n}river" for n in (1, 2, 3)} | {f"cmbbb000{n}stone" for n in (1, 2)}
        ),
        broken=frozenset({"cmzzz0001stone", "c0000007data"}),
        lay=lay_mdc,
    ),
    Sample(
        source="mdc",
        how="live",
        ids=frozenset(f"c{number:07d}data" for number in range(250)),
        broken=frozenset({"c0000900data"}),
        answer=broken_collective(),
        address="/api",
    ),
    Sample(
        source="huggingface",
        how="folder",
        ids=frozenset(
            {"loom_talks", "spindle", "weaver_guild", "bobbin"}
            | {f"card_{number:03d}" for number in range(150)}
        ),
        broken=frozenset({"torn"}),
        lay=lay_huggingface,
    ),
    Sample(
        source="huggingface",
        how="live",
        ids=frozenset(f"hills/songs_{number}" for number in range(7)),
        broken=frozenset({"hills/odd"}),
        answer=broken_hub(),
    ),
    Sample(
        source="croissant",
        how="folder",
        ids=frozenset(
            {"harbour", "lantern", "old/quarry"} | {f"thing_{number:03d}" for number in range(150)}
        ),
        broken=frozenset({"torn"}),
        lay=lay_croissant,
    ),
    Sample(
        source="aws",
        how="folder",
        ids=frozenset(f"tide-{number:03d}" for number in range(150)),
        broken=frozenset({"torn"}),
        lay=lay_aws,
    ),
    Sample(
        source="commonvoice",
        how="folder",
        ids=frozenset(
            {f"scripted-25.0-{code}" for code in ("cy", "ga-IE", "rm-sursilv", "nan-tw", "br")}
            | {"spontaneous-3.0-cy"}
        ),
        broken=frozenset({"cv-corpus-23.0-2025-09-01.json"}),
        lay=lay_commonvoice,
    ),
    Sample(
        source="cards",
        how="folder",
        ids=frozenset(
            {f"kiln-{number:03d}" for number in range(300) if number not in (7, 9)} | {"oven"}
        ),
        broken=frozenset({"kilns.jsonl, line 8", "kilns.jsonl, line 10"}),
        lay=lay_cards,
    ),
    Sample(source="starter", how="package", ids=starter_ids(), broken=frozenset()),
)
