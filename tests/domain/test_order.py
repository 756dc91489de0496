"""Techniques at the wrong time: named, with the words that show it."""

from __future__ import annotations

import pytest
from call_values import interrupting, judged, past, spoken, timing, typed

from simulator.domain.appraisal import Appraisal, Slip


def slips(appraisal: Appraisal) -> list[tuple[str, Slip]]:
    return [(slip.technique, slip.slip) for slip in appraisal.slips]


def test_a_solution_before_any_acknowledgement_is_too_early() -> None:
    appraisal = judged(typed(), "offer_solution")
    assert slips(appraisal) == [("offer_solution", Slip.BEFORE_ACKNOWLEDGING)]
    assert appraisal.out_of_order == ("offer_solution",)
    assert appraisal.slips[0].evidence[0].text == "a new one tomorrow"


def test_a_solution_before_the_facts_is_too_early_even_after_an_acknowledgement() -> None:
    assert slips(judged(typed(), "acknowledge_feelings", "offer_solution")) == [
        ("offer_solution", Slip.BEFORE_THE_FACTS)
    ]


def test_within_one_reply_the_order_of_the_words_counts() -> None:
    assert judged(typed(), "acknowledge_feelings", "summarise", "offer_solution").out_of_order == ()
    assert judged(typed(), "offer_solution", "acknowledge_feelings", "summarise").out_of_order == ("offer_solution",)


def test_what_was_done_in_earlier_replies_counts() -> None:
    history = [past(typed(), "acknowledge_feelings"), past(typed(), "ask_facts")]
    assert judged(typed(), "offer_solution", history=history).out_of_order == ()


def test_a_calm_customer_may_be_offered_a_solution_at_once() -> None:
    assert judged(typed(), "offer_solution", temper=3.0).out_of_order == ()


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ([], []),
        ([("apologise",)], []),
        ([("apologise",), ("apologise",)], [("apologise", Slip.AGAIN)]),
        ([("ask_facts",), ("summarise",)], [("apologise", Slip.LATE)]),
        ([("ask_facts",), ("apologise",), ("summarise",)], []),
    ],
)
def test_an_apology_is_said_once_and_early(earlier: list[tuple[str, ...]], expected: list[tuple[str, Slip]]) -> None:
    assert slips(judged(typed(), "apologise", history=[past(typed(), *each) for each in earlier])) == expected


def test_the_name_said_into_full_momentum_is_too_early() -> None:
    # The name's words lie at 9.0 s; the customer speaks until then.
    reply = spoken(turn_taking=interrupting(1.5))
    over = spoken(turn_taking=timing(-1.5, overlaps=reply.timing.overlaps, overlap_s=1.5))  # type: ignore[union-attr]
    assert judged(over, "use_name").out_of_order == ()
    assert judged(reply, "use_name").out_of_order == ()


def test_the_name_inside_the_overlap_of_an_interruption_is_too_early() -> None:
    cut_in = interrupting(1.5)
    spans = tuple(span.shifted(1.5) for span in cut_in.overlaps)
    reply = spoken(turn_taking=timing(-1.5, overlaps=spans, overlap_s=1.5, overlap_kind=cut_in.overlap_kind))
    assert slips(judged(reply, "use_name")) == [("use_name", Slip.WHILE_THEY_SPEAK)]
