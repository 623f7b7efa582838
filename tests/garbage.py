"""What is imported and collected lives as long as the run: Python need not look for garbage in it again and again.

With some thousand tests in memory that was a tenth of their time.
"""

import gc

import pytest

THRESHOLDS = 50_000, 20, 50


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
