"""What a table program would calculate or run if it stood in a cell as it is."""

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "|cmd",
    "\t=1",
    "\r=1",
    "  =1+1",
    "＝1+1",
    '=HYPERLINK("http://x")',
    "=cmd|' /C calc'!A0",
]
