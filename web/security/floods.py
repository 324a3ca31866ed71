"""Floods: token buckets for each address and for all together. They fill with time, which is injected."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

MOST_ADDRESSES: Final = 10_000
"""Addresses remembered at once; those longest silent are forgotten, and their buckets are full by then."""

_MINUTE: Final = timedelta(minutes=1)

GLOBAL_SHARE: Final = 20
"""All addresses together may do this many times what one may."""


class Bucket:
    """Room for `size` acts at once, filled again in `span`."""

    def __init__(self, size: int, span: timedelta, now: datetime) -> None:
        self.size = size
        self.rate = size / span.total_seconds()
        self.left = float(size)
        self.at = now

    def refill(self, now: datetime) -> float:
        """How much room there is now."""
        self.left = min(self.size, self.left + max(0.0, (now - self.at).total_seconds()) * self.rate)
        self.at = now
        return self.left


class Floods:
    """The buckets of one web process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._buckets: OrderedDict[tuple[str, str], Bucket] = OrderedDict()

    def allow(
        self, kind: str, address: str, size: int, now: datetime, span: timedelta = _MINUTE, cost: float = 1
    ) -> bool:
        """Whether `address` may do one more act of this kind now; counts it if so. `cost` is how much it takes."""
        with self._lock:
            everybody = self._bucket((kind, ""), size * GLOBAL_SHARE, span, now)
            own = self._bucket((kind, address), size, span, now)
            if min(everybody.refill(now), own.refill(now)) < cost:
                return False
            everybody.left -= cost
            own.left -= cost
            return True

    def _bucket(self, key: tuple[str, str], size: int, span: timedelta, now: datetime) -> Bucket:
        found = self._buckets.get(key)
        if found is None:
            found = self._buckets[key] = Bucket(size, span, now)
            if len(self._buckets) > MOST_ADDRESSES:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        return found
