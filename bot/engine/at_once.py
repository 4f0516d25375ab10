"""Works that are done in several threads, and what they give in the order in which they were asked for."""

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_T = TypeVar("_T")


def at_once(threads: int, works: Iterable[Callable[[], _T]]) -> Generator[_T]:
    """Do works in so many threads, and yield what each gives, in their order.

    A single thread takes a work only after what the one before gave was used: it may depend on that. Several are a few
    works ahead. What one raises is raised in its place; those that had not begun are not begun then.
    """
    begun: deque[Future[_T]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for work in works:
                begun.append(pool.submit(work))
                if len(begun) == 2 * threads - 1:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            for waiting in begun:
                waiting.cancel()
