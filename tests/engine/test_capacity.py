import pytest

from bot.engine.capacity import GIGABYTE, Capacity, Machine, capacity, this_machine


@pytest.mark.parametrize(
    ("cores", "gigabytes", "expected"),
    [
        (1, 2, Capacity(recordings=1, threads=1, readers=1)),
        (2, 8, Capacity(recordings=1, threads=2, readers=1)),
        (6, 16, Capacity(recordings=1, threads=6, readers=1)),
        (8, 16, Capacity(recordings=2, threads=4, readers=2)),
        (32, 64, Capacity(recordings=8, threads=4, readers=8)),
        # cores without memory: one has them all, as far as they are of use
        (16, 3, Capacity(recordings=1, threads=6, readers=4)),
        # even a machine that is too small does one thing
        (1, 0.5, Capacity(recordings=1, threads=1, readers=1)),
    ],
)
def test_what_a_machine_does_at_once_goes_by_its_cores_and_memory(
    cores: int, gigabytes: float, expected: Capacity
) -> None:
    assert capacity(Machine(cores, int(gigabytes * GIGABYTE))) == expected


def test_the_operators_number_counts_and_the_cores_are_shared_out() -> None:
    assert capacity(Machine(8, 64 * GIGABYTE), recordings=4) == Capacity(recordings=4, threads=2, readers=2)
    assert capacity(Machine(2, 4 * GIGABYTE), recordings=3) == Capacity(recordings=3, threads=1, readers=1)


def test_a_larger_model_leaves_room_for_fewer() -> None:
    machine = Machine(16, 9 * GIGABYTE)
    assert capacity(machine).recordings == 4
    assert capacity(machine, recording_bytes=4 * GIGABYTE).recordings == 2


def test_this_machine_can_do_something() -> None:
    machine = this_machine()
    assert machine.cores >= 1
    assert machine.memory > 0
