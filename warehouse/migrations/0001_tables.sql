-- The tables of the warehouse. All of them are derived from the lake and can be rebuilt at any time.

-- Where documents come from: one row a file of sources/*.yaml.
CREATE TABLE source (
    source VARCHAR NOT NULL, title VARCHAR, address VARCHAR, connector VARCHAR, language VARCHAR,
    licence VARCHAR, publisher VARCHAR, trust DOUBLE
);

-- The normalised documents, without their texts (those stay in the lake).
CREATE TABLE document (
    document_id VARCHAR NOT NULL, source VARCHAR NOT NULL, address VARCHAR NOT NULL, title VARCHAR, language VARCHAR,
    kind VARCHAR, date VARCHAR, redirect VARCHAR, capture VARCHAR, first_seen DATE, last_seen DATE
);

-- Every sourced claim, as its document makes it. `commons_graph.model.Statement` says what the columns hold.
CREATE TABLE statement (
    statement_id VARCHAR NOT NULL, subject_key VARCHAR NOT NULL, property VARCHAR NOT NULL,
    value VARCHAR NOT NULL, object_key VARCHAR NOT NULL, datatype VARCHAR NOT NULL, lang VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL, evidence_start INTEGER NOT NULL, evidence_end INTEGER NOT NULL,
    quote VARCHAR NOT NULL, extractor VARCHAR NOT NULL, extractor_version VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL, source VARCHAR NOT NULL, first_seen DATE, last_seen DATE
);

-- Which entity each key names. Undoing a merge is changing rows here, never a statement.
CREATE TABLE identity (key VARCHAR NOT NULL, entity VARCHAR NOT NULL);

-- One row an entity: `entity` is the local part of its IRI (prefix cgid:), `class` one of the eight gold classes,
-- `label` and `lang` what to show of it.
CREATE TABLE entity (entity VARCHAR NOT NULL, class VARCHAR NOT NULL, label VARCHAR NOT NULL, lang VARCHAR NOT NULL);

-- Identifiers that were published and are no longer used, and what replaced them.
CREATE TABLE redirect (entity VARCHAR NOT NULL, replaced_by VARCHAR NOT NULL);

-- Statements with keys resolved and CURIEs expanded: absolute IRIs in subject, predicate and (where object_kind is
-- 'iri') object; `datatype` is an absolute IRI or ''; `lang` a language tag or ''.
CREATE TABLE resolved (
    statement_id VARCHAR NOT NULL, subject VARCHAR NOT NULL, predicate VARCHAR NOT NULL, object VARCHAR NOT NULL,
    object_kind VARCHAR NOT NULL, datatype VARCHAR NOT NULL, lang VARCHAR NOT NULL
);

-- What SHACL found: absolute IRIs; `value` and `path` as text; severity 'Violation', 'Warning' or 'Info'.
CREATE TABLE violation (
    focus VARCHAR NOT NULL, path VARCHAR, value VARCHAR, component VARCHAR NOT NULL, shape VARCHAR NOT NULL,
    severity VARCHAR NOT NULL, message VARCHAR
);

-- Statements kept out of the release because what they state breaks a shape.
CREATE TABLE quarantine (statement_id VARCHAR NOT NULL, shape VARCHAR NOT NULL, message VARCHAR);

-- The graph that is published: the distinct triples of `resolved` without `quarantine`. Columns as in `resolved`.
CREATE TABLE triple (
    subject VARCHAR NOT NULL, predicate VARCHAR NOT NULL, object VARCHAR NOT NULL, object_kind VARCHAR NOT NULL,
    datatype VARCHAR NOT NULL, lang VARCHAR NOT NULL
);
