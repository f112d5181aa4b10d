"""Applications for the rule tests: as many as a test wants, and one in demonstration mode."""
from dataclasses import replace

import pytest

from award import create_app
from config import Settings
from tests import databases
from tests.conftest import SHARED


@pytest.fixture
def make_app(request, tmp_path):
    """`make_app()` gives an application on a fresh SQLite file; keywords change its settings."""
    made = []

    def make(**values):
        folder = tmp_path / str(len(made))
        folder.mkdir()
        settings = Settings(secret_key="a key for tests only, of sufficient length", data_dir=folder, testing=True,
                            database_url=databases.sqlite(request.config.stash[SHARED], folder), base_url="http://localhost:8000")
        app = create_app(replace(settings, **values))
        app.config["WTF_CSRF_ENABLED"] = False
        made.append(app)
        return app
    yield make
    for app in made:
        app.extensions["engine"].dispose()


@pytest.fixture
def demo_app(make_app):
    return make_app(demo=True)
