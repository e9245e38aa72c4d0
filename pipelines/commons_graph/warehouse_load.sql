-- Each of these gets a list of the lake's files. The folder that a file lies in is its source; what is past lies in a
-- folder below it.
INSERT INTO document
SELECT
    document_id, string_split(filename, '/')[-2], address, title, language, kind, date, redirect, capture,
    first_seen, last_seen
FROM read_parquet(?, filename = true);

INSERT INTO statement
SELECT
    statement_id, subject_key, property, value, object_key, datatype, lang, document_id, evidence_start, evidence_end,
    quote, extractor, extractor_version, confidence, string_split(filename, '/')[-2], first_seen, last_seen
FROM read_parquet(?, filename = true);

INSERT INTO past_document
SELECT
    document_id, string_split(filename, '/')[-3], address, title, language, kind, date, redirect, capture,
    first_seen, last_seen
FROM read_parquet(?, filename = true);

INSERT INTO past_statement
SELECT
    statement_id, subject_key, property, value, object_key, datatype, lang, document_id, evidence_start, evidence_end,
    quote, extractor, extractor_version, confidence, string_split(filename, '/')[-3], first_seen, last_seen
FROM read_parquet(?, filename = true)
