"""Packs the licence texts that the table is quoted from, for the test of the quotations.

    python scripts/licence_texts.py FOLDER

FOLDER holds `*.LICENSE` files as in the `scancode-toolkit` wheel (licensedcode/data/licenses,
data under CC-BY-4.0). Only the texts named by a row of the table go into
`tests/data/licence_texts.tar.gz`, without the wheel's own metadata.
"""

import gzip
import io
import sys
import tarfile
from pathlib import Path

from catalog_sync.licences import rows

PACK = Path(__file__).parent.parent / "tests" / "data" / "licence_texts.tar.gz"


def main(folder: Path) -> int:
    """Write the pack; returns the number of texts that were missing."""
    stems = sorted({stem for row in rows().values() for stem in (row.text or "").split()})
    missing = [s for s in stems if not (folder / f"{s}.LICENSE").is_file()]
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for stem in stems:
            if stem in missing:
                continue
            stated = (folder / f"{stem}.LICENSE").read_text(encoding="utf-8")
            text = stated.split("---", 2)[2].strip().encode()
            entry = tarfile.TarInfo(f"{stem}.txt")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
    PACK.parent.mkdir(parents=True, exist_ok=True)
    PACK.write_bytes(gzip.compress(packed.getvalue(), mtime=0))
    for stem in missing:
        print(f"no text for {stem!r} in {folder}", file=sys.stderr)
    print(f"{len(stems) - len(missing)} texts, {PACK.stat().st_size} bytes in {PACK.name}")
    return len(missing)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
