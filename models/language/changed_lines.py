"""Carries the difference between two renderings of a file over to the original, line by line."""

from difflib import SequenceMatcher


def carry_over(original: str, before: str, after: str) -> str:
    """The original with only those lines changed in which `before` and `after` differ.

    `before` is the original as a program writes it: the same lines, but perhaps other spaces.
    """
    lines, old, new = (text.splitlines(keepends=True) for text in (original, before, after))
    gaps = _gaps(old, lines)
    hunks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    # From the end, so that the gaps before a hunk stay true.
    for tag, start, end, new_start, new_end in reversed(hunks):
        if tag == "equal":
            continue
        first, last = gaps[start], max(gaps[start], gaps[end])
        while tag == "insert" and first and not lines[first - 1].strip():
            # What is added to a block stands before the empty line that follows the block.
            first = last = first - 1
        indented = new[new_start:new_end]
        if indented:
            indented = _shifted(indented, _shift(indented[0], old[:end], lines, gaps))
        lines[first:last] = indented
    return "".join(lines)


def _gaps(old: list[str], lines: list[str]) -> list[int]:
    """For each gap between two lines of `old`, the gap of `lines` that it corresponds to."""
    gaps = [0] * (len(old) + 1)
    for tag, start, end, line, line_end in SequenceMatcher(None, old, lines, autojunk=False).get_opcodes():
        for index in range(start, end):
            gaps[index] = line + (index - start if tag == "equal" else min(index - start, line_end - line))
    gaps[len(old)] = len(lines)
    return gaps


def _shift(new: str, old: list[str], lines: list[str], gaps: list[int]) -> int:
    """How much deeper the original indents than `old` does, by the closest line above as deep as the new one."""
    for index in range(len(old) - 1, -1, -1):
        line = lines[gaps[index]] if gaps[index] < len(lines) else ""
        if _depth(old[index]) == _depth(new) and line.split() == old[index].split() != []:
            return _depth(line) - _depth(new)
    return 0


def _shifted(lines: list[str], shift: int) -> list[str]:
    if shift < 0:
        return [line[min(-shift, _depth(line)) :] for line in lines]
    return [" " * shift + line if line.strip() else line for line in lines]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
