"""Open a connection; say in one line what is wrong with it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from geo.errors import MissingExtraError, OptionError, OutputError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from geo.database.address import Address

PATIENCE: Final = 20.0
"""Seconds to wait for a server that does not answer."""
_KEYS: Final = "PGPASSWORD or ~/.pgpass"


@asynccontextmanager
async def connection(address: Address) -> AsyncIterator[Any]:
    """Give a connection, and turn what the server says into errors of ours.

    Raises
    ------
    MissingExtraError
        asyncpg is not installed.
    OutputError
        The server cannot be reached, refuses, or stops the work; the transaction is then rolled back.
    """
    try:
        import asyncpg
    except ImportError:
        raise MissingExtraError(
            "databases need the extra postgis: pip install 'geodispatch[postgis]'"
        ) from None
    try:
        link = await asyncpg.connect(
            address.dsn, timeout=PATIENCE, server_settings={"application_name": "geodispatch"}
        )
    except ValueError:
        raise OptionError(f"{address.shown}: this address of a database cannot be read") from None
    except (OSError, TimeoutError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no answer"
        raise OutputError(f"{address.shown}: no database answers ({reason}); check host and port") from None
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise OutputError(f"{address.shown}: {_refused(error)}") from None
    try:
        yield link
    except BaseException as error:
        link.terminate()  # hang up: the server rolls back, whatever the connection was doing
        if isinstance(error, asyncpg.PostgresError):
            raise OutputError(f"{address.shown}: {_stopped(error)}; nothing was changed") from error
        if isinstance(error, (asyncpg.InterfaceError, ConnectionError, TimeoutError)):
            raise OutputError(f"{address.shown}: the connection was lost; nothing was changed") from error
        raise
    await link.close(timeout=PATIENCE)


def _refused(error: Exception) -> str:
    from asyncpg import exceptions as e

    if isinstance(error, e.InvalidPasswordError):
        return f"the password is wrong; give it by {_KEYS}"
    if isinstance(error, e.InvalidAuthorizationSpecificationError):
        return f"this user may not log in; check the user's name, and give the password by {_KEYS}"
    if isinstance(error, e.InvalidCatalogNameError):
        return "there is no such database; make it with createdb"
    if "password" in str(error):
        return f"a password is needed; give it by {_KEYS}"
    return " ".join(str(error).split())


def _stopped(error: Exception) -> str:
    from asyncpg import exceptions as e

    text = " ".join(str(error).split())
    if isinstance(error, e.InsufficientPrivilegeError):
        return f"{text}; ask the owner of the database for the right, or choose another ?schema="
    if isinstance(error, e.CardinalityViolationError):
        return "two rows have the same key"
    if isinstance(error, (e.UndefinedFileError, e.FeatureNotSupportedError)) and "postgis" in text:
        return "the server has no PostGIS; install it there (Debian: postgresql-postgis)"
    if isinstance(error, e.DiskFullError):
        return "the server's disk is full"
    return text
