"""The little that Python cannot do from afar: four small scripts in the browser, as components."""

from __future__ import annotations

from typing import Any

import streamlit as st

# Citations in prose are <button data-cite="KEY/NUMBER">; one listener tells Python which was clicked.
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

# Once for each place: a rerun must not take the page away from where somebody is reading.
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

# The panel beside a briefing holds all sources; those of the sentence pointed at, or focused, are shown.
_FOLLOWING = """
export default function ({ parentElement }) {
  const follow = (event) => {
    const said = event.target instanceof Element && event.target.closest("[data-cites]");
    if (!said) return;
    const wanted = said.dataset.cites.split(" ");
    document.querySelectorAll(".bd-panel [data-behind]").forEach((source) => {
      source.classList.toggle("bd-shown", wanted.includes(source.dataset.behind));
    });
    document.querySelectorAll(".bd-pointed").forEach((one) => one.classList.remove("bd-pointed"));
    said.classList.add("bd-pointed");
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

# On a phone the sidebar covers the page that was just chosen in it.
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
    return st.components.v2.component(f"briefing_desk_{name}", js=script, isolate_styles=False)


def listen() -> str:
    """KEY/NUMBER of the citation that was just clicked, or nothing.

    Called before anything slow is drawn, so that no click falls between two runs of the script.
    """
    with st.container(key="listener"):
        told = _component("citations", _LISTENER)(key="citations", on_cite_change=lambda: None)
    return str(told.get("cite") or "")


def stand_at_question(place: str) -> None:
    """Scroll to the last question of the page, once for each `place`."""
    with st.container(key="standing"):
        _component("standing", _STANDING)(key="place", data=place)


def follow() -> None:
    """Have the panel beside a briefing show the source of the sentence that is pointed at."""
    with st.container(key="following"):
        _component("following", _FOLLOWING)(key="panel")


def close_sidebar_on_phones() -> None:
    """Have the sidebar close where it covers the page, once a page or a conversation is chosen in it."""
    with st.container(key="closing"):
        _component("closing", _CLOSING)(key="sidebar")
