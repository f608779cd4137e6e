"""The database: tables, migrations and queries; SQLite and PostgreSQL through the same code."""
