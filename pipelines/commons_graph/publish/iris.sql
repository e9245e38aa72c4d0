-- All IRIs of the graph that the strict pattern below does not pass: to be parsed one by one.
CREATE OR REPLACE TEMP TABLE bad_iri (iri VARCHAR);
CREATE OR REPLACE TEMP TABLE suspect_iri AS
SELECT DISTINCT iri FROM (
    SELECT DISTINCT subject AS iri FROM triple
    UNION ALL SELECT DISTINCT predicate FROM triple
    UNION ALL SELECT DISTINCT object FROM triple WHERE object_kind = 'iri'
    UNION ALL SELECT DISTINCT datatype FROM triple WHERE datatype <> ''
    UNION ALL SELECT DISTINCT address FROM document
)
WHERE NOT regexp_full_match(
    iri,
    'https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,4})?(/[A-Za-z0-9._~!$&''()*+,;=:@/\x{C0}-\x{24F}-]*)?'
    || '(\?[A-Za-z0-9._~!$&''()*+,;=:@/?-]*)?(#[A-Za-z0-9._~!$&''()*+,;=:@/?-]*)?'
);
