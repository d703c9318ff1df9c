"""Four small scripts for what only the browser can do, as Streamlit components."""

from __future__ import annotations

from typing import Any

import streamlit as st

# Citations are <button data-cite="KEY/NUMBER">; one listener on the document tells Python which was clicked.
_LISTENER = """
export default function ({ parentElement, setTriggerValue }) {
  const tell = (event) => {
    const cite = event.target instanceof Element && event.target.closest("button[data-cite]");
    if (cite) setTriggerValue("cite", cite.dataset.cite);
  };
  if (parentElement.tell) document.removeEventListener("click", parentElement.tell);
  parentElement.tell = tell;
  document.addEventListener("click", tell);
  return () => document.removeEventListener("click", tell);
}
"""

# Scrolls once per value of `data`: a rerun must not move the page under somebody who is reading.
_STANDING = """
export default function ({ data }) {
  const root = document.documentElement;
  if (!data || root.dataset.bdStood === data) return;
  root.dataset.bdStood = data;
  requestAnimationFrame(() => {
    const questions = document.querySelectorAll("[data-question]");
    questions[questions.length - 1]?.scrollIntoView({ block: "start" });
  });
}
"""

# The panel beside a briefing holds all sources; this shows those of the sentence that is pointed at or focused.
_FOLLOWING = """
export default function ({ parentElement }) {
  const follow = (event) => {
    const sentence = event.target instanceof Element && event.target.closest("[data-cites]");
    if (!sentence) return;
    const wanted = sentence.dataset.cites.split(" ");
    document.querySelectorAll(".bd-panel [data-behind]").forEach((source) => {
      source.classList.toggle("bd-shown", wanted.includes(source.dataset.behind));
    });
    document.querySelectorAll(".bd-pointed").forEach((pointed) => pointed.classList.remove("bd-pointed"));
    sentence.classList.add("bd-pointed");
    document.querySelector(".bd-panel .bd-hint")?.classList.add("bd-done");
  };
  if (parentElement.follow) {
    document.removeEventListener("mouseover", parentElement.follow);
    document.removeEventListener("focusin", parentElement.follow);
  }
  parentElement.follow = follow;
  document.addEventListener("mouseover", follow);
  document.addEventListener("focusin", follow);
  return () => {
    document.removeEventListener("mouseover", follow);
    document.removeEventListener("focusin", follow);
  };
}
"""

# On a phone the sidebar covers the page: close it once a page or a conversation is chosen in it.
_CLOSING = """
export default function ({ parentElement }) {
  const choices = ".st-key-pages a, .st-key-new-conversation button, [class*='st-key-go-'] button";
  const close = (event) => {
    const chosen = event.target instanceof Element && event.target.closest(choices);
    if (!chosen || window.innerWidth > 768) return;
    document.querySelector("[data-testid='stSidebarCollapseButton'] button")?.click();
  };
  if (parentElement.close) document.removeEventListener("click", parentElement.close);
  parentElement.close = close;
  document.addEventListener("click", close);
  return () => document.removeEventListener("click", close);
}
"""


@st.cache_resource(show_spinner=False)
def _component(name: str, script: str) -> Any:
    """The component for a script, registered with Streamlit once per process."""
    return st.components.v2.component(f"briefing_desk_{name}", js=script, isolate_styles=False)


def listen() -> str:
    """KEY/NUMBER of the citation that was just clicked, or "".

    Call it before anything slow is drawn, so that no click is lost between two runs of the script.
    """
    with st.container(key="listener"):
        state = _component("citations", _LISTENER)(key="citations", on_cite_change=lambda: None)
    return str(state.get("cite") or "")


def stand_at_question(question_id: str) -> None:
    """Scroll the last question of the page to the top, once per `question_id`."""
    with st.container(key="standing"):
        _component("standing", _STANDING)(key="place", data=question_id)


def follow_pointer() -> None:
    """Make the panel beside a briefing show the source of the sentence under the pointer or the keyboard focus."""
    with st.container(key="following"):
        _component("following", _FOLLOWING)(key="panel")


def close_sidebar_on_phones() -> None:
    """On narrow screens, close the sidebar once a page or a conversation is chosen in it."""
    with st.container(key="closing"):
        _component("closing", _CLOSING)(key="sidebar")
