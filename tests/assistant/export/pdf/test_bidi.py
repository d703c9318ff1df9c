"""The joining forms of Arabic letters, and the visual order of a line (UAX #9).

Tables are in the order in which text is stored. In the cases from the standard capitals stand for right-to-left
letters, as they do there.
"""

from __future__ import annotations

import random
import unicodedata

import pytest
from bidi import get_display

from assistant.export.pdf.bidi import END, ISOLATE, display_order, joined, mirrored, visual

LRI, RLI = "\u2066", "\u2067"
_UNSEEN = (ISOLATE, LRI, RLI, END)
_CAPITALS = {chr(ord("A") + at): chr(0x05D0 + at) for at in range(26)}  # 26 letters from alef to tav
_LETTERS = {letter: capital for capital, letter in _CAPITALS.items()}


@pytest.mark.parametrize(
    ("letters", "forms"),
    [
        ("\u0644\u0627", "\ufefb"),  # lam and alef are one letter, alone …
        ("\u0628\u0644\u0627", "\ufe91\ufefc"),  # … and joined to what comes before
        ("\u0644\u0622", "\ufef5"),  # alef with madda
        ("\u0644\u0623", "\ufef7"),  # with hamza above
        ("\u0644\u0625", "\ufef9"),  # with hamza below
        ("\u0645\u0642\u0627\u0644", "\ufee3\ufed8\ufe8e\ufedd"),  # a text that ends in lam
        ("\u0644", "\ufedd"),
        ("\u0627\u0644\u0644\u0647", "\ufe8d\ufedf\ufee0\ufeea"),  # Allah is four letters, as it is stored
        ("\u0644\u064e\u0627", "\ufedf\u064e\ufe8e"),  # a mark between lam and alef stays between them
        ("\u0628\u0651\u064e\u0628", "\ufe91\u0651\u064e\ufe90"),  # marks do not part letters, and keep their order
        ("\u0628\u0640\u0628", "\ufe91\u0640\ufe90"),  # tatweel joins
        ("\u0645\u06cc\u200c\u06af", "\ufee3\ufbfd\u200c\ufb92"),  # a non-joiner parts: Persian verbs
        ("\u0647\u200d.", "\ufeeb."),  # a joiner joins to nothing, as in the sign of the Persian calendar
        ("\u0628\u200d\u064e", "\ufe91\u064e"),
        ("\u0647\u200d \u0633\u0644\u0627\u0645", "\ufeeb \ufeb3\ufefc\ufee1"),  # nor does it harm later words
        ("\u067e\u0686\u0698\u06af\u06a9\u06cc", "\ufb58\ufb7d\ufb8b\ufb94\ufb91\ufbfd"),  # Persian
        ("\u0679\u0679\u0688\u0691\u06ba\u06be\u06c1\u06d2",
         "\ufb68\ufb69\ufb89\ufb8c\ufb9e\ufbac\ufba9\ufbaf"),  # Urdu
        ("\u0628 12 \u0663\u0664, NGO", "\ufe8f 12 \u0663\u0664, NGO"),
        ("\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd"),  # Hebrew does not join
        ("", ""),
    ],
)  # fmt: skip
def test_letters_take_the_forms_in_which_they_join(letters: str, forms: str) -> None:
    assert ascii(joined(letters)) == ascii(forms)


def test_joining_changes_no_word() -> None:
    """What a reader copies out of a file is, by its letters, what the source says."""
    letters = "بلااأإآمدةىیگہھے" + "\u064e\u0651\u0670\u06d6" + "\u200c\u0640" + " ،.(1٣a"
    chosen = random.Random(9)
    for _ in range(3000):
        text = "".join(chosen.choices(letters, k=chosen.randint(1, 12)))
        assert unicodedata.normalize("NFKC", joined(text)) == unicodedata.normalize("NFKC", text), ascii(text)


def test_joiners_anywhere_break_nothing() -> None:
    chosen = random.Random(9)
    for _ in range(3000):
        text = "".join(chosen.choices("بلاه\u200d\u064e ", k=chosen.randint(1, 9)))
        kept = text.replace("\u200d", "")
        told = joined(text).replace("\u200d", "")
        assert unicodedata.normalize("NFKC", told) == unicodedata.normalize("NFKC", kept), ascii(text)


@pytest.mark.parametrize(
    ("letters", "forms"),
    [
        ("محمد", "\ufee3\ufea4\ufee4\ufeaa"),
        ("سلام", "\ufeb3\ufefc\ufee1"),  # lam and alef are one letter
        ("دار", "\ufea9\ufe8d\ufead"),  # none of them joins on
        ("مُحَمد", "\ufee3\u064f\ufea4\u064e\ufee4\ufeaa"),  # marks do not part letters
        ("River", "River"),
    ],
)
def test_arabic_letters_take_the_forms_that_join_them(letters: str, forms: str) -> None:
    assert joined(letters) == forms
    assert unicodedata.normalize("NFKC", joined(letters)) == unicodedata.normalize("NFKC", letters)


@pytest.mark.parametrize(
    ("said", "from_right", "line"),
    [
        # 3.4, rule L2: the standard's four examples
        ("car means CAR.", False, "car means RAC."),
        ("car MEANS CAR.", True, ".RAC SNAEM car"),
        (f"he said “{RLI}car MEANS CAR{END}.”", False, "he said “RAC SNAEM car.”"),
        (f"DID YOU SAY ’{LRI}he said “{RLI}car MEANS CAR{END}”{END}‘?", True, "?‘he said “RAC SNAEM car”’ YAS UOY DID"),
        # 3.3.5, rule N0: pairs of brackets
        ("AB(CD[&ef]!)gh", True, "gh(![ef&]DC)BA"),
        ("smith (fabrikam ARABIC) HEBREW", True, "WERBEH (CIBARA fabrikam) smith"),
        ("ARABIC book(s)", True, "book(s) CIBARA"),
        ("a (AB) b", False, "a (BA) b"),
        # 3.3.4, rules W2 and W4 to W7: numbers
        ("AB 1+2", False, "1+2 BA"),
        ("AB 1,200", True, "1,200 BA"),
        ("AB 1, 2", True, "2 ,1 BA"),
        ("AB $5%", True, "$5% BA"),
        ("a 1-2 AB", False, "a 1-2 BA"),
        ("ا 1+2", False, "2+1 ا"),  # European digits after Arabic letters are Arabic ones, between which + parts …
        ("ا 1,200", False, "1,200 ا"),  # … and the comma does not
        ("ا 5%", True, "%5 ا"),
        # 3.3.5, rules N1 and N2: what has no direction
        ("AB - CD", False, "DC - BA"),
        ("AB - cd", False, "BA - cd"),
        ("AB - cd", True, "cd - BA"),
        ("AB.", False, "BA."),
        ("AB.", True, ".BA"),
        # 3.4, rule L1: white space at the end; rule L4: brackets turn
        ("AB  ", False, "BA  "),
        ("A<B>", True, "<B>A"),
        ("", True, ""),
    ],
)  # fmt: skip
def test_a_line_is_seen_as_the_standard_says(said: str, from_right: bool, line: str) -> None:
    assert seen(said, from_right=from_right) == line


def seen(text: str, *, from_right: bool) -> str:
    """A line as it is seen, capitals for letters from the right."""
    stored = text.translate(str.maketrans(_CAPITALS))
    return "".join(
        mirrored(stored[place], turned)
        for place, turned in display_order(stored, from_right=from_right)
        if stored[place] not in _UNSEEN
    ).translate(str.maketrans(_LETTERS))


def test_every_character_has_one_place_and_controls_none_of_their_own() -> None:
    for text in ("a\nAB\tc\x01D\x0e", "\x02", "\u200e\u200fA\u200f", "A\u0300\u00ad1"):
        order = display_order(text.translate(str.maketrans(_CAPITALS)), from_right=True)
        assert sorted(place for place, _ in order) == list(range(len(text)))


def test_numbered_characters_are_ordered_as_the_library_orders_the_text() -> None:
    chosen = random.Random(9)
    for _ in range(4000):
        text = "".join(chosen.choices("abאבاب1٣,+%.-()[]\u0300 ", k=chosen.randint(1, 16)))
        text = f"{text[:5]}{ISOLATE}{text[5:]}{END}!"
        for from_right in (False, True):
            order = display_order(text, from_right=from_right)
            assert "".join(text[place] for place, _ in order) == get_display(
                text, base_dir="R" if from_right else "L"
            ), ascii(text)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (f"{ISOLATE}יוסף (דוד) אמר.{END} [1] {ISOLATE}שלום.{END} [2]", ".רמא (דוד) ףסוי [1] .םולש [2]"),
        (
            f"{ISOLATE}ארגון Human Rights Watch (HRW) פרסם.{END} [5]",
            ".םסרפ Human Rights Watch (HRW) ןוגרא [5]",
        ),
        (f"{ISOLATE}He met יוסף (דוד) in 2022.{END} [3] [4]", "He met (דוד) ףסוי in 2022. [3] [4]"),
        (f"{ISOLATE}He said «שלום (דוד)» twice.{END} [3]", "He said «(דוד) םולש» twice. [3]"),
        (f"{ISOLATE}ב־14.3.2021, עמ' 12-15.{END} [6]", ".12-15 'מע ,14.3.2021־ב [6]"),
        (f"Dead: {ISOLATE}14 או 22{END}, 16 May", "Dead: 22 וא 14, 16 May"),
        (f"{ISOLATE}دار (دور) 12/05{END} [1]", "12/05 (ﺭﻭﺩ) ﺭﺍﺩ [1]"),
        (f"{ISOLATE}سلام MSF ٣٤٥{END} [1]", "٣٤٥ MSF ﻡﻼﺳ [1]"),
        (f"{ISOLATE}زاگرس (۱۴۰۱){END} [1]", "(۱۴۰۱) ﺱﺮﮔﺍﺯ [1]"),
    ],
)
def test_markers_stand_behind_what_they_are_of(said: str, line: str) -> None:
    assert visual(said) == line


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("no letter from the right", "no letter from the right"),
        ("a אבג d", "a גבא d"),
        ("12 אב 34", "12 34 בא"),
        (f"{ISOLATE}אב{END}, 16 May", "בא, 16 May"),
        (f"{ISOLATE}אב (גד).{END} [8]", ".(דג) בא [8]"),
        (f"{ISOLATE}אב ABC 1,200{END} x", "ABC 1,200 בא x"),
        (f"{ISOLATE}אב 1,200 ABC{END} x", "ABC 1,200 בא x"),
        (f"{ISOLATE}אב.{END} [1] {ISOLATE}גד.{END} [2]", ".בא [1] .דג [2]"),
    ],
)
def test_a_line_is_put_into_the_order_in_which_it_is_seen(said: str, seen: str) -> None:
    assert visual(said) == seen
