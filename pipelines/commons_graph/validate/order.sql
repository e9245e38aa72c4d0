-- What can be compared: numbers, booleans, dates and times as XML Schema orders them, strings by code point.
-- Two terms compare when they are of one family; a time with a zone and one without do not. What is ill-formed is
-- of no family. `exact` is NULL for floating-point numbers and for decimals beyond 20 digits.

CREATE OR REPLACE TEMP TABLE sh_comparable AS
WITH literals AS (
    SELECT id, text, replace(datatype, 'http://www.w3.org/2001/XMLSchema#', 'xsd:') AS datatype
    FROM sh_term WHERE kind = 'literal' AND datatype <> 'http://www.w3.org/2001/XMLSchema#string'
), numbers AS (
    SELECT
        id, 'number' AS family,
        CASE WHEN datatype NOT IN ('xsd:double', 'xsd:float') THEN try_cast(text AS DECIMAL(38, 18)) END AS exact,
        try_cast(text AS DOUBLE) AS approximate, NULL::TIMESTAMP AS instant
    FROM literals
    WHERE
        datatype IN (
            'xsd:integer', 'xsd:decimal', 'xsd:double', 'xsd:float', 'xsd:int', 'xsd:long', 'xsd:short', 'xsd:byte',
            'xsd:nonNegativeInteger', 'xsd:positiveInteger', 'xsd:nonPositiveInteger', 'xsd:negativeInteger',
            'xsd:unsignedLong', 'xsd:unsignedInt', 'xsd:unsignedShort', 'xsd:unsignedByte'
        )
        AND regexp_full_match(text, '[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF')
), booleans AS (
    SELECT id, 'boolean', CASE WHEN text IN ('true', '1') THEN 1 ELSE 0 END, NULL, NULL
    FROM literals WHERE datatype = 'xsd:boolean' AND text IN ('true', 'false', '1', '0')
), dates AS (
    SELECT
        id, datatype,
        regexp_extract(
            CASE WHEN datatype = 'xsd:time' THEN '1972-01-01T' || text ELSE text END,
            '^(-?[0-9]{4,6})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(?:T([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?))?'
            || '(?:(Z)|([+-][0-9]{2}):([0-9]{2}))?$$',
            ['year', 'month', 'day', 'hour', 'minute', 'second', 'utc', 'ahead', 'minutes']
        ) AS part
    FROM literals
    WHERE datatype IN ('xsd:dateTime', 'xsd:dateTimeStamp', 'xsd:date', 'xsd:gYear', 'xsd:gYearMonth', 'xsd:time')
), instants AS (
    SELECT
        id,
        replace(datatype, 'Stamp', '') || CASE WHEN part.utc || part.ahead = '' THEN '' ELSE ' zoned' END,
        NULL, NULL,
        TRY(make_timestamp(
            part.year::BIGINT, coalesce(nullif(part.month, ''), '1')::BIGINT, coalesce(nullif(part.day, ''), '1')::BIGINT,
            coalesce(nullif(part.hour, ''), '0')::BIGINT, coalesce(nullif(part.minute, ''), '0')::BIGINT,
            coalesce(nullif(part.second, ''), '0')::DOUBLE
        ))
        - to_minutes(coalesce(try_cast(part.ahead AS BIGINT), 0) * 60
            + CASE WHEN starts_with(part.ahead, '-') THEN -1 ELSE 1 END * coalesce(try_cast(part.minutes AS BIGINT), 0))
    FROM dates WHERE part.year <> ''
)
SELECT * FROM numbers
UNION ALL SELECT * FROM booleans
UNION ALL SELECT * FROM instants;

CREATE OR REPLACE TEMP VIEW sh_order AS
SELECT id, family, exact, approximate, instant, NULL AS text FROM sh_comparable
UNION ALL
SELECT id, 'string', NULL, NULL, NULL, text FROM sh_term WHERE datatype = 'http://www.w3.org/2001/XMLSchema#string';
