"""The learned part of names: how likely a candidate addresses the customer rightly, wrongly, or nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.domain.errors import BadInputError
from simulator.wording.name_features import FEATURES

Arrays = Mapping[str, NDArray[np.generic]]
Floats = NDArray[np.float32]
NOBODY, OWN, WRONG = 0, 1, 2


class NameJudge:
    """A layer of hidden units over features that are there or not.

    Arrays, each with the prefix `names.<language>.`: `hidden` (FEATURES, units) as int8 with `hidden.scale` (units,),
    `hidden.bias` (units,), `out` (units, 3), `out.bias` (3,), `least` (2,) the least probability of an own name and
    of a wrong one, and `words` (n,), checksums of words that are known to be no names.
    """

    def __init__(self, arrays: Arrays, language: str) -> None:
        prefix = f"names.{language}."
        try:
            self._hidden = arrays[f"{prefix}hidden"].astype(np.int8)
            self._scale, self._bias, self._out, self._out_bias, least = (
                arrays[f"{prefix}{name}"].astype(np.float32)
                for name in ("hidden.scale", "hidden.bias", "out", "out.bias", "least")
            )
            self.words = frozenset(arrays[f"{prefix}words"].tolist())
        except KeyError as error:
            raise BadInputError(f"The learnt weights lack {error}.", "Train them anew.") from None
        if len(self._hidden) != FEATURES:
            raise BadInputError("The learnt weights of names are of another version.", "Train them anew.")
        self.least_own, self.least_wrong = float(least[0]), float(least[1])

    @staticmethod
    def knows(arrays: Arrays, language: str) -> bool:
        """Whether the judge was learnt for the language."""
        return f"names.{language}.hidden" in arrays

    def probabilities(self, features: Sequence[Sequence[int]]) -> Floats:
        """Of nobody addressed, the right name and a wrong one, shape (candidates, 3)."""
        sums = np.stack([self._hidden[found].sum(axis=0, dtype=np.int32) for found in features])
        hidden = np.maximum(sums * self._scale + self._bias, 0)
        odds = hidden @ self._out + self._out_bias
        odds = np.exp(odds - odds.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)
