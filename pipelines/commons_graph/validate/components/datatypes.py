"""What each datatype of XML Schema allows, as an SQL condition on a lexical form.

What belongs here: lexical forms and ranges. A datatype that is not listed allows everything.
"""

from __future__ import annotations

from commons_graph.validate.terms import XSD, quote

_ZONE = r"(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_DAY = r"-?([1-9][0-9]{3,}|0[0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
_FLOAT = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_SIX = "([A-Za-z0-9+/] ?)"
_NAME = r"[\p{L}_:][\p{L}\p{M}\p{N}._:·-]*"
_DAYS = r"([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?"

_FORMS = {
    "boolean": "true|false|1|0",
    "decimal": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    "double": _FLOAT,
    "float": _FLOAT,
    "date": _DAY + _ZONE,
    "dateTime": f"{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_DAY}T{_TIME}{_ZONE.removesuffix('?')}",
    "time": _TIME + _ZONE,
    "gYear": r"-?([1-9][0-9]{3,}|0[0-9]{3})" + _ZONE,
    "gYearMonth": r"-?([1-9][0-9]{3,}|0[0-9]{3})-(0[1-9]|1[0-2])" + _ZONE,
    "gMonth": "--(0[1-9]|1[0-2])" + _ZONE,
    "gDay": "---(0[1-9]|[12][0-9]|3[01])" + _ZONE,
    "gMonthDay": "--(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])" + _ZONE,
    "duration": r"-?P([0-9]+Y)?([0-9]+M)?" + _DAYS,
    "dayTimeDuration": "-?P" + _DAYS,
    "yearMonthDuration": r"-?P([0-9]+Y)?([0-9]+M)?",
    "hexBinary": "([0-9a-fA-F]{2})*",
    "base64Binary": f"({_SIX}{{4}})*({_SIX}{{3}}[A-Za-z0-9+/]|{_SIX}{{2}}[AEIMQUYcgkosw048] ?=|{_SIX}[AQgw] ?= ?=)?",
    "language": "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"([^ \t\n\r]+( [^ \t\n\r]+)*)?",
    "Name": _NAME,
    "NCName": _NAME.replace(":", ""),
    "NMTOKEN": r"[\p{L}\p{M}\p{N}._:·-]+",
}
_WHOLE = {
    "integer": ("", ""),
    "nonNegativeInteger": ("0", ""),
    "positiveInteger": ("1", ""),
    "nonPositiveInteger": ("", "0"),
    "negativeInteger": ("", "-1"),
    "byte": ("-128", "127"),
    "short": ("-32768", "32767"),
    "int": ("-2147483648", "2147483647"),
    "long": ("-9223372036854775808", "9223372036854775807"),
    "unsignedByte": ("0", "255"),
    "unsignedShort": ("0", "65535"),
    "unsignedInt": ("0", "4294967295"),
    "unsignedLong": ("0", "18446744073709551615"),
}
_HAS_DAY = ("date", "dateTime", "dateTimeStamp")
_HAS_PARTS = ("duration", "dayTimeDuration", "yearMonthDuration")


_NUMBERS = (*_WHOLE, "decimal", "double", "float")
COMPARABLE = (*_NUMBERS, "boolean", "date", "dateTime", "dateTimeStamp", "time", "gYear", "gYearMonth")


def well_formed(datatype: str, text: str = "t.text") -> str:
    """Give the SQL condition under which `text`, an SQL expression, is a lexical form of the datatype."""
    name = datatype.removeprefix(XSD) if datatype.startswith(XSD) else ""
    if name in _WHOLE:
        return _whole(text, *_WHOLE[name])
    if name not in _FORMS:
        return "true"
    condition = f"regexp_full_match({text}, {quote(_FORMS[name])})"
    if name in _HAS_DAY:
        return f"{condition} AND {_existing_day(text)}"
    if name in _HAS_PARTS:
        return f"{condition} AND regexp_matches({text}, '[0-9][YMDHS]$') AND NOT ends_with({text}, 'T')"
    return condition


def _whole(text: str, least: str, most: str) -> str:
    condition = f"regexp_full_match({text}, '[+-]?[0-9]+')"
    number = f"try_cast({text} AS {'HUGEINT' if least and most else 'DOUBLE'})"
    if least:
        condition += f" AND coalesce({number} >= {least}, false)"
    if most:
        condition += f" AND coalesce({number} <= {most}, false)"
    return condition


def _existing_day(text: str) -> str:
    parts = rf"regexp_extract({text}, '^(-?[0-9]{{4,6}})-([0-9]{{2}})-([0-9]{{2}})', ['y', 'm', 'd'])"
    return f"TRY(make_date((({parts}).y)::BIGINT, (({parts}).m)::BIGINT, (({parts}).d)::BIGINT)) IS NOT NULL"


def each_comparable() -> str:
    """Give a WHEN of an SQL CASE over `name`, a datatype's name, for each whose values can be compared (order.sql)."""
    return " ".join(f"WHEN {quote(name)} THEN {well_formed(XSD + name, 'text')}" for name in COMPARABLE)
