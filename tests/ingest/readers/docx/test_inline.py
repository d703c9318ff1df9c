"""A paragraph's text is what Word shows of it."""

from __future__ import annotations

from word_samples import lines, of_body, run


def test_only_the_text_that_is_shown_is_read() -> None:
    shown = (
        f"<w:p>{run('Fees ')}<w:ins w:id='1' w:author='x'>{run('rose ')}</w:ins>"
        f"<w:del w:id='2' w:author='x'><w:r><w:delText>fell </w:delText></w:r></w:del>"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly </w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("twice")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:noBreakHyphen/><w:t>a</w:t><w:tab/><w:t>year</w:t></w:r>"
        '<w:r><w:sym w:font="Symbol" w:char="F0B1"/></w:r></w:p>'
    )
    prompt = f"<w:p>{run('Click here')}</w:p>"
    placeholder = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{prompt}</w:sdtContent></w:sdt>"
    assert lines(of_body(shown, placeholder)) == ["Fees rose twice-a year±"]
