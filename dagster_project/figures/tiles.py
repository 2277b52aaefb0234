"""Provinces as tiles of one size, each about where it lies: what hundreds of plans say, place by place.

A tile shows no outline, so that no rule on maps is touched, and gives small provinces the room of large ones.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dagster_project.figures.canvas import Block, Canvas, height_of, hover_text, paragraph, text_width
from dagster_project.figures.grid import SHADES
from dagster_project.figures.plans import Looks
from dagster_project.figures.words import Lang, phrase

# Row and column of each province, and its abbreviations: those of GB/T 2260 in English.
_TILES = {
    "黑龙江省": (0, 8, "黑", "HL"), "内蒙古自治区": (1, 6, "蒙", "NM"), "吉林省": (1, 8, "吉", "JL"),
    "新疆维吾尔自治区": (2, 0, "新", "XJ"), "北京市": (2, 6, "京", "BJ"), "天津市": (2, 7, "津", "TJ"),
    "辽宁省": (2, 8, "辽", "LN"), "青海省": (3, 1, "青", "QH"), "甘肃省": (3, 2, "甘", "GS"),
    "宁夏回族自治区": (3, 3, "宁", "NX"), "陕西省": (3, 4, "陕", "SN"), "山西省": (3, 5, "晋", "SX"),
    "河北省": (3, 6, "冀", "HE"), "山东省": (3, 7, "鲁", "SD"), "西藏自治区": (4, 1, "藏", "XZ"),
    "四川省": (4, 2, "川", "SC"), "重庆市": (4, 3, "渝", "CQ"), "湖北省": (4, 4, "鄂", "HB"),
    "河南省": (4, 5, "豫", "HA"), "安徽省": (4, 6, "皖", "AH"), "江苏省": (4, 7, "苏", "JS"),
    "上海市": (4, 8, "沪", "SH"), "云南省": (5, 2, "云", "YN"), "贵州省": (5, 3, "贵", "GZ"),
    "湖南省": (5, 4, "湘", "HN"), "江西省": (5, 5, "赣", "JX"), "浙江省": (5, 6, "浙", "ZJ"),
    "广西壮族自治区": (6, 3, "桂", "GX"), "广东省": (6, 4, "粤", "GD"), "福建省": (6, 5, "闽", "FJ"),
    "台湾省": (6, 6, "台", "TW"), "海南省": (7, 3, "琼", "HI"), "澳门特别行政区": (7, 4, "澳", "MO"),
    "香港特别行政区": (7, 5, "港", "HK"),
}  # fmt: skip
_ROWS, _COLUMNS = 8, 9
_BEHIND = 200  # measures that a tile leads to
_LEAST = 1.5  # of the side of a tile, times the size of the font: room for two letters
_SIDE = 56.0  # pixels of a tile at the most
_FILLED = 0.94  # of the side of a tile; the rest divides it from the next one
_STEPS = (0.75, 0.5, 0.25, 0.0)  # a share above one of these has its shade


@dataclass(frozen=True, slots=True)
class Tile:
    """What the plans of a province say.

    Attributes:
        counted: How many of them say it.
        plans: How many there are.
        measure_keys: The measures behind it.
    """

    counted: int
    plans: int
    measure_keys: tuple[str, ...] = ()


def tile_legend(canvas: Canvas) -> None:
    """Explain the shades."""
    bounds = [1.0, *_STEPS]
    samples = [
        (phrase("share_span", canvas.frame.lang, round(low * 100), round(high * 100)), index)
        for index, (high, low) in enumerate(pairwise(bounds))
    ]
    samples += [("0%", len(_STEPS)), (phrase("no_plan", canvas.frame.lang), len(_STEPS) + 1)]
    for name, shade in samples:
        marker = {
            "symbol": "square",
            "size": 14,
            "color": SHADES[shade][0],
            "line": {"color": "#595959", "width": 1},
        }
        canvas.trace("scatter", x=[None], y=[None], mode="markers", marker=marker, name=name)
    canvas.legend()


def tile_block(
    canvas: Canvas, title: str, tiles: Mapping[str, Tile], width: float, side: float = _SIDE
) -> Block:
    """Return the tiles of one question as a block of a width; each says how many of how many plans say it.

    Small tiles have only their names; how many it are stands in the hover.

    Args:
        canvas: The block is drawn there.
        title: The question.
        tiles: By the Chinese name of the province; a province without any is grey.
        width: In pixels.
        side: Of a tile at the most, in pixels.
    """
    size, lang = canvas.frame.size, canvas.frame.lang
    heading = paragraph(title, width, size.head, "font-weight:bold", 2)
    side = min(width / _COLUMNS, side)
    height = height_of(heading, size.head) + 4 + side * _ROWS

    def draw(left: float, _right: float) -> None:
        canvas.place(heading, left, size.head)
        canvas.top += height_of(heading, size.head) + 4
        axes = canvas.axes(
            left,
            left + side * _COLUMNS,
            side * _ROWS,
            {"range": [-0.5, _COLUMNS - 0.5], "showgrid": False, "showticklabels": False},
            {"range": [_ROWS - 0.5, -0.5], "showticklabels": False},
        )
        _draw_tiles(canvas, title, tiles, side, axes, 2 if lang == "zh" else 3)

    return Block(height, draw)


def fitting_tiles(
    canvas: Canvas, title: str, tiles: Mapping[str, Tile], width: float, share: float = 1.0
) -> list[tuple[str, Block]]:
    """Return the tiles of one question, as large as a share of the room of an image lets them be, as a named block.

    None where they would be too small to read.
    """
    size = canvas.frame.size
    high = math.inf if canvas.is_free else (canvas.room * share - 3 * size.head) / _ROWS
    side = min(width / _COLUMNS, _SIDE, high)
    return [("tiles", tile_block(canvas, title, tiles, width, side))] if side >= _LEAST * size.small else []


def _draw_tiles(
    canvas: Canvas, title: str, tiles: Mapping[str, Tile], side: float, axes: Mapping[str, str], name: int
) -> None:
    places = list(_TILES.items())
    shades = [_shade(tiles.get(province)) for province, _ in places]
    size, lang = canvas.frame.size, canvas.frame.lang
    counted = {
        province: phrase("of_short", lang, tile.counted, tile.plans) for province, tile in tiles.items()
    }

    def has_room(font: float) -> bool:
        """Return whether a second line fits into a tile."""
        widest = max((text_width(text, font) for text in counted.values()), default=0.0)
        return side * _FILLED >= max(2.7 * font, widest)

    font = next((each for each in (size.small, size.foot) if has_room(each)), None)
    texts, hover = [], []
    for province, place in places:
        told = counted.get(province, "")
        texts.append(f"{place[name]}<br>{told}" if told and font else str(place[name]))
        hover.append(hover_text([province, title, told]))
    canvas.trace(
        "scatter", x=[place[1] for _, place in places], y=[place[0] for _, place in places], mode="markers+text",
        marker={"symbol": "square", "size": side * _FILLED, "color": [SHADES[shade][0] for shade in shades],
                "opacity": 1, "line": {"color": "#bfbfbf", "width": 0.5}},
        text=texts, textfont={"size": font or size.small, "color": [SHADES[shade][1] for shade in shades]}, name=title,
        customdata=[list(tiles[province].measure_keys) if province in tiles else [] for province, _ in places],
        hovertext=hover, hoverinfo="text", showlegend=False, cliponaxis=False, **axes,
    )  # fmt: skip


def _shade(tile: Tile | None) -> int:
    if tile is None or not tile.plans:
        return len(_STEPS) + 1
    share = tile.counted / tile.plans
    return next((index for index, above in enumerate(_STEPS) if share > above), len(_STEPS))


def provinces(looks: Looks) -> dict[str, list[str]]:
    """Return the plans of each province that has a tile and any plan."""
    found: dict[str, list[str]] = {}
    for plan, look in looks.items():
        if look.province in _TILES:
            found.setdefault(look.province, []).append(plan)
    return found


def share_of_plans(looks: Looks, keys: Mapping[str, Sequence[str]]) -> dict[str, Tile]:
    """Return how many plans of each province state something.

    Args:
        looks: Of all plans.
        keys: The measures that state it, by plan; a plan that does not state it has no entry.
    """
    tiles = {}
    for province, plans in provinces(looks).items():
        stating = [plan for plan in plans if plan in keys]
        behind = [key for plan in stating for key in keys[plan]]
        tiles[province] = Tile(len(stating), len(plans), tuple(behind[:_BEHIND]))
    return tiles


def lost_plans(looks: Looks, lang: Lang) -> str | int:
    """Return how many plans are of no province that has a tile, in words; 0 of none."""
    count = sum(look.province not in _TILES for look in looks.values())
    return phrase("no_province", lang, count) if count else 0


def draw_provinces(canvas: Canvas, questions: Sequence[tuple[str, Mapping[str, Tile]]]) -> None:
    """Draw the tiles of each question side by side, with what their shades mean.

    Args:
        canvas: They are drawn at its top.
        questions: The name and the tiles of each.
    """
    tile_legend(canvas)
    size, gap = canvas.frame.size, canvas.frame.size.text * 1.2

    def side(columns: int) -> float:
        """Return how large tiles are in so many columns, as far as an image has room for them."""
        rows = math.ceil(len(questions) / columns)
        high = (canvas.room - rows * (gap + 2.6 * size.head)) / rows / _ROWS
        return min(canvas.column_width(columns) / _COLUMNS, _SIDE, math.inf if canvas.is_free else high)

    columns = 2 if canvas.is_free else max(range(1, len(questions) + 1), key=side)
    width = canvas.column_width(columns)
    blocks = [tile_block(canvas, name, tiles, width, side(columns)) for name, tiles in questions]
    if places := canvas.arranged(blocks, columns, gap):
        canvas.draw(blocks, places, columns)
    canvas.top += gap
