"""The product's own command line as a measured program: runs it and says its peak memory."""

from __future__ import annotations

import sys

from assistant.__main__ import main
from bench.clock import print_peak

if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    print_peak()
    sys.exit(code or 0)
