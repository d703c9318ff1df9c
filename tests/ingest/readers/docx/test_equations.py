"""An equation is written as it would be typed."""

from __future__ import annotations

import pytest
from word_samples import lines, math, of_body, run


@pytest.mark.parametrize(
    ("equation", "written"),
    [
        (f"<m:f><m:num>{math('a+b')}</m:num><m:den>{math('2')}</m:den></m:f>", "(a+b)/2"),
        (f"<m:sSup><m:e>{math('x')}</m:e><m:sup>{math('2')}</m:sup></m:sSup>{math('y')}", "x^2 y"),
        (f"<m:sSub><m:e>{math('c')}</m:e><m:sub>{math('i+1')}</m:sub></m:sSub>", "c_(i+1)"),
        (f"<m:rad><m:deg/><m:e>{math('b-1')}</m:e></m:rad>", "√(b-1)"),
        (
            f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{math('i=1')}</m:sub>"
            f"<m:sup>{math('n')}</m:sup><m:e>{math('i')}</m:e></m:nary>",
            "∑_(i=1)^n i",
        ),
        (f"<m:d><m:e>{math('a')}</m:e><m:e>{math('b')}</m:e></m:d>", "(a|b)"),
        (f"<m:func><m:fName>{math('cos')}</m:fName><m:e>{math('t')}</m:e></m:func>", "cos t"),
        (
            f"<m:m><m:mr><m:e>{math('1')}</m:e><m:e>{math('0')}</m:e></m:mr>"
            f"<m:mr><m:e>{math('0')}</m:e><m:e>{math('1')}</m:e></m:mr></m:m>",
            "1, 0; 0, 1",
        ),
        (math("\U0001d465=\U0001d7d1"), "x=3"),
    ],
    ids=["fraction", "power", "index", "root", "sum", "brackets", "function", "matrix", "italic letters"],
)
def test_an_equation_is_written_as_it_would_be_typed(equation: str, written: str) -> None:
    paragraph = f"<w:p>{run('It follows that ')}<m:oMath>{equation}</m:oMath>{run(' holds.')}</w:p>"
    assert lines(of_body(paragraph)) == [f"It follows that {written} holds."]
