"""The style sheet for what the theme in .streamlit/config.toml cannot express: prose, citations, sources."""

# Colours are currentColor, light-dark() or the theme's own, so that one sheet serves both themes.
_SHEET = """
:root {
  --bd-accent: light-dark(#1f5673, #8fc1dc);
  --bd-wash: light-dark(#e1ebf0, #20313c);
  --bd-muted: light-dark(#5c6872, #9aa7b1);
  --bd-rule: light-dark(#dcdfd9, #333d46);
  --bd-mark: light-dark(#fbe7a1, #5d4c12);
  --bd-warn: light-dark(#8f4a12, #e3a76d);
  --bd-warn-wash: light-dark(#fbf1e6, #2e2318);
  --bd-serif: "Source Serif", Georgia, serif;
}
.bd { overflow-wrap: anywhere; line-height: 1.55; }
.bd p { margin: 0 0 .8rem; }
.bd p:last-child { margin-bottom: 0; }
.bd button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer;
  text-align: left; }
.bd button:focus-visible { outline: 2px solid var(--bd-accent); outline-offset: 2px; border-radius: 3px; }
.bd .bd-muted, .bd-muted { color: var(--bd-muted); }
.bd-small { font-size: .875rem; color: var(--bd-muted); line-height: 1.45; }
.bd-brand { font-family: var(--bd-serif); font-weight: 600; font-size: 1.35rem; line-height: 1.2; }
.bd-label { font-size: .75rem; font-weight: 600; letter-spacing: .06em; text-transform: uppercase;
  color: var(--bd-muted); }
.bd-lead { font-family: var(--bd-serif); font-size: 1.05rem; color: var(--bd-muted); max-width: 38rem; }

[data-question] { scroll-margin-top: 4.5rem; }
.bd-question { font-family: var(--bd-serif); font-size: 1.3rem; font-weight: 600; line-height: 1.35; }
.bd-prose { font-size: 1.05rem; line-height: 1.65; }
.bd-under { display: inline-block; margin-bottom: .1rem; padding: .05rem .5rem; font-size: .85rem;
  border: 1px solid var(--bd-rule); border-radius: .3rem; color: var(--bd-muted); }
.bd .bd-cite { display: inline-block; min-width: 1.25em; padding: 0 .3em; margin: 0 .1em 0 .2em; font-size: .72em;
  font-weight: 600; line-height: 1.5; text-align: center; vertical-align: .2em; border-radius: .3em;
  color: var(--bd-accent); background: var(--bd-wash); font-family: "Source Sans", sans-serif; }
.bd button.bd-cite { border: 1px solid light-dark(#b9cfda, #3a5667); }
.bd .bd-bottom-line button.bd-cite { background: light-dark(#fff, #14191e); }
.bd button.bd-cite:hover { color: light-dark(#fff, #10151a); background: var(--bd-accent); }
.bd-note { color: var(--bd-muted); font-style: italic; }
.bd-unsupported { text-decoration: underline wavy var(--bd-warn) 1px; text-underline-offset: .25em; }
.bd-reason { display: inline-block; margin: 0 .3em; padding: 0 .45em; font-size: .8em; border-radius: .3em;
  color: var(--bd-warn); background: var(--bd-warn-wash); }
[data-testid="stStatusWidget"] { display: none; }  /* its Stop button would lose what was written */
.bd-wait { color: var(--bd-muted); }
.bd-failed { margin: 0; padding: .3em .6em; font-size: .9rem; }
.bd-failed b { font-weight: 600; }

.bd-sources { display: flex; flex-direction: column; border-top: 1px solid var(--bd-rule); margin-top: .2rem; }
.bd-source { display: flex; gap: .75rem; padding: .5rem .1rem; border-bottom: 1px solid var(--bd-rule); }
.bd-source:last-child { border-bottom: 0; }
.bd-source .bd-numbers { flex: 0 0 auto; max-width: 5.2rem; line-height: 1.5; }
.bd-source .bd-title { font-weight: 600; }
.bd button.bd-title:hover { color: var(--bd-accent); text-decoration: underline; }

.bd-passage { font-family: var(--bd-serif); font-size: 1rem; line-height: 1.65; white-space: pre-line;
  border-left: 3px solid var(--bd-rule); padding-left: 1rem; }
.bd-passage .bd-around { color: var(--bd-muted); }
.bd mark { background: var(--bd-mark); color: inherit; padding: .08em 0; border-radius: 2px; }
.bd-whole { white-space: pre-wrap; font-size: .95rem; line-height: 1.6; }

.bd .bd-facts { margin: 0; padding: 0; display: grid;
  grid-template-columns: max-content 1fr; gap: .25rem 1rem; font-size: .925rem; }
.bd-facts dt { color: var(--bd-muted); font-weight: 400; }
.bd-facts dd { margin: 0; }

.bd-doc h2 { font-family: var(--bd-serif); font-size: 1.75rem; line-height: 1.2; padding: 0; margin: 0 0 .4rem; }
.bd-doc h3 { font-family: var(--bd-serif); font-size: 1.2rem; padding: 0; margin: 1.6rem 0 .5rem; }
.bd-doc .bd-bottom-line { background: var(--bd-wash); border-left: 3px solid var(--bd-accent);
  padding: .9rem 1.1rem; border-radius: 0 .4rem .4rem 0; margin: 1.1rem 0 .4rem; font-size: 1.08rem; }
.bd-table { width: 100%; border-collapse: collapse; font-size: .95rem; }
.bd-table th { text-align: left; font-weight: 600; font-size: .8rem; color: var(--bd-muted); }
.bd-table th, .bd-table td { border: 0; border-bottom: 1px solid var(--bd-rule); padding: .5rem .8rem .5rem 0;
  vertical-align: top; }
.bd-table td:first-child { white-space: nowrap; color: var(--bd-muted); font-variant-numeric: tabular-nums; }
.bd-events { overflow-wrap: break-word; }
.bd-events td[data-name="What happened"] { min-width: 14rem; }
@media (max-width: 640px) {
  .bd-events thead { display: none; }
  .bd-events tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--bd-rule); }
  .bd .bd-events td { display: block; min-width: 0; padding: 0; border: 0; }
  .bd-events td:empty { display: none; }
  .bd-events td:not(:first-child):not([data-name="What happened"]) { font-size: .875rem; }
  .bd-events td:not(:first-child):not([data-name="What happened"])::before { content: attr(data-name) ": ";
    color: var(--bd-muted); }
}
.bd-timeline { margin: .8rem .5rem 1.2rem 0; }
.bd-lanes { position: relative; margin-right: 14px; }
.bd .bd-lanes button { position: absolute; height: 14px; background: var(--bd-accent); border-radius: 7px; }
.bd .bd-lanes .bd-dot { width: 14px; border: 2px solid light-dark(#fff, #14191e); }
.bd .bd-lanes .bd-bar { min-width: 10px; height: 8px; margin-bottom: 3px; opacity: .5; }
.bd .bd-lanes button:hover { opacity: 1; background: var(--bd-warn); }
.bd-ticks { position: relative; height: 1.6rem; margin-right: 14px; }
.bd-ticks span { position: absolute; top: 2px; padding: .2rem 0 0 3px; border-top: 1px solid var(--bd-muted);
  border-left: 1px solid var(--bd-muted); font-size: .75rem; line-height: 1.2; color: var(--bd-muted);
  white-space: nowrap; font-variant-numeric: tabular-nums; }
.bd-ticks .bd-gap::after { content: ""; position: absolute; right: 100%; top: -1px; width: .5rem;
  border-top: 1px dotted var(--bd-muted); }
@media (max-width: 640px) { .bd-crowded .bd-ticks span:nth-child(even) { font-size: 0; line-height: .9rem; } }
.bd-conflict { margin: 0 0 1rem; }
.bd-sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .75rem;
  margin-top: .4rem; }
.bd-side { border: 1px solid var(--bd-rule); border-radius: .4rem; padding: .7rem .9rem; font-size: .95rem; }
.bd-tag { font-size: .78rem; padding: .05rem .45rem; border-radius: .3rem; color: var(--bd-muted);
  border: 1px solid var(--bd-rule); white-space: nowrap; }
.bd-tag.bd-warn { color: var(--bd-warn); border-color: currentColor; }
.bd-endnote { display: flex; gap: .7rem; padding: .45rem 0; border-bottom: 1px solid var(--bd-rule);
  font-size: .9rem; }
.bd-endnote > div:first-child { flex: 0 0 auto; }
.bd-endnote:last-child { border-bottom: 0; }
.bd-endnote q { color: var(--bd-muted); font-family: var(--bd-serif); }
.bd ul { margin: 0; padding-left: 1.2rem; }
.bd-numbers .bd-cite { margin: 0 .3em 0 0; }
.bd li { margin: .2rem 0; }

.bd-pointed { background: light-dark(#f3efdc, #2b2a20); border-radius: 3px; }
.bd-panel { position: fixed; top: 4.5rem; right: 1.5rem; bottom: 1.5rem; width: 19rem; overflow-y: auto;
  padding: .9rem 1rem; border: 1px solid var(--bd-rule); border-radius: .5rem; font-size: .9rem;
  background: light-dark(#fff, #171d23); }
.bd-panel .bd-behind { display: none; margin-top: .7rem; }
.bd-panel .bd-shown { display: block; }
.bd-panel .bd-done { display: none; }
.bd-panel .bd-passage { margin-top: .5rem; font-size: .95rem; line-height: 1.55; }
@media (min-width: 1150px) { .stMain:has(.bd-panel) { padding-right: 21rem; } }
@media (max-width: 1149px) { .bd .bd-panel { display: none; } }

/* Streamlit's own parts */
.stMain h1 { padding: 0 0 .25rem; }
:has(> .st-key-listener), :has(> .st-key-standing), :has(> .st-key-closing), :has(> .st-key-following) {
  position: absolute; width: 0; height: 0; overflow: hidden; }
.st-key-newest { min-height: calc(100dvh - 16rem); }
.stApp button[data-testid="stPopoverButton"][aria-expanded="true"] { color: var(--bd-accent); }
[class*="st-key-copy-"] [data-testid="stCode"] * { opacity: 1; }
[data-testid="stFileUploaderDropzoneInstructions"] > * { display: none; }
[data-testid="stFileUploaderDropzoneInstructions"]::after { content: "or drop files here, up to 200 MB each"; }
[class*="st-key-example-"] button { padding: .6rem .9rem; }
[class*="st-key-example-"] button > div, [class*="st-key-go-"] button > div { justify-content: flex-start;
  width: 100%; }
[class*="st-key-example-"] p, [class*="st-key-go-"] p, [class*="st-key-open-"] p { text-align: left; }
[class*="st-key-open-"] p { font-weight: 600; white-space: normal; }
[class*="st-key-open-"] button { height: auto; min-height: 1.6rem; padding: 0; }
.st-key-conversations button { min-height: 2.1rem; height: 2.1rem; }
.st-key-conversations p { font-size: .925rem; }
[class*="st-key-row-"] { border-radius: .4rem; padding: 0 .25rem 0 .6rem; }
[class*="st-key-row-"]:hover { background: light-dark(#e8eae4, #1a2128); }
[class*="st-key-row-now-"] { background: light-dark(#e2e5df, #232c34); }
[class*="st-key-row-now-"] p { font-weight: 600; }
[class*="st-key-menu-"] button div[aria-hidden="true"] { display: none; }
[class*="st-key-report-"] { border-bottom: 1px solid var(--bd-rule); padding-bottom: .55rem; }
"""


def style(theme: str | None) -> str:
    """The style element for st.html; `theme` is "light" or "dark", anything else follows the browser.

    The theme is set on the root, because Streamlit puts dialogs outside the app's own element.
    """
    scheme = theme if theme in ("light", "dark") else "light dark"
    return f"<style>:root {{ color-scheme: {scheme}; }}{_SHEET}</style>"
