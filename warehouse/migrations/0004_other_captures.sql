-- Captures of a document beside its own: a newsletter's letter, where its copy on the web is read too. `document_id` is
-- the document that stands for both, `other_id` the one that the letter would have been.
CREATE TABLE other_capture (
    document_id VARCHAR NOT NULL, other_id VARCHAR NOT NULL, source VARCHAR NOT NULL, address VARCHAR NOT NULL,
    capture VARCHAR, first_seen DATE, last_seen DATE
);
