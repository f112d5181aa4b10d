"""The engine, the session, and the one place where a transaction ends."""
from contextlib import contextmanager

from flask import current_app, g, has_request_context, request
from sqlalchemy import MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session
from werkzeug.local import LocalProxy

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Base(DeclarativeBase):
    """Every table; constraints are named by rule so that messages and migrations can refer to them."""

    metadata = MetaData(naming_convention={
        "pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"})


def open_engine(url):
    """An engine whose connections keep what they acknowledge: SQLite in WAL with full sync and foreign keys."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
    engine = create_engine(url, connect_args={"timeout": 30, "isolation_level": None}, pool_size=20, max_overflow=40)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection, _record):
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection):
    """Readers read a snapshot and cannot write; writers take the write lock at once, so none fails half-way."""
    raw = connection.connection.dbapi_connection
    reads = connection.get_execution_options().get("postgresql_readonly", False)
    raw.execute(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
    raw.execute("BEGIN" if reads else "BEGIN IMMEDIATE")


def _reads_only():
    return has_request_context() and request.method in SAFE_METHODS


def _session():
    if "session" not in g:
        engine = current_app.extensions["engine"]
        g.session = Session(engine.execution_options(postgresql_readonly=True) if _reads_only() else engine)
    return g.session


session = LocalProxy(_session)


def init_app(app):
    """Give the application its engine and end each request's transaction."""
    app.extensions["engine"] = open_engine(app.config["DATABASE_URL"])
    app.after_request(_end_transaction)
    app.teardown_appcontext(_close)


def setting(name):
    """A setting of the running application, for use cases that need its address or folders."""
    return current_app.config[name]


def kept(name, make):
    """What this process keeps for this application under a name; made by `make()` the first time."""
    return current_app.extensions.setdefault(f"kept {name}", make())


def after_commit(act):
    """Do `act()` once, when the current transaction is durable; drop it when the transaction is not kept."""
    waiting = g.setdefault("after_commit", [])
    if act not in waiting:
        waiting.append(act)


def after_drop(act):
    """Do `act()` when the current transaction, or the one that begins next, is not kept; forget it when it is durable."""
    g.setdefault("after_drop", []).append(act)


def _end_transaction(response):
    """Keep the changes of a request that succeeded; drop those of any other."""
    if "session" in g:
        if request.method in SAFE_METHODS or response.status_code >= 400:
            drop()
        else:
            _keep()
    return response


def _keep():
    if "session" in g:
        g.session.commit()
    g.pop("after_drop", None)
    for act in g.pop("after_commit", []):
        act()


def drop():
    """Forget what the current transaction changed, and do what was to be done in that case."""
    try:
        if "session" in g:
            g.session.rollback()
    finally:
        _undo()


def _undo():
    g.pop("after_commit", None)
    for act in g.pop("after_drop", []):
        act()


def _close(_error):
    try:
        if "session" in g:
            g.pop("session").close()
    finally:
        _undo()


@event.listens_for(Session, "before_flush")
def _refuse_write_on_read(_session, _context, _instances):
    if _reads_only():
        raise RuntimeError(f"{request.method} {request.path} writes to the database")


@contextmanager
def transaction():
    """For commands, jobs and tests: kept when the block ends well, dropped when it raises."""
    try:
        yield session
        _keep()
    except BaseException:
        drop()
        raise
