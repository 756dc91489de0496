"""What each kind of customer answers to: how much a technique calms or angers them (S0 to S4, the customer table).

The figures are points of temper (0 satisfied, 10 furious) for one full, well-timed use at standard difficulty.
They are the game's own scale, not measured on people; what is taken from the articles is which technique
works with whom, and what makes it worse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.domain.scenario import CustomerType

EFFECTS: Mapping[str, float] = {
    # words that help
    "use_name": -0.3,
    "acknowledge_feelings": -0.8,
    "name_need": -0.6,
    "apologise": -0.5,
    "intend_to_help": -0.5,
    "take_their_side": -0.4,
    "show_listening": -0.4,
    "summarise": -0.5,
    "check_understanding": -0.3,
    "ask_facts": -0.2,
    "ask_expectation": -0.2,
    "refocus": -0.2,
    "explain_cause": -0.3,
    "explain_procedure": -0.2,
    "offer_solution": -0.9,
    "offer_alternative": -0.5,
    "offer_compensation": -0.5,
    "reassure": -0.4,
    "explain_next_steps": -0.6,
    "offer_follow_up": -0.4,
    "offer_escalation": -0.3,
    "request_pause": -0.1,
    "set_respect_boundary": -0.1,
    "set_scope_boundary": -0.1,
    "thank": -0.3,
    # words that harm
    "argue": 1.0,
    "deny_responsibility": 0.9,
    "blame_colleague": 0.3,
    "blame_customer": 1.2,
    "command_calm": 1.0,
    "joke": 0.8,
    "personal_remark": 1.5,
    "hide_behind_policy": 0.8,
    "brush_off": 1.2,
    "wrong_name": 0.6,
    "overuse_name": 0.2,
    "over_apologise": 0.2,
    # voice and timing
    "match_then_lead": -0.4,
    "slow_down": -0.4,
    "lower_voice": -0.4,
    "steady_voice": -0.2,
    "patient_start": -0.2,
    "timely_entry": -0.4,
    "let_them_vent": -0.3,
    "interrupt": 0.8,
    "shout": 1.2,
    "rush": 0.6,
    "dead_air": 0.6,
    "drone_on": 0.5,
}


@dataclass(frozen=True, slots=True)
class Temperament:
    """How one type differs: `own` replaces an effect, `unlimited_gifts` is what a gift without a limit does."""

    own: Mapping[str, float] = field(default_factory=dict)
    unlimited_gifts: float | None = None

    def effect(self, technique: str) -> float:
        return self.own.get(technique, EFFECTS[technique])


_OWN: dict[CustomerType, Temperament] = {
    CustomerType.FURIOUS: Temperament(
        {
            "let_them_vent": -0.5,
            "use_name": -0.4,
            "intend_to_help": -0.7,
            "match_then_lead": -0.6,
            "offer_solution": -1.1,
            "explain_next_steps": -0.8,
            "joke": 1.2,
            "argue": 1.4,
            "interrupt": 1.1,
            "deny_responsibility": 1.3,
        }
    ),
    CustomerType.DESPOTIC: Temperament(
        {
            "explain_procedure": -0.7,
            "offer_alternative": -0.9,
            "set_respect_boundary": -0.4,
            "set_scope_boundary": -0.4,
            "hide_behind_policy": 1.3,
            "argue": 1.4,
        },
        unlimited_gifts=0.3,
    ),
    CustomerType.FREELOADING: Temperament(
        {
            "set_scope_boundary": -0.7,
            "offer_alternative": -0.8,
            "personal_remark": 1.9,
            "brush_off": 1.4,
        },
        unlimited_gifts=0.4,
    ),
    CustomerType.METICULOUS: Temperament(
        {
            "show_listening": -0.6,
            "explain_cause": -0.7,
            "explain_procedure": -0.6,
            "summarise": -0.8,
            "check_understanding": -0.6,
            "explain_next_steps": -0.9,
            # An assurance with nothing precise in it is vague to this customer.
            "reassure": -0.1,
            "rush": 1.0,
            "interrupt": 1.1,
            "brush_off": 1.5,
        }
    ),
    CustomerType.AGGRESSIVE: Temperament(
        {
            "set_respect_boundary": -0.9,
            "offer_escalation": -0.8,
            "steady_voice": -0.4,
            "lower_voice": -0.6,
            "slow_down": -0.5,
            "argue": 1.4,
            "personal_remark": 2.0,
            "command_calm": 1.3,
            "shout": 1.6,
            # Submission invites more of it.
            "over_apologise": 0.7,
        }
    ),
    CustomerType.ACCUSES_OF_INCOMPETENCE: Temperament(
        {
            "offer_escalation": -1.2,
            "argue": 1.5,
            "deny_responsibility": 1.4,
            # To this customer an explanation is a defence.
            "explain_cause": 0.2,
        }
    ),
    CustomerType.PLEASANT: Temperament(
        {
            "thank": -0.6,
            "show_listening": -0.5,
            "rush": 0.9,
            "brush_off": 1.5,
        }
    ),
}


def temperament(customer_type: CustomerType) -> Temperament:
    return _OWN[customer_type]
