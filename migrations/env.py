"""How a migration runs: against the database of the settings, in one transaction, one at a time."""
from alembic import context
from sqlalchemy import event, text

import award.models  # noqa: F401  (fills the metadata)
import config
from award import db

LOCK = 0x41574152


def database_url():
    """The address that the caller gave, or that of the settings."""
    return context.config.attributes.get("database_url") or config.from_environment().database_url


def run():
    """Migrate. SQLite copies tables to alter them, which foreign keys would take for deletion: off, then checked."""
    engine = db.open_engine(database_url())
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=OFF"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        migrate(connection)
        if engine.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise RuntimeError("The migration left a row that refers to nothing; the database is as it was before.")
    engine.dispose()


def migrate(connection):
    """Run the migrations that are due on this connection."""
    context.configure(
        connection=connection, target_metadata=db.Base.metadata, render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True, compare_type=True, user_module_prefix="types.", render_item=render_item)
    with context.begin_transaction():
        context.run_migrations()


def render_item(kind, item, autogen_context):
    """Our column types by their own name, imported where a migration uses them."""
    if kind == "type" and type(item).__module__ == "award.models.types":
        autogen_context.imports.add("from award.models import types")
        return f"types.{type(item).__name__}()"
    return False


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database; there is no offline mode.")
run()
