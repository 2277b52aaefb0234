"""How a value is spread over many plans: a dot for each, a line at the median, extreme and chosen ones named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from dagster_project.figures.canvas import GREY, INK, RULE, Block, Canvas, Frame, height_of, paragraph, ticks
from dagster_project.figures.plans import Looks
from dagster_project.figures.words import Lang, phrase, quantity

_NAMED = 3  # highest values that a spread names
_GAP = 1.2  # between two blocks, times the size of the font
_HIGH = 3.2  # of the room for the dots, times the size of the font
_BEHIND = 200  # measures that a dot leads to


@dataclass(frozen=True, slots=True)
class Dot:
    """The value of a plan.

    Attributes:
        plan: Its key.
        value: On the axis.
        label: The value in words.
        keys: Of the measures behind it.
        hover: Tells what a reader sees on pointing at it; asked only where the dot is drawn.
    """

    plan: str
    value: float
    label: str
    keys: tuple[str, ...] = ()
    hover: Callable[[], str] = str


@dataclass(frozen=True, slots=True)
class Spread:
    """The values of many plans on one axis.

    Attributes:
        key: Of what is measured; part of the names of its traces.
        name: What is measured.
        unit: Of the axis.
        dots: At least one, the highest first; a plan may have several.
    """

    key: str
    name: str
    unit: str
    dots: tuple[Dot, ...]

    @classmethod
    def of(cls, key: str, name: str, unit: str, dots: Iterable[Dot]) -> Spread:
        """Return a spread of dots in any order."""
        return cls(key, name, unit, tuple(sorted(dots, key=lambda dot: (-dot.value, dot.plan))))

    def middle(self, lang: Lang) -> str:
        """Return the median with its unit."""
        return quantity(median(dot.value for dot in self.dots), self.unit, lang, 3)

    def extremes(self, looks: Looks, frame: Frame, most: int = _NAMED) -> dict[str, str]:
        """Return which plans have the highest values, at most so many, which the lowest, and those of the chosen."""

        def said(dots: Iterable[Dot]) -> str:
            told = (phrase("plan_value", frame.lang, looks[dot.plan].name, dot.label) for dot in dots)
            return phrase("and", frame.lang).join(told)

        return {
            # The lowest is not told as one of the highest, too.
            "highest": said(self.dots[: max(1, min(most, len(self.dots) - 1))]),
            "lowest": said(self.dots[-1:]),
            "chosen": said(dot for dot in self.dots if dot.plan in frame.chosen),
        }

    def told(self, looks: Looks, frame: Frame) -> str:
        """Return the median, the extreme values and those of the chosen plans in words."""
        lang, said = frame.lang, self.extremes(looks, frame)
        plans = len({dot.plan for dot in self.dots})
        text = phrase("spread", lang, n=plans, median=self.middle(lang), **said)
        return text + (phrase("spread_chosen", lang, said["chosen"]) if said["chosen"] else "")


def spread_block(
    canvas: Canvas, spread: Spread, looks: Looks, width: float, highest: float | None = None
) -> Block:
    """Return a spread as a block of a width, on an axis that ends at its highest value or at another one."""
    frame, size = canvas.frame, canvas.frame.size
    is_told = spread.unit.lower() in spread.name.lower()
    name = spread.name if is_told else phrase("axis", frame.lang, spread.name, spread.unit)
    heading = paragraph(name, width, size.head, "font-weight:bold")
    told = paragraph(spread.told(looks, frame), width, size.small)
    high, end = size.text * _HIGH, spread.dots[0].value if highest is None else highest
    height = height_of(heading, size.head) + 4 + high + 1.8 * size.small + height_of(told, size.small)

    def draw(left: float, _right: float) -> None:
        canvas.place(heading, left, size.head)
        canvas.top += height_of(heading, size.head) + 4
        _draw_dots(canvas, spread, looks, (left + size.text, left + width - 2 * size.text, end), high)
        canvas.top += 1.8 * size.small
        canvas.place(told, left, size.small)

    return Block(height, draw)


def _draw_dots(
    canvas: Canvas, spread: Spread, looks: Looks, edges: tuple[float, float, float], height: float
) -> None:
    """Draw a dot for each value on an axis, its height without meaning, and a line at the median."""
    size, frame = canvas.frame.size, canvas.frame
    left, right, highest = edges
    lowest = min(0.0, *(dot.value for dot in spread.dots))
    axes = canvas.axes(
        left,
        right,
        height,
        {"range": [lowest, highest if highest > lowest else 1.0], "gridcolor": RULE,
         "tickfont": {"size": size.small, "color": GREY},
         **ticks(highest, spread.unit, frame.lang, right - left, size.small)},
        {"range": [height, 0], "showticklabels": False},
    )  # fmt: skip
    shared = {"showlegend": False, "cliponaxis": False, "hoverinfo": "text", **axes}
    middle = median(dot.value for dot in spread.dots)
    canvas.trace(
        "scatter", x=[middle, middle], y=[0, height], mode="lines", line={"color": INK, "width": 1.5},
        name=f"{spread.key} median", **{**shared, "hoverinfo": "skip"},
    )  # fmt: skip
    named = {*spread.dots[:_NAMED], spread.dots[-1], *(d for d in spread.dots if d.plan in frame.chosen)}
    for is_named in (False, True):
        dots = [dot for dot in spread.dots if (dot in named) == is_named]
        marker = {
            "symbol": [looks[dot.plan].marker for dot in dots] if is_named else "circle",
            "color": [looks[dot.plan].colour for dot in dots] if is_named else "rgba(89,89,89,0.25)",
            "size": size.text * (0.85 if is_named else 0.5),
        }
        # Golden ratio steps scatter dots of one value evenly.
        canvas.trace(
            "scatter", x=[dot.value for dot in dots],
            y=[height * (0.12 + 0.76 * ((index * 0.618) % 1)) for index in range(len(dots))], mode="markers",
            marker=marker, name=f"{spread.key} {'named' if is_named else 'values'}",
            customdata=[_behind(dot) for dot in dots], hovertext=[dot.hover() for dot in dots], **shared,
        )  # fmt: skip


def _behind(dot: Dot) -> str | list[str]:
    return dot.keys[0] if len(dot.keys) == 1 else list(dot.keys[:_BEHIND])


def draw_blocks(canvas: Canvas, blocks: Sequence[tuple[str, Block]], columns: int) -> int:
    """Draw blocks in columns, as far as there is room for them in every language.

    Args:
        canvas: They are drawn at its top.
        blocks: Each with a name by which the canvas knows it, the most important first.
        columns: How many columns.

    Returns:
        How many are left out.
    """
    gap = canvas.frame.size.text * _GAP
    canvas.top += gap / 2
    kept: list[tuple[str, Block]] = []
    for name, block in blocks:
        tried = [each for _, each in (*kept, (name, block))]
        if canvas.may_show(name) and canvas.arranged(tried, columns, gap) is not None:
            kept.append((name, block))
    drawn = [block for _, block in kept]
    if places := canvas.arranged(drawn, columns, gap):
        canvas.draw(drawn, places, columns)
        canvas.top += gap
    canvas.show(name for name, _ in kept)
    return len(blocks) - len(kept)
