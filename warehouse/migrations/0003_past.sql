-- What was once read and no longer is: pages that are gone, and statements that their pages no longer make. Nothing of
-- it is in the graph. `last_seen` is the last day on which it was there. Columns as in `document` and `statement`.
CREATE TABLE past_document AS FROM document WITH NO DATA;
CREATE TABLE past_statement AS FROM statement WITH NO DATA;
