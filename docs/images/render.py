"""Draws what a terminal showed as an SVG.

    ./madrigal demo 2>&1 | python3 docs/images/render.py > docs/images/demo.svg
"""

import sys
import textwrap
from xml.sax.saxutils import escape

WIDTH, ADVANCE, HEIGHT, MARGIN = 108, 7.83, 18, 20
WHITE, GREY, YELLOW, RED, GREEN = "#e6edf3", "#9da7b3", "#f2cc60", "#ff7b72", "#7ee787"


def colour(line):
    if line.startswith(("PRIVACY", "reads the ledger")):
        return YELLOW
    if "kill -9" in line:
        return RED
    if any(words in line for words in ("is back", "bit for bit", "the audit names")):
        return GREEN
    return GREY if line.startswith((" ", "accuracy")) else WHITE


def rows(lines):
    yield "$ ./madrigal demo", WHITE
    for line in lines:
        for part in textwrap.wrap(line, WIDTH, subsequent_indent="    ", drop_whitespace=False) or [""]:
            yield part, colour(line)


def main():
    drawn = list(rows(sys.stdin.read().rstrip().split("\n")))
    width = round(MARGIN * 2 + WIDTH * ADVANCE)
    height = MARGIN * 2 + HEIGHT * len(drawn)
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="Output of madrigal demo">')
    print(f'<rect width="{width}" height="{height}" rx="8" fill="#0d1117"/>')
    print('<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="13">')
    for row, (line, fill) in enumerate(drawn):
        y = MARGIN + HEIGHT * (row + 1) - 5
        print(f'<text x="{MARGIN}" y="{y}" fill="{fill}" xml:space="preserve">{escape(line)}</text>')
    print("</g>\n</svg>")


main()
