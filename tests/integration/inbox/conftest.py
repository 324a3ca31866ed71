"""An inbox on each kind of database."""

from pathlib import Path

import pytest

from store.cases import Store
from tests.integration.inbox.desk import Post


@pytest.fixture
def post(store: Store, tmp_path: Path) -> Post:
    return Post(store, tmp_path)
