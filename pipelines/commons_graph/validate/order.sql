-- What can be compared: numbers, booleans, dates and times as XML Schema orders them, strings by code point.
-- sh_order gives a term's family and its place in it. Two terms compare when they are of one family; a time with a zone
-- and one without do not. What is ill-formed has no family. `exact` is NULL for floating-point numbers and for decimals
-- beyond 20 digits.

CREATE OR REPLACE TEMP MACRO sh_place(family, exact, approximate, instant, text) AS {
    'family': family::VARCHAR, 'exact': exact::DECIMAL(38, 18), 'approximate': approximate::DOUBLE,
    'instant': instant::TIMESTAMP, 'text': text::VARCHAR
};

CREATE OR REPLACE TEMP MACRO sh_parts(text, name) AS regexp_extract(
    CASE WHEN name = 'time' THEN '1972-01-01T' || text ELSE text END,
    '^(-?[0-9]{4,6})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(?:T([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?))?'
    || '(?:(Z)|([+-][0-9]{2}):([0-9]{2}))?$',
    ['year', 'month', 'day', 'hour', 'minute', 'second', 'utc', 'ahead', 'minutes']
);

CREATE OR REPLACE TEMP MACRO sh_instant(part) AS
    TRY(make_timestamp(
        part.year::BIGINT, coalesce(nullif(part.month, ''), '1')::BIGINT, coalesce(nullif(part.day, ''), '1')::BIGINT,
        coalesce(nullif(part.hour, ''), '0')::BIGINT, coalesce(nullif(part.minute, ''), '0')::BIGINT,
        coalesce(nullif(part.second, ''), '0')::DOUBLE
    ))
    - to_minutes(coalesce(try_cast(part.ahead AS BIGINT), 0) * 60
        + CASE WHEN starts_with(part.ahead, '-') THEN -1 ELSE 1 END * coalesce(try_cast(part.minutes AS BIGINT), 0));

CREATE OR REPLACE TEMP MACRO sh_order_of(text, name) AS CASE
    WHEN name IN (
        'integer', 'decimal', 'double', 'float', 'int', 'long', 'short', 'byte', 'nonNegativeInteger',
        'positiveInteger', 'nonPositiveInteger', 'negativeInteger', 'unsignedLong', 'unsignedInt', 'unsignedShort',
        'unsignedByte'
    ) THEN CASE WHEN regexp_full_match(text, '[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF')
        THEN sh_place('number', CASE WHEN name NOT IN ('double', 'float') THEN try_cast(text AS DECIMAL(38, 18)) END,
            try_cast(text AS DOUBLE), NULL, NULL) END
    WHEN name = 'boolean' THEN CASE WHEN text IN ('true', 'false', '1', '0')
        THEN sh_place('boolean', CASE WHEN text IN ('true', '1') THEN 1 ELSE 0 END, NULL, NULL, NULL) END
    WHEN name IN ('dateTime', 'dateTimeStamp', 'date', 'gYear', 'gYearMonth', 'time') AND sh_parts(text, name).year <> ''
    THEN sh_place(
        replace(name, 'Stamp', '')
        || CASE WHEN sh_parts(text, name).utc || sh_parts(text, name).ahead = '' THEN '' ELSE ' zoned' END,
        NULL, NULL, sh_instant(sh_parts(text, name)), NULL)
    END;

CREATE OR REPLACE TEMP MACRO sh_order(text, kind, datatype, lang) AS CASE
    WHEN kind <> 'literal' OR lang <> '' THEN NULL
    WHEN datatype = '' THEN sh_place('string', NULL, NULL, NULL, text)
    WHEN starts_with(datatype, 'http://www.w3.org/2001/XMLSchema#') THEN sh_order_of(text, datatype[34:])
    END;
