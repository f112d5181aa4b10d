"""Commands that need the settings and the database; `award.cli` holds the command line itself."""
