"""The learned part: for each segment of a reply and each technique, how likely the words carry it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.domain.errors import BadInputError
from simulator.wording.features import BUCKETS, ReplyFeatures, segment_features


class LearnedWording:
    """A linear model over hashed features, trained by packaging/train_wording.py.

    Arrays: `techniques` (k,) ids, `weights` (BUCKETS, k), `bias` (k,), `thresholds` (k,), `patterns` (p,) fingerprints
    of the patterns it was trained beside: one that was added or changed since counts by itself.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        try:
            self.techniques: tuple[str, ...] = tuple(str(name) for name in arrays["techniques"])
            self._weights = np.ascontiguousarray(arrays["weights"], dtype=np.float32)
            self._bias = arrays["bias"].astype(np.float32)
            self._thresholds = arrays["thresholds"].astype(np.float32)
        except KeyError as error:
            raise BadInputError(f"The learnt weights lack {error}.", "Train them anew.") from None
        # Weights trained before patterns had fingerprints lack them: then all patterns count as known.
        numbers = arrays.get("patterns")
        self._patterns = None if numbers is None else frozenset(int(number) for number in numbers.astype(np.int64))
        if self._weights.shape != (BUCKETS, len(self.techniques)):
            raise BadInputError("The learnt weights are of another version.", "Train them anew.")

    def knows(self, pattern: int) -> bool:
        return self._patterns is None or pattern in self._patterns

    def scores(self, reply: ReplyFeatures, places: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        """Log-odds above the technique's threshold, shape (segments, techniques): positive means heard."""
        rows = np.empty((len(places), len(self.techniques)), dtype=np.float32)
        for number, (start, end) in enumerate(places):
            buckets, values = segment_features(reply, start, end)
            rows[number] = values @ self._weights[buckets]
        return np.asarray(rows + self._bias - self._thresholds, dtype=np.float32)
