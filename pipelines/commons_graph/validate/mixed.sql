-- How often this healing came near what it kept: then that would have come out otherwise together with it.
SELECT count(*) FROM (
    SELECT origin AS node FROM sh_reach
    UNION ALL SELECT focus FROM sh_reach
    UNION ALL SELECT one FROM sh_link
    UNION ALL SELECT other FROM sh_link
)
WHERE node IN (SELECT node FROM sh_settled_node UNION ALL SELECT sh_iri(object) FROM sh_settled WHERE object IS NOT NULL)
UNION ALL
SELECT count(*) FROM sh_taken
WHERE NOT is_class AND object IS NOT NULL AND sh_iri(object) IN (SELECT node FROM sh_settled_node)
