"""What the tests themselves stand on: a database of one's own, on both engines."""

from pathlib import Path

import psycopg

from painprogram import i18n, settings


def test_that_a_test_has_a_database_without_fault(database) -> None:
    assert database.faults() == []


def test_that_a_new_address_leads_to_nothing(new_url: str, engine: str) -> None:
    if engine == "sqlite":
        assert not Path(new_url.removeprefix("sqlite:///")).exists()
    else:
        with psycopg.connect(new_url) as server:
            found = server.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
            assert found.fetchone() == (0,)


def test_that_two_addresses_are_two_databases(url: str, new_url: str) -> None:
    assert url != new_url


def test_that_the_server_is_met_as_a_role_that_row_policies_bind(new_url: str, engine: str) -> None:
    if engine == "postgresql":
        with psycopg.connect(new_url) as server:
            found = server.execute(
                "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            )
            assert found.fetchone() == (False,)


def test_that_a_test_has_a_home_of_its_own_that_is_empty(home: Path) -> None:
    assert settings.home() == home
    assert not home.exists()


def test_that_a_test_reads_english_first_of_all() -> None:
    assert i18n.language() == "en"
    i18n.set_language("sv")


def test_that_the_language_of_another_test_is_forgotten() -> None:
    assert i18n.language() == "en"
