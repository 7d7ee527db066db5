"""Charter as it would be without a process that writes workbooks: `python -m tests.bench.unpressed`
serves, and makes them in a thread of its own process, whatever their size.
"""

import sys

import app
from handlers.service import exports

EVER_SO_MANY = 1_000_000

if __name__ == "__main__":
    exports.FEW = EVER_SO_MANY
    sys.exit(app.main(["serve"]))
