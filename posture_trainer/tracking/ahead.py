"""Lets the parts of a recorded video's way work side by side: decoding, tracking, and what is made of it."""

import queue
import threading
from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
_ITEMS_AHEAD = 4  # more only costs memory


@dataclass(frozen=True)
class _End:
    error: BaseException | None = None


def ahead(items: Generator[Item, None, None]) -> Generator[Item, None, None]:
    """The same items in the same order, made on a thread of their own; raises what was raised there.

    Close it (contextlib.closing) before what the items come from: then the thread has ended, and `items` is closed.
    """
    made: queue.Queue[Item | _End] = queue.Queue(_ITEMS_AHEAD)
    stop = threading.Event()

    def hand_on(item: Item | _End) -> bool:
        while not stop.is_set():
            try:
                made.put(item, timeout=0.1)
                return True
            except queue.Full:
                continue
        return False

    def make() -> None:
        end = _End()
        try:
            while not stop.is_set() and hand_on(next(items)):
                pass
        except StopIteration:
            pass
        except BaseException as error:  # handed on: nobody may wait for an item for ever
            end = _End(error)
        items.close()
        hand_on(end)

    worker = threading.Thread(target=make, name="ahead", daemon=True)
    worker.start()
    try:
        while not isinstance(item := made.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        stop.set()
        worker.join()
