"""Numbered SQL files that bring a database to the shape the code expects."""

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Failed
from bot.ports import Database, Transaction

STORE_MIGRATIONS = Path(__file__).parent / "migrations"

CREATE_MIGRATIONS = """
    CREATE TABLE IF NOT EXISTS migrations (
        part TEXT NOT NULL,
        number INTEGER NOT NULL,
        name TEXT NOT NULL,
        checksum TEXT NOT NULL,
        PRIMARY KEY (part, number)
    )
"""
APPLIED = "SELECT number, name, checksum FROM migrations WHERE part = :part ORDER BY number"
RECORD = "INSERT INTO migrations (part, number, name, checksum) VALUES (:part, :number, :name, :checksum)"


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of a folder of migrations.

    Attributes:
        part: Whose it is: the package that holds the folder, `store` for `bot/store/migrations`.
        number: Its place in the order, from 1.
        name: The file's name.
        text: The SQL.
    """

    part: str
    number: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text, as hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def statements(self) -> list[str]:
        """The text's statements: each ends with a semicolon at the end of its line."""
        statements: list[str] = []
        lines: list[str] = []
        for line in self.text.splitlines():
            if line.strip() and not line.lstrip().startswith("--"):
                lines.append(line)
            if lines and line.rstrip().endswith(";"):
                statements.append("\n".join(lines))
                lines = []
        if lines:
            raise Failed(f"The migration {self.name} ends in the middle of a statement.")
        return statements


async def migrate(database: Database, folder: Path) -> list[str]:
    """Apply the migrations of `folder` that `database` does not have yet, and return their names.

    Several folders can live in one database: each is known by the package that holds it. Each migration is one
    transaction together with the record of it, so a crash leaves it applied and recorded, or not at all.

    Raises:
        Failed: The database is newer than the folder, or a migration changed after it was applied.
    """
    migrations = await asyncio.to_thread(read_migrations, folder)
    done: list[str] = []
    async with database.transaction() as tx:
        await tx.execute(CREATE_MIGRATIONS)
    for migration in migrations:
        async with database.transaction() as tx:
            if migration.number in await _checked(tx, migrations):
                continue
            for statement in migration.statements:
                await tx.execute(statement)
            record = {"part": migration.part, "number": migration.number, "name": migration.name}
            await tx.execute(RECORD, {**record, "checksum": migration.checksum})
        done.append(migration.name)
    return done


def read_migrations(folder: Path) -> list[Migration]:
    """Read the migrations of a folder, in order.

    Raises:
        Failed: There are none, or they are not numbered from 0001 without a gap.
    """
    part = folder.resolve().parent.name
    migrations = [
        Migration(part, int(path.name[:4]), path.name, path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    ]
    if not migrations or [each.number for each in migrations] != list(range(1, len(migrations) + 1)):
        raise Failed(f"The migrations in {folder} are not numbered 0001, 0002 and so on.", "Install the program anew.")
    return migrations


async def _checked(tx: Transaction, migrations: list[Migration]) -> set[int]:
    """Return the numbers that were applied, once it is sure that they are these very migrations."""
    part = migrations[0].part
    known = {each.number: each for each in migrations}
    applied = await tx.fetch_all(APPLIED, {"part": part})
    for row in applied:
        if row["number"] not in known:
            raise Failed(
                f"The database was made by a newer version of this program ({part}: {row['name']}).",
                "Install that version, or restore the backup from before.",
            )
        if row["checksum"] != known[row["number"]].checksum:
            raise Failed(
                f"The migration {row['name']} of {part} is not the one that was applied to this database.",
                "Install the version that made the database, or one after it.",
            )
    return {row["number"] for row in applied}
