-- One issue of a newsletter that came by mail and by web is one document with two captures: what it says counts once.
-- The copy on the web stands for both, since others can look it up. Where documents of one source share an address, it
-- is that of no issue (an archive's list, a front page), and they stay apart.
INSERT INTO other_capture
WITH issue AS (
    FROM document WHERE address IN (SELECT address FROM document WHERE kind = 'newsletter')
    QUALIFY count(*) OVER (PARTITION BY source, address) = 1
),
ranked AS (
    SELECT
        i.*, row_number() OVER same AS place, first_value(i.document_id) OVER same AS kept
    FROM issue AS i LEFT JOIN source AS s USING (source)
    WINDOW same AS (
        PARTITION BY i.address
        ORDER BY s.connector IN ('mail', 'imap', 'folder'), i.kind = 'newsletter', s.trust DESC, i.document_id
    )
)
SELECT kept, document_id, source, address, capture, first_seen, last_seen
FROM ranked WHERE place > 1 AND kind = 'newsletter';

DELETE FROM statement WHERE document_id IN (SELECT other_id FROM other_capture);

DELETE FROM document WHERE document_id IN (SELECT other_id FROM other_capture);
