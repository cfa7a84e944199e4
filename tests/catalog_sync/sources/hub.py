"""A small Hugging Face Hub that speaks its dataset listing, composed by us."""

from __future__ import annotations

from tests.catalog_sync.sources.loopback import Asked, Reply, json_reply


def listed(native_id: str, **changed: object) -> dict[str, object]:
    """A dataset as the Hub's listing shows it."""
    return {
        "_id": "621ffdd236468d709f181d58",
        "id": native_id,
        "author": native_id.split("/")[0],
        "cardData": {
            "language": ["cy"],
            "license": "cc-by-4.0",
            "task_categories": ["text-classification"],
            "pretty_name": f"Pretty {native_id}",
            "size_categories": ["1K<n<10K"],
        },
        "disabled": False,
        "gated": False,
        "lastModified": "2026-05-06T07:08:09.000Z",
        "createdAt": "2025-01-02T03:04:05.000Z",
        "likes": 3,
        "mainSize": 4096,
        "downloads": 12,
        "private": False,
        "sha": "0" * 40,
        "description": "\n\t\n\t\tDataset Card for X\n\t\n\nSongs of the hills.\n… See the full "
        "description on the dataset page: https://huggingface.co/datasets/x.",
        "tags": [
            "task_categories:text-classification",
            "language:cy",
            "license:cc-by-4.0",
            "modality:text",
            "format:parquet",
            "doi:10.57967/hf/0001",
            "region:us",
            "hills",
        ],
        **changed,
    }


class Hub:
    """Speaks the Hub's listing: pages by a cursor in the Link header, one dataset, its card."""

    def __init__(self, rows: list[dict[str, object]], *, page: int = 2) -> None:
        self.rows = rows
        self.page = page
        self.cards: dict[str, str] = {}

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == "/api/datasets":
            start = int(asked.query.get("cursor", "0"))
            end = start + self.page
            following = (
                f"<http://{asked.headers['host']}/api/datasets?expand=cardData&cursor={end}>"
            )
            headers = {"Link": f'{following}; rel="next"'} if end < len(self.rows) else {}
            return json_reply(self.rows[start:end], headers=headers)
        if asked.path.endswith("/raw/main/README.md"):
            found = self.cards.get(asked.path.split("/raw/")[0].removeprefix("/datasets/"))
            return Reply(body=found.encode()) if found else Reply(status=404)
        native_id = asked.path.removeprefix("/api/datasets/")
        rows = [row for row in self.rows if row["id"] == native_id]
        return json_reply(rows[0]) if rows else json_reply({"error": "No"}, status=401)
