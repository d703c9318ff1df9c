"""Reads RTF: follows the groups and control words of a file and hands their text to `blocks`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.document import IngestError, Metadata
from ingest.readers.common.draft import Draft, DraftPart, compose
from ingest.readers.common.list_items import BULLET
from ingest.readers.common.properties import stated_properties, styled_title
from ingest.readers.common.style_names import heading_level, level_of_outline
from ingest.readers.common.symbol_fonts import is_private
from ingest.readers.rtf.blocks import ParagraphFormat, RtfBlocks
from ingest.readers.rtf.fonts import RtfFonts
from ingest.readers.rtf.tokens import RtfToken, tokens

_DEEPEST_GROUP = 2000  # nested groups; word processors stay below 20
_INFORMATION_FIELDS = ("title", "author", "keywords")
# Groups that hold no text of the document. Groups marked with \* are skipped, too, except _READ_DESPITE_MARK.
_SKIPPED_GROUPS = frozenset(
    "colortbl filetbl pict object objdata nonshppict shprslt sp header headerl headerr headerf footer footerl footerr "
    "footerf ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn fldinst private private1 xe tc txe rxe template datafield "
    "operator subject comment doccomm manager category hlinkbase creatim revtim printim buptim bkmkstart bkmkend "
    "pnseclvl pgptbl listtable listoverridetable revtbl rsidtbl themedata colorschememapping datastore latentstyles "
    "generator ffname ffdeftext fontemb fontfile falt panose htmltag mhtmltag userprops stylerestrictions".split()
)
_READ_DESPITE_MARK = frozenset("shpinst shptxt do dptxbxtext ud pntext listtext footnote".split())
# Control words and symbols that stand for characters.
_CHARACTERS = {
    "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": BULLET, "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "tab": " ", "line": "\n", "lbr": "\n", "softline": "",
}  # fmt: skip
_SYMBOLS = {"~": " ", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n", "\t": " "}


@dataclass(frozen=True)
class _GroupState:
    """The properties that a group inherits and may change until it ends."""

    # What text belongs to: "body", "fonts", "styles", "label", "information", an information field; "" if skipped.
    place: str = "body"
    font: int | None = None  # number; None is the default
    skipped: int = 1  # characters after \u that old programs show in its place
    hidden: bool = False
    look: ParagraphFormat = ParagraphFormat()
    style: int | None = None  # number of the style being described, within the style sheet
    own_blocks: bool = False  # whether the group is a note or a text box


def read_rich_text(data: bytes) -> Draft:
    """Read an RTF file. The dates in its information are left out: they are the file's, not the report's.

    Without headings by style the draft is `plain`: they are told later, by how they look.
    Raises IngestError `unreadable` where groups are nested more than 2,000 deep.
    """
    reader = _RtfReader()
    for token in tokens(data):
        reader.take(token)
    parts = reader.parts()
    text, pieces = compose(parts)
    plain = not any(part.kind == "heading" for part in parts)
    return Draft(text, pieces, strong=styled_title(parts), weak=reader.information(), plain=plain)


class _RtfReader:
    """Reads the tokens of a file one by one."""

    def __init__(self) -> None:
        self._state = _GroupState()
        self._outer_states: list[_GroupState] = []
        self._fonts = RtfFonts()
        self._styles: dict[int, tuple[str, int | None]] = {}  # number -> (name, outline level)
        self._information: dict[str, str] = {}
        self._blocks = [RtfBlocks(self._level_of_style)]  # the document's, then those of open notes
        self._bytes = b""  # text not decoded yet: a character may take several tokens
        self._escaped = False  # whether any of these bytes was written as \'xx
        self._to_skip = 0  # characters, after a \u
        self._marked = False  # whether \* came just before
        self._ended = False  # whether the outermost group is closed

    def take(self, token: RtfToken) -> None:
        """Handles the next token; tokens after the end of the document are ignored."""
        if self._ended:
            return
        if token.kind == "text":
            self._take_bytes(token)
            return
        self._flush_bytes()
        is_marked, self._marked = self._marked, False
        if token.kind == "open":
            self._open()
        elif token.kind == "close":
            self._close()
        elif token.kind == "symbol":
            self._symbol(token.name)
        else:
            self._word(token.name, token.number, is_marked)
            if token.name != "u":
                self._to_skip = 0

    def parts(self) -> list[DraftPart]:
        """The parts of everything read so far, open notes included."""
        self._flush_bytes()
        while len(self._blocks) > 1:
            note = self._blocks.pop()
            self._blocks[-1].add_note(note.finished())
        return self._blocks[0].finished()

    def information(self) -> Metadata:
        """Title, author and keywords of the file, as metadata."""
        title, author, keywords = (self._information.get(name, "") for name in _INFORMATION_FIELDS)
        return stated_properties(title, author, [keywords])

    def _open(self) -> None:
        if len(self._outer_states) >= _DEEPEST_GROUP:
            raise IngestError(
                "unreadable",
                "The file's parts are nested beyond all reason. Open it, save it again and add that.",
            )
        self._outer_states.append(self._state)
        if self._state.own_blocks:
            self._state = replace(self._state, own_blocks=False)
        self._to_skip = 0

    def _close(self) -> None:
        self._to_skip = 0
        if self._state.own_blocks and len(self._blocks) > 1:
            note = self._blocks.pop()
            self._blocks[-1].add_note(note.finished())
        if self._outer_states:
            self._state = self._outer_states.pop()
        self._ended = not self._outer_states

    def _take_bytes(self, token: RtfToken) -> None:
        data = token.data
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        self._marked = False
        if data and self._state.place:
            self._bytes += data
            self._escaped = self._escaped or token.escaped

    def _flush_bytes(self) -> None:
        if self._bytes:
            data, self._bytes = self._bytes, b""
            escaped, self._escaped = self._escaped, False
            self._write(self._decoded(data, escaped))

    def _decoded(self, data: bytes, escaped: bool) -> str:
        state = self._state
        if state.place in ("body", "label") and self._fonts.draws_signs(state.font):
            return BULLET if state.place == "label" else self._fonts.signs(data, state.font)
        return self._fonts.text(data, state.font, escaped=escaped)

    def _write(self, text: str) -> None:
        place = self._state.place
        if place == "body":
            if not self._state.hidden:
                self._blocks[-1].write(text)
        elif place == "label":
            self._blocks[-1].write_label(text)
        elif place == "fonts":
            self._fonts.name(self._state.font, text)
        elif place == "styles":
            self._name_style(text)
        elif place in _INFORMATION_FIELDS:
            self._information[place] = self._information.get(place, "") + text

    def _write_unless_skipped(self, text: str) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._write(text)

    def _symbol(self, name: str) -> None:
        if name == "*":
            self._marked = True
        elif name in _SYMBOLS:
            if name in "\n\r" and self._state.place == "body":
                self._blocks[-1].end_paragraph(self._state.look)
            else:
                self._write_unless_skipped(_SYMBOLS[name])

    def _word(self, name: str, number: int | None, is_marked: bool) -> None:
        if name in _SKIPPED_GROUPS or (is_marked and name not in _READ_DESPITE_MARK):
            self._state = replace(self._state, place="")
        elif name in _CHARACTERS:
            self._write_unless_skipped(_CHARACTERS[name])
        elif name == "u":
            self._unicode(number or 0)
        elif (place := _PLACES.get(name)) is not None:
            # Within a skipped group these words mean other things; only \ud brings the text back.
            if self._state.place or name == "ud":
                self._state = replace(self._state, place=place)
        elif name in _OWN_BLOCKS:
            self._begin_blocks()
        elif name in _ENDS:
            if self._state.place == "body":
                _ENDS[name](self._blocks[-1], self._state.look)
        else:
            self._set(name, number)

    def _begin_blocks(self) -> None:
        if self._state.place == "body":
            self._blocks.append(RtfBlocks(self._level_of_style))
            self._state = replace(self._state, own_blocks=True, look=ParagraphFormat())

    def _set(self, name: str, number: int | None) -> None:
        """Handles a property of characters, paragraphs, rows, fonts or the file."""
        state = self._state
        is_on = number != 0  # \v switches on, \v0 off
        if name == "f":
            self._state = replace(state, font=number)
        elif name == "plain":
            self._state = replace(state, hidden=False, font=None)
        elif name in ("v", "deleted"):
            self._state = replace(state, hidden=is_on)
        elif name == "uc":
            self._state = replace(state, skipped=max(0, min(number or 0, 10)))
        elif name == "pard":
            self._state = replace(state, look=ParagraphFormat())
        elif name == "s":
            if state.place == "styles":
                self._state = replace(state, style=number)
            else:
                self._state = replace(state, look=replace(state.look, style=number))
        elif name == "outlinelevel" and number is not None:
            self._outline_level(number)
        elif name == "intbl":
            self._state = replace(state, look=replace(state.look, depth=max(1, state.look.depth)))
        elif name == "itap":
            self._state = replace(state, look=replace(state.look, depth=max(0, min(number or 0, 10))))
        elif not self._fonts.describe(name, number, state.font) and state.place == "body":
            self._blocks[-1].describe_row(name)

    def _outline_level(self, number: int) -> None:
        state = self._state
        if state.place == "styles" and state.style is not None:
            self._styles[state.style] = (self._styles.get(state.style, ("", None))[0], number)
        else:
            self._state = replace(state, look=replace(state.look, outline_level=number))

    def _unicode(self, number: int) -> None:
        code = number & 0xFFFF  # codes above 32,767 are written as negative numbers
        is_label_symbol = self._state.place == "label" and is_private(code)
        self._write(BULLET if is_label_symbol else self._fonts.character(code, self._state.font))
        self._to_skip = self._state.skipped

    def _name_style(self, text: str) -> None:
        number = self._state.style if self._state.style is not None else 0
        name, level = self._styles.get(number, ("", None))
        self._styles[number] = (name + text.replace(";", ""), level)

    def _level_of_style(self, number: int | None) -> tuple[str, int]:
        """The name of a style, and its level as a heading, 0 for text."""
        name, outline = self._styles.get(number if number is not None else 0, ("", None))
        return name, heading_level(name) or (0 if outline is None else level_of_outline(outline))


# Control word that opens a group -> `_GroupState.place` of its text.
_PLACES = {
    "fonttbl": "fonts", "stylesheet": "styles", "listtext": "label", "pntext": "label", "info": "information",
    "upr": "", "ud": "body", **{name: name for name in _INFORMATION_FIELDS},
}  # fmt: skip
_OWN_BLOCKS = ("footnote", "shptxt", "dptxbxtext")
# Control word -> what it ends.
_ENDS: dict[str, Callable[[RtfBlocks, ParagraphFormat], None]] = {
    "par": RtfBlocks.end_paragraph,
    "sect": RtfBlocks.end_paragraph,
    "page": RtfBlocks.end_paragraph,
    "cell": RtfBlocks.end_cell,
    "nestcell": RtfBlocks.end_nested_cell,
    "row": RtfBlocks.end_row,
}
