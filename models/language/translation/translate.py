"""Turns a refusal into a Problem: one function for each way in which Pydantic refuses."""

import re
from collections.abc import Callable
from typing import Final

from pydantic import BaseModel

from models.language.durations import DurationError
from models.language.element import Mistake
from models.language.problem import Problem, Wording, Words
from models.language.reading.lookalikes import COLON
from models.language.reading.repairs import COLON_WITHOUT_SPACE
from models.language.source import Source
from models.language.translation import words
from models.language.translation.advice import advice, found, slipped_key
from models.language.translation.keys import closest, closest_key, describe, example, keys
from models.language.translation.refusal import NO_MEMBER, Refusal
from models.language.translation.spot import Loc, is_model, members_of, tag_of, unwrap

_QUOTED: Final = re.compile(r"'((?:[^'\\]|\\.)*)'")


def translate(refusal: Refusal, source: Source) -> Problem:
    """The problem that this refusal means, where the author should look."""
    if (mistake := refusal.mistake) is not None:
        return _mistake(mistake, refusal, source)
    if refusal.kind in words.LIMITS:
        return _limit(refusal, source)
    if refusal.kind.partition("_")[0] in words.EXPECTED or refusal.kind == NO_MEMBER:
        return _wrong_type(refusal, source)
    return _BY_KIND.get(refusal.kind, _refused)(refusal, source)


def _mistake(mistake: Mistake, refusal: Refusal, source: Source) -> Problem:
    line, column = source.at((*refusal.spot.path, *mistake.at), key=refusal.spot.is_key)
    rule = mistake.rule or ("DL012" if isinstance(mistake, DurationError) else words.REFUSED.rule)
    return Problem(
        path=source.name,
        line=line,
        column=column,
        rule=rule,
        message=mistake.message,
        remedy=mistake.remedy,
        message_zh=mistake.message_zh,
        remedy_zh=mistake.remedy_zh,
    )


def _unknown_key(refusal: Refusal, source: Source) -> Problem:
    spot, key = refusal.spot, _last_key(refusal.spot.path)
    owner = spot.owner or BaseModel
    values: dict[str, object] = {"key": key, "available": ", ".join(keys(owner))}
    tag, own = tag_of(owner)
    others = [value for sibling in spot.siblings if key in keys(sibling) for value in tag_of(sibling)[1]]
    if others:
        values |= {"tag": tag, "own": ", ".join(own), "others": ", ".join(others)}
        return _say(words.KEY_OF_OTHERS, refusal, source, key=True, values=values)
    close = closest_key(key, owner)
    if close is None:
        return _say(words.UNKNOWN_KEY, refusal, source, key=True, values=values)
    meaning = describe(keys(owner)[close])
    values |= {"close": close, "meaning": meaning.en, "meaning_zh": meaning.zh}
    return _say(words.MISSPELT_KEY, refusal, source, key=True, values=values)


def _missing_key(refusal: Refusal, source: Source) -> Problem:
    spot, key = refusal.spot, _last_key(refusal.spot.path)
    meaning = describe(spot.info) if spot.info else Words(key, key)
    values = {
        "key": key,
        "meaning": meaning.en or key,
        "meaning_zh": meaning.zh or key,
        "example": example(key, spot.info) if spot.info else f"{key}: …",
    }
    line, column = source.at(spot.path[:-1])
    return words.MISSING_KEY.at(source.name, line, column, **values)


def _not_allowed(refusal: Refusal, source: Source) -> Problem:
    value = str(refusal.found).lower() if isinstance(refusal.found, bool) else str(refusal.found)
    allowed = _QUOTED.findall(str(refusal.context.get("expected", "")))
    if refusal.found is None:
        either = ", ".join(allowed)
        return _say(words.NO_VALUE, refusal, source, values={"expected": either, "expected_zh": f" {either}"})
    close = closest(value, allowed)
    wording = words.MISSPELT_VALUE if close else words.NOT_ALLOWED
    values: dict[str, object] = {"found": value, "close": close, "allowed": ", ".join(allowed)}
    return _say(wording, refusal, source, values=values)


def _unknown_tag(refusal: Refusal, source: Source) -> Problem:
    tag = str(refusal.context.get("discriminator", "")).strip("'")
    found_tag = str(refusal.context.get("tag", ""))
    allowed = _QUOTED.findall(str(refusal.context.get("expected_tags", "")))
    close = closest(found_tag, allowed)
    wording = words.MISSPELT_TAG if close else words.UNKNOWN_TAG
    line, column = source.at((*refusal.spot.path, tag))
    return wording.at(source.name, line, column, tag=tag, found=found_tag, close=close, allowed=", ".join(allowed))


def _missing_tag(refusal: Refusal, source: Source) -> Problem:
    tag = str(refusal.context.get("discriminator", "")).strip("'")
    models = [member for member in map(unwrap, members_of(refusal.spot.expected)) if is_model(member)]
    allowed = ", ".join(value for model in models for value in tag_of(model)[1])
    return _say(words.MISSING_TAG, refusal, source, values={"tag": tag, "allowed": allowed})


def _wrong_type(refusal: Refusal, source: Source) -> Problem:
    kinds = [kind.partition("_")[0] for kind in refusal.context.get("kinds", [refusal.kind])]
    slip = slipped_key(refusal.found)
    if slip and "string" not in kinds and not {"model", "dict"}.isdisjoint(kinds):
        return _say(COLON if slip[1] == "：" else COLON_WITHOUT_SPACE, refusal, source, values={"key": slip[0]})
    wanted = dict.fromkeys(words.EXPECTED.get(kind, words.EXPECTED["string"]) for kind in kinds)
    what, remedy = found(refusal.found), advice(kinds[0], refusal.found)
    values: dict[str, object] = {
        "expected": " or ".join(expected.en for expected in wanted),
        "expected_zh": "或".join(expected.zh for expected in wanted),
        "found": what.en,
        "found_zh": what.zh,
        "advice": remedy.en,
        "advice_zh": remedy.zh,
    }
    return _say(words.NO_VALUE if refusal.found is None else words.WRONG_TYPE, refusal, source, values=values)


def _limit(refusal: Refusal, source: Source) -> Problem:
    limit, what = words.LIMITS[refusal.kind], found(refusal.found)
    values: dict[str, object] = {
        "found": what.en,
        "found_zh": what.zh,
        "limit": limit.en.format_map(refusal.context),
        "limit_zh": limit.zh.format_map(refusal.context),
    }
    if "pattern" in refusal.context:
        values["pattern"] = refusal.context["pattern"]
        return _say(words.WRONG_FORM, refusal, source, values=values | _meaning(refusal))
    return _say(words.OUT_OF_BOUNDS, refusal, source, values=values | _meaning(refusal))


def _refused(refusal: Refusal, source: Source) -> Problem:
    error = refusal.context.get("error", refusal.text)
    return _say(words.REFUSED, refusal, source, values={"reason": error, **_meaning(refusal)})


def _meaning(refusal: Refusal) -> dict[str, object]:
    """What the key is for, said as the thing to do when there is nothing better to say."""
    meaning = describe(refusal.spot.info) if refusal.spot.info else Words("", "")
    return {
        "meaning": meaning.en or "see the description of this key in docs/language.md",
        "meaning_zh": meaning.zh or "请参阅 docs/language.md 中该键的说明",
    }


def _say(
    wording: Wording, refusal: Refusal, source: Source, *, key: bool = False, values: dict[str, object]
) -> Problem:
    line, column = source.at(refusal.spot.path, key=key or refusal.spot.is_key)
    where = _where(refusal.spot.path)
    return wording.at(source.name, line, column, **({"where": where.en, "where_zh": where.zh} | values))


def _where(path: Loc) -> Words:
    if not path:
        return Words("the file", "文件")
    if isinstance(path[-1], int):
        number, key = path[-1] + 1, _last_key(path)
        return Words(f"entry {number} of `{key}`", f" `{key}` 的第 {number} 项")
    return Words(f"`{path[-1]}`", f" `{path[-1]}` ")


def _last_key(path: Loc) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")


_BY_KIND: Final[dict[str, Callable[[Refusal, Source], Problem]]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "literal_error": _not_allowed,
    "enum": _not_allowed,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _missing_tag,
}
