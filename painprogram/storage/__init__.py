"""The database: tables, transactions, journal, access log, migrations. Only here is one opened."""
