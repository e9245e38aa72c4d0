-- The nodes of knots that a change touches, in what it says or what that is about. What queries find is looked at anew.
CREATE OR REPLACE TEMP TABLE sh_stale AS
SELECT node FROM sh_knot WHERE knot IN (
    SELECT knot FROM sh_knot WHERE node = 0 OR node IN (
        SELECT sh_iri(subject) FROM sh_differs
        UNION ALL SELECT sh_iri(object) FROM sh_differs WHERE object_kind <> 'literal'
    )
);

CREATE OR REPLACE TEMP TABLE sh_scope AS
SELECT DISTINCT focus FROM sh_reach WHERE focus IN (SELECT node FROM sh_stale);

-- Of the other knots: what the last healing took, what is tied to that, and what waits again.
INSERT INTO sh_settled
SELECT subject, object, is_class FROM $last.healed WHERE sh_iri(subject) NOT IN (SELECT node FROM sh_stale);

INSERT INTO sh_settled_link SELECT one, other FROM sh_link WHERE one NOT IN (SELECT node FROM sh_stale);

CREATE OR REPLACE TEMP TABLE sh_settled_node AS FROM sh_knot ANTI JOIN sh_stale USING (node);

INSERT INTO sh_kept
SELECT q.statement_id, q.shape, q.message, r.subject
FROM $last.$quarantine q JOIN $resolved r USING (statement_id)
WHERE r.subject IN (SELECT subject FROM sh_settled);

INSERT INTO $quarantine (statement_id, shape, message) SELECT statement_id, shape, message FROM sh_kept;

DELETE FROM sh_link WHERE is_last OR one NOT IN (SELECT node FROM sh_stale);
