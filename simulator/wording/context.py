"""What the detector knows about a call besides the reply's words."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.domain.scenario import Gender


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """Everything may be empty: what is not known is not used.

    `name_forms` are the addresses accepted for this customer, as spoken; where there are none, they follow
    from title, first name and last name. `line` is the customer's line that the reply answers, `facts` the
    facts of the complaint, `demand` what the customer demanded.
    """

    customer_title: str = ""
    customer_first_name: str = ""
    customer_name: str = ""
    gender: Gender | None = None
    name_forms: tuple[str, ...] = ()
    agent_name: str = ""
    line: str = ""
    facts: tuple[str, ...] = ()
    demand: str = ""
