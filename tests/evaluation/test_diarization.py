import pytest

from bot.evaluation.diarization import DiarizationError, Spoken, diarization_error, read_rttm, speaker_count

A_AND_B = (Spoken(0, 10, "Ana"), Spoken(10, 20, "Bo"))


def test_what_is_found_exactly_under_other_names_has_no_error() -> None:
    found = (Spoken(0, 10, "2"), Spoken(10, 20, "1"))
    assert diarization_error(A_AND_B, found) == DiarizationError(spoken=20)


def test_missed_invented_and_confused_seconds_are_told_apart() -> None:
    # 0-1 nobody was found; 1-10 right; 10-12 Bo's words given to Ana's voice; 12-20 right; 20-23 nobody speaks
    found = (Spoken(1, 12, "1"), Spoken(12, 23, "2"))
    error = diarization_error(A_AND_B, found)
    assert (error.spoken, error.missed, error.invented, error.confused) == (20, 1, 3, 2)
    assert error.rate == pytest.approx(6 / 20)


def test_two_who_speak_at_once_count_twice_and_one_found_voice_misses_one_of_them() -> None:
    expected = (Spoken(0, 10, "Ana"), Spoken(5, 10, "Bo"))
    error = diarization_error(expected, (Spoken(0, 10, "1"),))
    assert (error.spoken, error.missed, error.confused) == (15, 5, 0)


def test_a_collar_hides_what_is_wrong_around_true_edges_only() -> None:
    found = (Spoken(0, 10.2, "1"), Spoken(10.2, 20, "2"))
    assert diarization_error(A_AND_B, found).confused == pytest.approx(0.2)
    hidden = diarization_error(A_AND_B, found, collar=0.25)
    assert hidden.rate == 0
    # 0.25 s at 0 and at 20, and 0.5 s at 10 are not looked at
    assert hidden.spoken == pytest.approx(19)
    wrong_inside = (Spoken(0, 5, "1"), Spoken(5, 5.2, "2"), Spoken(5.2, 10, "1"), Spoken(10, 20, "2"))
    assert diarization_error(A_AND_B, wrong_inside, collar=0.25).confused == pytest.approx(0.2)


def test_each_voice_is_taken_for_one_speaker_at_most() -> None:
    # one voice for everybody can be right about one of them only
    error = diarization_error(A_AND_B, (Spoken(0, 20, "1"),))
    assert error.confused == 10


def test_where_nobody_speaks_whatever_is_found_is_wrong() -> None:
    assert diarization_error((), ()).rate == 0
    assert diarization_error((), (Spoken(0, 1, "1"),)).rate == 1


def test_errors_of_recordings_add_up_by_their_seconds() -> None:
    total = DiarizationError(spoken=10, missed=1) + DiarizationError(spoken=30, confused=3)
    assert total.rate == pytest.approx(0.1)


def test_rttm_is_read_by_recording() -> None:
    text = (
        "SPKR-INFO a 1 <NA> <NA> <NA> unknown Ana <NA> <NA>\n"
        "SPEAKER a 1 1.5 2.0 <NA> <NA> Ana <NA> <NA>\n"
        "SPEAKER b 1 0 1 <NA> <NA> Bo <NA> <NA>\n\n"
        "SPEAKER a 1 4 0.5 <NA> <NA> Bo <NA> <NA>\n"
    )
    found = read_rttm(text)
    assert found == {"a": (Spoken(1.5, 3.5, "Ana"), Spoken(4, 4.5, "Bo")), "b": (Spoken(0, 1, "Bo"),)}
    assert speaker_count(found["a"]) == 2


def test_a_line_that_is_no_rttm_is_named() -> None:
    with pytest.raises(ValueError, match="line 2"):
        read_rttm("\nSPEAKER a 1 soon 2.0 <NA> <NA> Ana")
