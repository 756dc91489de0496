"""The colour roles of the window, in light, dark and high contrast."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum


class Role(StrEnum):
    """What a colour is for. Widgets ask for a role, never for a colour."""

    SURFACE = "surface"
    RAISED = "raised"
    SUNKEN = "sunken"
    BORDER = "border"
    OUTLINE = "outline"
    TEXT = "text"
    MUTED = "muted"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    CALM = "calm"
    ALERT = "alert"
    HARM = "harm"
    PRAISE = "praise"


@dataclass(frozen=True, slots=True)
class Colours:
    """One look: `#rrggbb` by role.

    `text`, `muted`, `accent`, `calm`, `alert`, `harm` and `praise` are readable as text (4.5:1) on surface, raised
    and sunken; `outline` marks a control (3:1); `border` only parts areas and carries no meaning.
    """

    surface: str
    raised: str
    sunken: str
    border: str
    outline: str
    text: str
    muted: str
    accent: str
    on_accent: str
    calm: str
    alert: str
    harm: str
    praise: str

    def of(self, role: Role) -> str:
        return str(getattr(self, role.value))

    def soft(self, role: Role, share: float = 0.12) -> str:
        """The raised colour with a share of a role in it: the ground of a notice or a chip."""
        return blend(self.of(role), self.raised, share)

    def by_name(self) -> dict[str, str]:
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}


def blend(colour: str, ground: str, share: float) -> str:
    """`share` (0 to 1) of one `#rrggbb` over another."""
    mixed = (round(c * share + g * (1.0 - share)) for c, g in zip(_channels(colour), _channels(ground), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def contrast_ratio(one: str, other: str) -> float:
    """Contrast of two `#rrggbb` colours, 1 to 21, by WCAG 2.2 (relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255.0 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# The hues of calm, alert, harm and praise are Okabe and Ito's (2008), moved in lightness only, so that people
# who see colours differently still tell them apart.
LIGHT = Colours(
    surface="#f4f7f7",
    raised="#ffffff",
    sunken="#e9efef",
    border="#d3dcdd",
    outline="#6b7c80",
    text="#14242a",
    muted="#4b5d62",
    accent="#0b6168",
    on_accent="#ffffff",
    calm="#005c91",
    alert="#845200",
    harm="#a83700",
    praise="#006247",
)
DARK = Colours(
    surface="#0f1719",
    raised="#172225",
    sunken="#0b1113",
    border="#2c3b3f",
    outline="#7e9196",
    text="#e9f0f1",
    muted="#a5b6ba",
    accent="#5cc6c4",
    on_accent="#04211f",
    calm="#7cc4f2",
    alert="#efb44a",
    harm="#ff9a6e",
    praise="#50d2a5",
)
HIGH_CONTRAST = Colours(
    surface="#000000",
    raised="#000000",
    sunken="#101010",
    border="#ffffff",
    outline="#ffffff",
    text="#ffffff",
    muted="#e4e4e4",
    accent="#6fe8ea",
    on_accent="#000000",
    calm="#9ad7ff",
    alert="#ffcf5c",
    harm="#ffa882",
    praise="#6ff0c2",
)
