-- Statements that the graph leaves out, and why. `commons_graph/resolve/graph.sql` says what each reason means.
CREATE TABLE unpublished (statement_id VARCHAR NOT NULL, reason VARCHAR NOT NULL);

-- What this file was built from, so that a second build of the same can be left out.
CREATE TABLE built (fingerprint VARCHAR NOT NULL);
