-- What can be compared: numbers, booleans, dates and times as XML Schema orders them, strings by code point.
-- sh_order gives a term's family and its place in it; two terms compare when they are of one family. What is ill-formed
-- has no family. `exact` is NULL for floating-point numbers (both sorts are taken
-- for doubles) and for decimals beyond 20 digits; nothing compares with NaN. Of a time with a zone and
-- one without, the first is less where it is so in every zone.
-- $well_formed has a WHEN for each datatype whose values can be compared: whether `text` is a lexical form of it.

CREATE OR REPLACE TEMP MACRO sh_place(family, exact, approximate, instant, is_zoned, text) AS {
    'family': family::VARCHAR, 'exact': exact::DECIMAL(38, 18), 'approximate': approximate::DOUBLE,
    'instant': instant::TIMESTAMP, 'is_zoned': is_zoned::BOOLEAN, 'text': text::VARCHAR
};

CREATE OR REPLACE TEMP MACRO sh_well_formed(text, name) AS CASE name
    $well_formed
    ELSE false END;

CREATE OR REPLACE TEMP MACRO sh_parts(text, name) AS regexp_extract(
    CASE WHEN name = 'time' THEN '1972-01-01T' || text ELSE text END,
    '^(-?[0-9]{4,6})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(?:T([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?))?'
    || '(?:(Z)|([+-][0-9]{2}):([0-9]{2}))?$$',
    ['year', 'month', 'day', 'hour', 'minute', 'second', 'utc', 'ahead', 'minutes']
);

CREATE OR REPLACE TEMP MACRO sh_instant(part) AS
    TRY(make_timestamp(
        part.year::BIGINT, coalesce(nullif(part.month, ''), '1')::BIGINT, coalesce(nullif(part.day, ''), '1')::BIGINT,
        0, coalesce(nullif(part.minute, ''), '0')::BIGINT, coalesce(nullif(part.second, ''), '0')::DOUBLE
    ))
    + to_hours(coalesce(try_cast(part.hour AS BIGINT), 0))
    - to_minutes(coalesce(try_cast(part.ahead AS BIGINT), 0) * 60
        + CASE WHEN starts_with(part.ahead, '-') THEN -1 ELSE 1 END * coalesce(try_cast(part.minutes AS BIGINT), 0));

CREATE OR REPLACE TEMP MACRO sh_order_of(text, name) AS CASE
    WHEN NOT sh_well_formed(text, name) THEN NULL
    WHEN name IN ('dateTime', 'dateTimeStamp', 'date', 'gYear', 'gYearMonth', 'time') AND sh_parts(text, name).year <> ''
    THEN sh_place(
        replace(name, 'Stamp', ''), NULL, NULL, sh_instant(sh_parts(text, name)),
        sh_parts(text, name).utc || sh_parts(text, name).ahead <> '', NULL)
    WHEN name = 'boolean' THEN sh_place('boolean', CASE WHEN text IN ('true', '1') THEN 1 ELSE 0 END, NULL, NULL, NULL, NULL)
    WHEN name IN ('double', 'float')
    THEN sh_place('number', NULL, try_cast(nullif(text, 'NaN') AS DOUBLE), NULL, NULL, NULL)
    ELSE sh_place('number', try_cast(text AS DECIMAL(38, 18)), try_cast(text AS DOUBLE), NULL, NULL, NULL)
    END;

CREATE OR REPLACE TEMP MACRO sh_order(text, kind, datatype, lang) AS CASE
    WHEN kind <> 'literal' OR lang <> '' THEN NULL
    WHEN datatype = '' THEN sh_place('string', NULL, NULL, NULL, NULL, text)
    WHEN starts_with(datatype, 'http://www.w3.org/2001/XMLSchema#') THEN sh_order_of(text, datatype[34:])
    END;
