"""Codes that are decided outside: countries (ISO 3166-1), languages (BCP 47), time zones (IANA)."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones


def country_code(code: str) -> str:
    """Return ``code`` if it is an ISO 3166-1 alpha-2 or alpha-3 code; raise ValueError otherwise."""
    import pycountry

    if code.isupper() and (pycountry.countries.get(alpha_3=code) or pycountry.countries.get(alpha_2=code)):
        return code
    raise ValueError(f"{code!r} is no ISO 3166-1 country code; write for example KHM or KH")


@cache
def language_tag(tag: str) -> str:
    """Return ``tag`` if it is a valid BCP 47 language tag in its usual form; raise ValueError otherwise.

    Tags are compared as they are written, so ``EN`` and ``eng`` are refused where ``en`` is meant.
    """
    import langcodes

    if not langcodes.tag_is_valid(tag):
        raise ValueError(f"{tag!r} is no BCP 47 language tag; write for example en, km or zh-Hans")
    usual = langcodes.standardize_tag(tag)
    if usual != tag:
        raise ValueError(f"{tag!r} is not the usual form of this language tag; write {usual}")
    return tag


@cache
def language_name(tag: str) -> str:
    """Return the English name of a language tag: ``km`` gives ``Khmer``."""
    import langcodes

    return langcodes.Language.get(tag).display_name("en")


def time_zone(name: str) -> str:
    """Return ``name`` if it is an IANA time zone; raise ValueError otherwise."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = name in available_timezones()
        if not known:
            raise ValueError(f"{name!r} is no IANA time zone; write for example Asia/Seoul") from None
    return name
