"""The tables of what is known while a recording is heard, so that a job that was cut off goes on where it was."""

from dataclasses import dataclass

from bot.engine.records import Note
from bot.ports import Transaction


@dataclass(frozen=True, slots=True)
class Hearing:
    """How far a recording was heard.

    Attributes:
        began: Its place in the conversation, in seconds from the conversation's start.
        heard: What comes before this is stored, in seconds from the recording's start.
        language: As given or as heard, once that is known.
    """

    began: float
    heard: float = 0.0
    language: str | None = None


class Hearings:
    """Reads and writes the tables inside one transaction; `Storage` deletes their rows with the job."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def find(self, job_id: str) -> Hearing | None:
        """Return how far a job's recording was heard; None when that has not begun."""
        row = await self._tx.fetch_one("SELECT began, heard, language FROM hearings WHERE job_id = :id", {"id": job_id})
        return Hearing(float(row["began"]), float(row["heard"]), row["language"]) if row else None

    async def begin(self, job_id: str, hearing: Hearing) -> None:
        """Store that a recording begins to be heard."""
        await self._tx.execute(
            "INSERT INTO hearings (job_id, began, heard, language) VALUES (:id, :began, :heard, :language)",
            {"id": job_id, "began": hearing.began, "heard": hearing.heard, "language": hearing.language},
        )

    async def advance(self, job_id: str, heard: float, language: str | None) -> None:
        """Store how far a recording was heard."""
        await self._tx.execute(
            "UPDATE hearings SET heard = :heard, language = COALESCE(:language, language) WHERE job_id = :id",
            {"id": job_id, "heard": heard, "language": language},
        )

    async def voices(self, job_id: str) -> dict[str, str]:
        """Return the id of the member whom each voice of a recording was taken for."""
        rows = await self._tx.fetch_all("SELECT voice, member_id FROM voices WHERE job_id = :id", {"id": job_id})
        return {row["voice"]: row["member_id"] for row in rows}

    async def add_voice(self, job_id: str, voice: str, member_id: str) -> None:
        """Store whose voice it is."""
        await self._tx.execute(
            "INSERT INTO voices (job_id, voice, member_id) VALUES (:id, :voice, :member)",
            {"id": job_id, "voice": voice, "member": member_id},
        )

    async def add_note(self, conversation_id: str, job_id: str, note: Note) -> None:
        """Store what people should know about a recording; of each kind the first."""
        await self._tx.execute(
            "INSERT INTO notes (conversation_id, job_id, code, text) VALUES (:conversation, :job, :code, :text)"
            " ON CONFLICT (job_id, code) DO NOTHING",
            {"conversation": conversation_id, "job": job_id, "code": note.code, "text": note.text},
        )

    async def notes(self, conversation_id: str) -> tuple[Note, ...]:
        """Return what people should know about a conversation's recordings."""
        rows = await self._tx.fetch_all(
            "SELECT DISTINCT code, text FROM notes WHERE conversation_id = :id ORDER BY code, text",
            {"id": conversation_id},
        )
        return tuple(Note(row["code"], row["text"]) for row in rows)
