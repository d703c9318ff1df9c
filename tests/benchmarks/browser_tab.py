"""A tab of the app without a browser: what it sends and receives over Streamlit's websocket, and what would stand on
its page. Twenty browsers are too heavy for a small machine; twenty of these are not."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.common import user_key_from_element_id
from websockets.sync.client import connect

_MAIN, _SIDEBAR = 0, 1  # the first number of an element's path
_GOING_ON = (ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
Watch = Callable[[bytes], None]  # is given everything that reaches the tab, save for its sidebar


class BrowserTab:
    """Opens the app's first page; each action returns when the script behind the page has run to its end.

    Raises TimeoutError where that takes longer than `patience` seconds, and what websockets raises of a connection
    that is lost.
    """

    def __init__(self, url: str, watch: Watch, patience: float) -> None:
        self.errors: list[str] = []  # shown on the page, by the actions so far
        self._watch, self._patience, self._url = watch, patience, url
        self._query = self._page = ""
        self._elements: dict[tuple[int, ...], Element] = {}
        self._widgets: dict[str, str] = {}  # ids by the keys that the app gave
        address = url.replace("http://", "ws://", 1) + "/_stcore/stream"
        self._connecting = connect(address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        self._socket = self._connecting.__enter__()
        self._run()

    def __enter__(self) -> BrowserTab:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connecting.__exit__(kind, error, trace)

    def ask(self, question: str) -> None:
        """Type a question into the field and press Enter."""
        state = WidgetState(id=self._widgets["question"])
        state.chat_input_value.data = question
        self._run(state)

    def press(self, key: str) -> None:
        """Click a button."""
        self._run(WidgetState(id=self._widgets[key], trigger_value=True))

    def markup(self) -> list[str]:
        """The HTML of the page, sidebar left out, piece after piece as it stands there."""
        return [
            element.html.body
            for path, element in sorted(self._elements.items())
            if path[0] == _MAIN and element.WhichOneof("type") == "html"
        ]

    def _run(self, *changed: WidgetState) -> None:
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.context_info.url = self._url
        message.rerun_script.context_info.timezone = "UTC"
        message.rerun_script.widget_states.widgets.extend(changed)
        self._socket.send(message.SerializeToString())
        while not self._received():
            pass

    def _received(self) -> bool:
        """Take one message; says whether it tells that the script has run to its end."""
        data = self._socket.recv(timeout=self._patience)
        assert isinstance(data, bytes)
        message = ForwardMsg.FromString(data)
        if not (message.HasField("delta") and message.metadata.delta_path[0] == _SIDEBAR):
            self._watch(data)
        what = message.WhichOneof("type")
        if what == "new_session":
            self._page = message.new_session.page_script_hash
            self._elements.clear()  # what this run does not draw again leaves the page
        elif what == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif what == "delta":
            self._take(message)
        elif what == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                self.errors.append("the script did not compile")
            return message.script_finished not in _GOING_ON
        return False

    def _take(self, message: ForwardMsg) -> None:
        path = tuple(message.metadata.delta_path)
        if message.delta.WhichOneof("type") != "new_element":
            self._elements.pop(path, None)
            return
        element = self._elements[path] = message.delta.new_element
        kind = str(element.WhichOneof("type"))
        if kind == "exception":
            self.errors.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert" and element.alert.format in (Alert.ERROR, Alert.WARNING):
            self.errors.append(element.alert.body)
        elif kind == "toast":  # nothing in an undisturbed conversation is worth one
            self.errors.append(element.toast.body)
        widget = str(getattr(getattr(element, kind), "id", ""))
        if key := user_key_from_element_id(widget):
            self._widgets[key] = widget
