"""Which languages can be recognised, and what people call them."""

from bot.errors import BadInput

# Whisper's 99 languages, by its own codes.
NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "as": "Assamese", "az": "Azerbaijani", "ba": "Bashkir",
    "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "bo": "Tibetan", "br": "Breton", "bs": "Bosnian",
    "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fo": "Faroese",
    "fr": "French", "gl": "Galician", "gu": "Gujarati", "ha": "Hausa", "haw": "Hawaiian", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "ht": "Haitian Creole", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "jw": "Javanese", "ka": "Georgian", "kk": "Kazakh",
    "km": "Khmer", "kn": "Kannada", "ko": "Korean", "la": "Latin", "lb": "Luxembourgish", "ln": "Lingala", "lo": "Lao",
    "lt": "Lithuanian", "lv": "Latvian", "mg": "Malagasy", "mi": "Maori", "mk": "Macedonian", "ml": "Malayalam",
    "mn": "Mongolian", "mr": "Marathi", "ms": "Malay", "mt": "Maltese", "my": "Burmese", "ne": "Nepali", "nl": "Dutch",
    "nn": "Nynorsk", "no": "Norwegian", "oc": "Occitan", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sa": "Sanskrit", "sd": "Sindhi", "si": "Sinhala",
    "sk": "Slovak", "sl": "Slovenian", "sn": "Shona", "so": "Somali", "sq": "Albanian", "sr": "Serbian",
    "su": "Sundanese", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai",
    "tk": "Turkmen", "tl": "Tagalog", "tr": "Turkish", "tt": "Tatar", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "yi": "Yiddish", "yo": "Yoruba", "zh": "Chinese",
}  # fmt: skip

# Codes of BCP 47 for which Whisper has another one, and the three-letter codes that people write most.
OTHER_CODES = {
    "nb": "no", "jv": "jw", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "fil": "tl",
    "cmn": "zh", "yue": "zh", "wuu": "zh", "arb": "ar", "prs": "fa", "pes": "fa",
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt",
    "nld": "nl", "dut": "nl", "pol": "pl", "rus": "ru", "jpn": "ja", "zho": "zh", "chi": "zh", "kor": "ko",
    "hin": "hi", "ara": "ar", "tur": "tr", "swe": "sv", "dan": "da", "nor": "no", "fin": "fi", "ces": "cs", "ukr": "uk",
}  # fmt: skip

_BY_NAME = {name.lower(): code for code, name in NAMES.items()} | {
    "deutsch": "de", "español": "es", "français": "fr", "italiano": "it", "português": "pt", "nederlands": "nl",
    "castilian": "es", "flemish": "nl", "farsi": "fa", "mandarin": "zh", "cantonese": "zh", "filipino": "tl",
}  # fmt: skip

SHOWN = 20


def whisper_code(language: str) -> str:
    """Return Whisper's code for a language, said as a BCP 47 tag (`en-US`) or by its English name.

    Raises:
        BadInput: It is not known; the error says how to say it.
    """
    said = language.strip()
    name = said.lower().replace("_", "-")
    first = name.split("-")[0]
    code = _BY_NAME.get(name) or OTHER_CODES.get(first, first)
    if code in NAMES:
        return code
    shown = said if len(said) <= SHOWN else f"{said[:SHOWN]}…"
    raise BadInput(
        f"The language “{shown}” is not one of the {len(NAMES)} that can be recognised.",
        "Say it as a code such as en-US, de-DE, es-ES, fr-FR or ja-JP, or leave it out to have it detected.",
    )
