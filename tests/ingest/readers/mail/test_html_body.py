"""The HTML of a mail is read whole, without its layout and with its quotations marked."""

from __future__ import annotations

import pytest
from ingest_samples import FIRST, SECOND
from mail_samples import mail, own, read_message, texts

NEWSLETTER = f"""<html><head><title>x</title><style>p {{}}</style></head><body>
<div style="display:none;max-height:0">What the list of mails shows</div>
<table role="presentation" width="100%"><tr><td><table><tr><td><a href="#">View this email in your browser</a></td></tr>
<tr><td><h2>In the north</h2><p>{FIRST}</p>
<table><tr><th>Harbour</th><th>Tonnes</th></tr><tr><td>Lindow</td><td>900</td></tr><tr><td>Ostra</td><td>40</td></tr></table>
</td></tr><tr><td><font>{SECOND}<br><br>Two lines<br>end here</font></td></tr></table></td></tr></table>
<p>You are receiving this email because you signed up. <a href="#">Unsubscribe</a></p>
<img src="https://x.example/pixel.gif" width="1" height="1"></body></html>"""


def test_a_newsletter_is_read_whole_and_its_layout_is_no_table() -> None:
    document = read_message(mail(NEWSLETTER, kind="html"))
    assert texts(document, "heading") == ["Grain", "In the north"]
    assert texts(document, "table") == ["Harbour: Lindow; Tonnes: 900", "Harbour: Ostra; Tonnes: 40"]
    assert texts(document, "paragraph") == [FIRST, SECOND, "Two lines", "end here"]
    assert "list of mails" not in document.text
    assert "View this email in your browser" in texts(document, "furniture")


@pytest.mark.parametrize(
    "quotation",
    [
        '<div class="gmail_quote"><div class="gmail_attr">On Mon, 8 Mar 2021 at 10:00, Tomas &lt;t@x.example&gt; wrote:'
        "<br></div><blockquote class='gmail_quote'>{}</blockquote></div>",
        '<div class="moz-cite-prefix">Op 8-3-2021 om 10:00 zei Tomas:<br></div><blockquote type="cite">{}</blockquote>',
        '<div id="divRplyFwdMsg"><b>From:</b> Tomas Okoro<br><b>Sent:</b> Monday, March 8, 2021 10:00 AM<br>'
        "<b>To:</b> Mara<br><b>Subject:</b> Grain</div><div>{}</div>",
    ],
    ids=["gmail", "thunderbird", "outlook"],
)
def test_what_an_html_reply_quotes_answers_nothing(quotation: str) -> None:
    html = f"<div>I agree.</div>{quotation.format(f'<p>{FIRST}</p>')}"
    document = read_message(mail(html, kind="html", subject="Re: Grain"))
    assert own(document) == ["I agree."]
    assert FIRST in texts(document, "furniture")


def test_an_html_forward_is_read() -> None:
    html = (
        '<p>See below.</p><div class="moz-forward-container">-------- Forwarded Message --------<table><tbody>'
        "<tr><th>Subject: </th><td>Grain</td></tr><tr><th>Date: </th><td>Mon, 1 Mar 2021 10:00:00 +0100</td></tr>"
        "<tr><th>From: </th><td>Tomas Okoro &lt;t@x.example&gt;</td></tr><tr><th>To: </th><td>Mara</td></tr></tbody>"
        f"</table><p>{FIRST}</p></div>"
    )
    document = read_message(mail(html, kind="html", subject="Fwd: Grain"))
    assert own(document) == ["See below.", FIRST]
    assert (document.metadata.authors, document.metadata.published) == (("Tomas Okoro",), "2021-03-01")
