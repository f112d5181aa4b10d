"""The application under test: its addresses and templates are compiled once in a process, its settings and database are each test's own."""
from contextlib import contextmanager

from sqlalchemy import event, make_url

from award import create_app, db

_made, _engines = {}, {}


@contextmanager
def application(settings):
    """The application with these settings, as if it had been made a moment ago; its connections are closed afterwards."""
    app = _as_made(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["engine"].dispose()


def _as_made(settings):
    kind = settings.demo, settings.proxies, settings.testing
    if kind not in _made:
        app = create_app(settings)
        app.extensions["engine"].dispose()
        _made[kind] = app, dict(app.config), dict(app.extensions)
    app, config, extensions = _made[kind]
    app.config.clear()
    app.config.update(config, **settings.as_flask())
    app.extensions.clear()
    app.extensions.update(extensions, engine=_engine(settings.database_url))
    return app


def _engine(url):
    """The engine for the address: one serves every SQLite file of the process in turn, so that statements are compiled once."""
    kind = "sqlite" if url.startswith("sqlite") else url
    if kind not in _engines:
        _engines[kind] = db.open_engine(url)
        event.listen(_engines[kind], "do_connect", lambda dialect, _record, cargs, _cparams: cargs.__setitem__(
            slice(None), dialect.create_connect_args(_engines[kind].url)[0]))
    _engines[kind].url = make_url(url)
    return _engines[kind]
