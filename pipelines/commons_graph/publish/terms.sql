-- How terms are written in N-Triples. `nt_short` and `nt_rare` (the chains of replacements) come from sql.py.
CREATE OR REPLACE TEMP MACRO nt_escape(s) AS CASE
    WHEN NOT regexp_matches(s, '[\x00-\x1f"\\\x7f\x{FFFE}\x{FFFF}]') THEN s
    WHEN regexp_matches(s, '[\x00-\x07\x0b\x0e-\x1f\x7f\x{FFFE}\x{FFFF}]') THEN nt_rare(nt_short(s))
    ELSE nt_short(s)
END;
CREATE OR REPLACE TEMP MACRO nt_iri(s) AS '<' || s || '>';
CREATE OR REPLACE TEMP MACRO nt_text(s) AS '"' || nt_escape(s) || '"';
CREATE OR REPLACE TEMP MACRO nt_literal(s, datatype, lang) AS '"' || nt_escape(s) || CASE
    WHEN lang <> '' THEN '"@' || lang
    WHEN datatype = '' THEN '"'
    ELSE '"^^<' || datatype || '>'
END;
CREATE OR REPLACE TEMP MACRO nt_object(s, kind, datatype, lang) AS
    CASE WHEN kind = 'iri' THEN '<' || s || '>' ELSE nt_literal(s, datatype, lang) END;
-- The three terms of a triple, without the final dot.
CREATE OR REPLACE TEMP MACRO nt_triple(t) AS
    '<' || t.subject || '> <' || t.predicate || '> ' || nt_object(t.object, t.object_kind, t.datatype, t.lang);
-- A date as precise as it is known, or NULL where it is none.
CREATE OR REPLACE TEMP MACRO nt_date(s) AS CASE
    WHEN regexp_full_match(s, '\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])') AND try_cast(s AS DATE) IS NOT NULL
        THEN '"' || s || '"^^<http://www.w3.org/2001/XMLSchema#date>'
    WHEN regexp_full_match(s, '\d{4}-(0[1-9]|1[0-2])') THEN '"' || s || '"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    WHEN regexp_full_match(s, '\d{4}') THEN '"' || s || '"^^<http://www.w3.org/2001/XMLSchema#gYear>'
END;
