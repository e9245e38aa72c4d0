-- What a change can affect, as people read it. What is gone from the data may have been a focus node.
CREATE OR REPLACE TEMP TABLE $into AS
SELECT DISTINCT sh_text(text, kind, datatype, lang) AS subject
FROM sh_again JOIN (
    FROM sh_term
    UNION ALL SELECT sh_id(text, kind, datatype, lang), text, kind, datatype, lang FROM sh_gone
    UNION ALL SELECT sh_iri(subject), subject, sh_kind(subject), '', '' FROM sh_gone
) ON id = focus;
