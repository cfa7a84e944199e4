"""Draws the figures behind a chart as a picture: bars with their labels, as PNG.

With the machine's DejaVu Sans, which has the letters of most languages; where it is not installed
with the font that Pillow brings, which has ASCII, and letters without their marks.
"""

from __future__ import annotations

import io
import unicodedata

from PIL import Image, ImageDraw, ImageFont

from assistant.faces import render
from assistant.reply import Chart

WIDTH, MARGIN, ROW, TITLE = 1000, 32, 44, 64
LABELS = 300
FIGURES = 110
BARS = 20
"""Rows that are drawn; the table beside the picture has them all."""
INK, PALE, BAR, PAPER = "#1d1c1d", "#616061", "#2f6fb3", "#ffffff"
WIDE_FONT = "DejaVuSans.ttf"
BARE = str.maketrans({"ʼ": "'", "’": "'", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
                      "ɛ": "e", "Ɛ": "E", "ɔ": "o", "Ɔ": "O", "ŋ": "n", "Ŋ": "N", "ı": "i",
                      "ß": "ss", "æ": "ae", "Æ": "Ae", "…": "...", "·": "-"})  # fmt: skip
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def fonts(wide: str = WIDE_FONT) -> tuple[Font, Font, bool]:
    """Large, small, and whether they have ASCII only."""
    try:
        return ImageFont.truetype(wide, 27), ImageFont.truetype(wide, 21), False
    except OSError:
        return ImageFont.load_default(28), ImageFont.load_default(22), True


def bare(text: str) -> str:
    """The words with letters of ASCII alone; what has no such letter is left out."""
    apart = unicodedata.normalize("NFKD", text.translate(BARE))
    return apart.encode("ascii", "ignore").decode()


def draw(chart: Chart, *, font: str = WIDE_FONT) -> bytes | None:
    """The picture; None where no row has a figure to draw."""
    found = bars(chart)
    if not found or max(value for _, value, _ in found) <= 0:
        return None
    height = 2 * MARGIN + TITLE + ROW * len(found)
    picture = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(picture)
    large, small, ascii_only = fonts(font)
    title = render.clean(chart.title)
    title = fitted(pen, bare(title) if ascii_only else title, large, WIDTH - 2 * MARGIN)
    pen.text((MARGIN, MARGIN), title, fill=INK, font=large)
    left = MARGIN + LABELS + 16
    room = WIDTH - MARGIN - FIGURES - left
    longest = max(value for _, value, _ in found)
    for place, (label, value, figure) in enumerate(found):
        top = MARGIN + TITLE + place * ROW
        name = fitted(pen, bare(label) if ascii_only else label, small, LABELS)
        pen.text((MARGIN + LABELS, top + 8), name, fill=INK, font=small, anchor="ra")
        end = left + max(2, round(room * value / longest))
        pen.rectangle((left, top + 6, end, top + ROW - 8), fill=BAR)
        pen.text((end + 10, top + 8), figure, fill=PALE, font=small)
    out = io.BytesIO()
    picture.save(out, format="PNG", optimize=True)
    return out.getvalue()


def bars(chart: Chart) -> list[tuple[str, float, str]]:
    """(label, length, figure in words) of each row that has a figure."""
    x = chart.columns.index(chart.x) if chart.x in chart.columns else 0
    y = chart.columns.index(chart.y) if chart.y in chart.columns else len(chart.columns) - 1
    found = []
    for row in chart.rows:
        value = row[y]
        if isinstance(value, (int, float)):
            found.append((render.clean(str(row[x])), float(value), render.cell_text(value)))
    return found[:BARS]


def fitted(pen: ImageDraw.ImageDraw, text: str, font: Font, room: int) -> str:
    """The words, cut so that they fit into this many pixels."""
    if pen.textlength(text, font=font) <= room:
        return text
    kept = text
    while kept and pen.textlength(f"{kept}...", font=font) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}..."
