#!/usr/bin/env python3
"""One door to everything: `python3 run.py demo | test | check | manage ARGS... | bench | drill | shell | fix`.

Needs Python 3.11 and nothing else: it brings the rest into .venv and starts itself again there.
"""

import sys
from importlib import import_module

OLDEST = (3, 11)

if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    sys.dont_write_bytecode = True
    sys.exit(import_module("crm.base.launch.main").main(sys.argv[1:], __doc__))
