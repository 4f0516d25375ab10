from bot.engine.records import Utterance, Word
from bot.engine.speech.streams import SentenceStream

WORDS = 10


def said(at: float) -> Utterance:
    words = [Word(f"w{n}", at + n * 0.4, at + n * 0.4 + 0.3, 0.9) for n in range(WORDS)]
    words[-1] = Word("end.", words[-1].start, words[-1].end, 0.9)
    return Utterance(words[0].start, words[-1].end, " ".join(word.text for word in words), tuple(words))


def test_a_speaker_who_never_pauses_can_be_read_before_the_end() -> None:
    given_out: list[Utterance] = []
    stream = SentenceStream(given_out.extend)
    for minute in range(2):
        for n in range(15):
            stream.hear(said((minute * 15 + n) * WORDS * 0.4))
        # a minute and a half of words, of which the last half minute may still change
        assert len(given_out) >= 15 * minute + 5
