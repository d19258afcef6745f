"""Garble what a file says: its bytes, its lines, its cells, its values."""

from __future__ import annotations

import io
import json
import zipfile
from random import Random

METHODS = (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
BITS = (
    *("", " ", "\t", "\n", "\r", "\0", "\x1b[2J", "\x9b", "\u202e", "\u2028", "\ufeff", "\ud800"),
    *("ß", "e\u0301", "&a", "*a", "<<: *a", "!!python/object:os.system", "---", "...", "- ", ": ", "{", "}"),
    *("[", "]", "|", ">", "#", "'", '"', "`", "%", "@", "?", "~", "null", "true", "yes", "NaN", ".inf"),
    *("-.inf", "1e999", "0x10", "0", "-1", "1.5", "9" * 40, "12:60", "25:00", "2018-02-30", "00:00"),
    *("2018-01-30T09:00:00+14:00", "=cmd|' /C calc'!A0", "+1", "@SUM(1)", "x;=1", "x,=1", "../../etc/passwd"),
    *("/dev/stdin", "CON", "[/b]", "[red]", "{0}", "%s", "<script>", "]]>", "</text>", "1A > 1B > 1A", ">>>"),
    *("1A, 1B; 1C", "1A > ", "a" * 5000),
)
"""What a file might say that nobody thought of."""


def garbled_bytes(data: bytes, random: Random) -> bytes:
    """Change some bytes, leave some out, write some twice."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 40))):
        place = random.randrange(len(changed) + 1)
        match random.randrange(4):
            case 0 if changed:
                changed[min(place, len(changed) - 1)] = random.randrange(256)
            case 1:
                del changed[place : place + random.choice((1, 3, 200))]
            case 2:
                changed[place:place] = changed[place : place + random.choice((1, 20, 400))]
            case _:
                changed[place:place] = _bit(random).encode("utf-8", "surrogatepass")
    return bytes(changed)


def garbled_lines(text: str, random: Random) -> str:
    """Change some lines: leave them out, repeat, swap, indent, or have a word of theirs be another."""
    lines = text.splitlines(keepends=True)
    for _ in range(random.choice((1, 1, 2, 4))):
        if not lines:
            break
        one, other = (random.randrange(len(lines)) for _ in range(2))
        match random.randrange(6):
            case 0:
                del lines[one]
            case 1:
                lines[one:one] = [lines[other]] * random.choice((1, 1, 3, 300))
            case 2:
                lines[one], lines[other] = lines[other], lines[one]
            case 3:
                lines[one] = " " * random.randrange(1, 4) + lines[one]
            case 4:
                lines[one] = _with_another_word(lines[one], random)
            case _:
                lines[one:one] = [_bit(random) + "\n"]
    return "".join(lines)


def _with_another_word(line: str, random: Random) -> str:
    words = line.split(" ")
    words[random.randrange(len(words))] = _bit(random)
    return " ".join(words)


def garbled_cells(rows: list[list[str]], random: Random) -> list[list[str]]:
    """Change some cells of a table, its headings among them; leave out, repeat, swap rows and columns."""
    rows = [list(row) for row in rows]
    for _ in range(random.choice((1, 1, 2, 4, 12))):
        row = random.choice(rows)
        match random.randrange(6):
            case 0 | 1 if row:
                row[random.randrange(len(row))] = _bit(random)
            case 2 if row:
                row[random.randrange(len(row))] = random.choice(random.choice(rows) or [""])
            case 3:
                rows.insert(random.randrange(len(rows)), list(row))
            case 4 if len(rows) > 1:
                rows.remove(row)
            case _:
                row += [_bit(random)] * random.choice((1, 2, 500))
    return rows


def garbled_value(value: object, random: Random) -> object:
    """Change something in what JSON can say, anywhere in it."""
    if isinstance(value, dict) and value and random.random() < 0.9:
        key = random.choice([*value])
        changed = dict(value)
        match random.randrange(8):
            case 0:
                del changed[key]
            case 1:
                changed[_bit(random)] = changed[key]
            case _:
                changed[key] = garbled_value(value[key], random)
        return changed
    if isinstance(value, list) and value and random.random() < 0.9:
        items = [*value]
        place = random.randrange(len(items))
        match random.randrange(6):
            case 0:
                del items[place]
            case 1:
                items.append(items[place])
            case _:
                items[place] = garbled_value(items[place], random)
        return items
    if isinstance(value, int) and not isinstance(value, bool) and random.random() < 0.6:
        return value + random.choice((1, -1, 10, -10, 2**31, 2**64, -(2**64), -value))
    return random.choice((None, True, False, 0, -1, 1.5, 1e308, "", [], {}, [[]], {"": {}}, _bit(random)))


def garbled_json(text: str, random: Random) -> str:
    """Change some of what a JSON text says, and now and then how."""
    value = json.loads(text)
    for _ in range(random.choice((1, 1, 2, 4))):
        value = garbled_value(value, random)
    written = json.dumps(value, ensure_ascii=random.random() < 0.5)
    return garbled_lines(written, random) if random.random() < 0.2 else written


def garbled_zip(data: bytes, random: Random) -> bytes:
    """Change what a member of an archive says, or how the members are stored, or the archive itself."""
    if random.random() < 0.2:
        return garbled_bytes(data, random)
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(changed, "w") as after:
        names = before.namelist()
        touched = random.choice(names)
        for name in names:
            content = before.read(name)
            if name == touched:
                text = content.decode("utf-8", "replace")
                content = random.choice(
                    (
                        garbled_bytes(content, random),
                        _with_another_number(text, random).encode("utf-8", "surrogatepass"),
                        content * random.choice((0, 2, 50)),
                    )
                )
            method = random.choice(METHODS)
            after.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return changed.getvalue()


def _with_another_number(text: str, random: Random) -> str:
    """Change what stands between two quotes or tags: names of cells, counts, kinds."""
    ends = [place for place, letter in enumerate(text) if letter in '"<>']
    if len(ends) < 2:
        return text
    first = random.randrange(len(ends) - 1)
    said = random.choice(("ZZZZZZ1", "A99999999", "XFD1048577", "-1", "0", "s", "str", "e", _bit(random)))
    return text[: ends[first] + 1] + said + text[ends[first + 1] :]


def _bit(random: Random) -> str:
    return random.choice(BITS)
