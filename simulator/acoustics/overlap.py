"""Who spoke when: the trainee's speech against the customer's line, whose timeline is known exactly."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.measures import OverlapKind, TurnTaking
from simulator.domain.turn import CustomerTurn, Span
from simulator.domain.utterance import Word

BRIEF_OVERLAP_S = 0.3
INTERRUPTION_S = 1.0
LISTENING_SIGNAL_S = 0.7
MONOLOGUE_GAP_S = 2.0
_STRETCH_GAP_S = 0.25
_LISTENING_WORDS = (
    "mm mhm mmhm mm-hm hm hmm uh-huh huh yes yeah yep ok okay right sure i see understand of course "
    "tak no aha jasne rozumiem oczywiście dobrze mhmm "
    "так ага угу розумію звісно добре зрозуміло "
    "igen aha ühüm értem persze rendben jó"
)
LISTENING_WORDS = frozenset(_LISTENING_WORDS.split())


def joined(spans: Sequence[Span], gap_s: float) -> list[Span]:
    """Sorted spans, joined where less than `gap_s` lies between them."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start_s - result[-1].end_s < gap_s:
            result[-1] = Span(result[-1].start_s, max(result[-1].end_s, span.end_s))
        else:
            result.append(span)
    return result


def without(span: Span, holes: Sequence[Span]) -> list[Span]:
    """The parts of `span` that lie in none of the holes."""
    parts, at = [], span.start_s
    for hole in sorted(holes):
        if hole.end_s <= at or hole.start_s >= span.end_s:
            continue
        if hole.start_s > at:
            parts.append(Span(at, hole.start_s))
        at = max(at, hole.end_s)
    if at < span.end_s:
        parts.append(Span(at, span.end_s))
    return parts


def common(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The stretches covered by one of each."""
    found = [
        Span(max(a.start_s, b.start_s), min(a.end_s, b.end_s)) for a in spans for b in others if a.overlap_s(b) > 0.0
    ]
    return sorted(found)


def turn_taking(
    speech: Sequence[Span],
    customer: CustomerTurn,
    reply_end_s: float,
    words: Sequence[Word] = (),
    quiet: Sequence[Span] = (),
) -> TurnTaking:
    """Overlap, gap, entry, monologue and dead air; all times in session seconds.

    `speech` are the stretches of the trainee's speech from the line's start on, `quiet` those of them that were low
    (below the own calm level). A stretch that begins in a pause of the line takes the floor there: what the customer
    then says into it is no interruption by the trainee.
    """
    stretches = joined(speech, _STRETCH_GAP_S)
    longest = _longest_monologue(stretches)
    if customer.span is None:
        return TurnTaking(longest_monologue_s=longest)
    sound = without(customer.span, customer.pauses)
    talk = [s for s in stretches if not _listening_signal(s, customer.span, words, quiet)]
    overlaps: list[Span] = []
    worst = 0.0
    for stretch in talk:
        shared = common([stretch], sound)
        overlaps += shared
        if any(s.start_s <= stretch.start_s < s.end_s for s in sound):
            worst = max(worst, sum(s.duration_s for s in shared))
    heard_s = sum(s.duration_s for s in sound)
    spoken_s = sum(s.duration_s for s in stretches)
    first = talk[0].start_s if talk else None
    return TurnTaking(
        reply_gap_s=None if first is None else first - customer.span.end_s,
        overlaps=tuple(overlaps),
        overlap_s=sum(s.duration_s for s in overlaps),
        overlap_kind=_kind(worst),
        timely_entry=None if first is None else any(p.start_s <= first < p.end_s for p in customer.pauses),
        longest_monologue_s=longest,
        dead_air_s=_dead_air(talk, customer.span.end_s, reply_end_s),
        share_of_talk=spoken_s / (spoken_s + heard_s) if spoken_s + heard_s > 0 else None,
    )


def _kind(overlap_s: float) -> OverlapKind:
    if overlap_s < BRIEF_OVERLAP_S:
        return OverlapKind.NONE
    return OverlapKind.BRIEF if overlap_s <= INTERRUPTION_S else OverlapKind.INTERRUPTION


def _listening_signal(stretch: Span, line: Span, words: Sequence[Word], quiet: Sequence[Span]) -> bool:
    """A short sound inside the customer's line that does not claim the floor: mm-hm, I see."""
    if stretch.duration_s > LISTENING_SIGNAL_S or stretch.start_s < line.start_s or stretch.end_s > line.end_s:
        return False
    said = [w.text.lower() for w in words if w.span is not None and w.span.overlap_s(stretch) > 0.0]
    if said:
        return all(word in LISTENING_WORDS for word in said)
    return any(q.overlap_s(stretch) >= 0.5 * stretch.duration_s for q in quiet)


def _longest_monologue(stretches: Sequence[Span]) -> float | None:
    turns = joined(stretches, MONOLOGUE_GAP_S)
    return max((t.duration_s for t in turns), default=None)


def _dead_air(talk: Sequence[Span], line_end_s: float, reply_end_s: float) -> float:
    if reply_end_s <= line_end_s:
        return 0.0
    silent = without(Span(line_end_s, reply_end_s), talk)
    return max((s.duration_s for s in silent), default=0.0)
