"""Draws what a terminal showed as an SVG.

    ./madrigal demo 2>&1 | python3 docs/images/render.py > docs/images/demo.svg
"""

import sys
from xml.sax.saxutils import escape

WIDTH, ADVANCE, HEIGHT, MARGIN = 130, 7.83, 18, 20


def colour(line):
    if line.startswith("PRIVACY"):
        return "#f2cc60"
    if "kill -9" in line or "flips one byte" in line or "the audit names" in line:
        return "#ff7b72"
    if "is back" in line or "bit for bit" in line or "every signature" in line:
        return "#7ee787"
    if line.startswith(("round", "each alone")):
        return "#e6edf3"
    return "#9da7b3"


def main():
    lines = [line.rstrip("\n")[:WIDTH] for line in sys.stdin]
    while lines and not lines[-1].strip():
        lines.pop()
    width = round(MARGIN * 2 + WIDTH * ADVANCE)
    height = MARGIN * 2 + HEIGHT * (len(lines) + 1)
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="Output of madrigal demo">')
    print(f'<rect width="{width}" height="{height}" rx="8" fill="#0d1117"/>')
    print('<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="13">')
    for row, line in enumerate(["$ ./madrigal demo"] + lines):
        y = MARGIN + HEIGHT * (row + 1) - 5
        fill = "#e6edf3" if row == 0 else colour(line)
        print(f'<text x="{MARGIN}" y="{y}" fill="{fill}" xml:space="preserve">{escape(line)}</text>')
    print("</g>\n</svg>")


main()
