"""Writes the names of countries.txt in English and French anew, from the CLDR of the installed Babel.

    python tests/make_countries.py

Reading Babel's own data takes 20 to 60 ms, too long before an answer, so that the names are kept in a small file. The
reviewed columns and the order of lines stay as they are. Also prints the territories of CLDR that have no line.
"""

from pathlib import Path

from babel import Locale

TABLE = Path(__file__).parent.parent / "assistant" / "language" / "countries.txt"


def with_cldr_names(table: str) -> str:
    """The text of countries.txt with the second and third columns as the installed Babel has them.

    Raises KeyError for a code that CLDR lacks.
    """
    english, french = Locale("en").territories, Locale("fr").territories
    lines = []
    for line in table.splitlines():
        code, *columns = line.split("|")
        if code and columns and not line.startswith("#"):
            line = "|".join([code, english[code], french[code], *columns[2:]])
        lines.append(line)
    return "\n".join(lines) + "\n"


def missing_codes(table: str) -> list[str]:
    """Codes of CLDR for territories (two letters) that have no line, in order."""
    known = {line.split("|")[0] for line in table.splitlines()}
    return sorted(code for code in Locale("en").territories if len(code) == 2 and code not in known)


if __name__ == "__main__":
    written = with_cldr_names(TABLE.read_text("utf8"))
    TABLE.write_text(written, "utf8")
    print("No line for:", ", ".join(missing_codes(written)))
