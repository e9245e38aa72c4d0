-- How names and keys are compared. Every regular expression is linear (RE2).

-- A text without its case, accents and format characters.
CREATE OR REPLACE TEMP MACRO plain(s) AS
    lower(strip_accents(replace(regexp_replace(nfc_normalize(s), '\p{Cf}', '', 'g'), '’', '''')));
-- A full stop before UN and LA in capitals where small letters follow: they are no articles ("UN Women", "LA Times").
CREATE OR REPLACE TEMP MACRO as_acronym(s) AS regexp_replace(s, '^(UN|LA) (.*\p{Ll})', '.\1 \2');
-- A name without its case, accents, quotes, punctuation, format characters and leading article.
CREATE OR REPLACE TEMP MACRO name_form(s) AS trim(regexp_replace(
    regexp_replace(
        trim(
            replace(replace(replace(plain(as_acronym(s)), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), ' "''«»“”'
        ),
        '^(l''|d''|(le|la|les|un|une|the|a|an)\s+)', ''
    ),
    '[^\p{L}\p{M}\p{N}+]+', ' ', 'g'
));
-- The same for a person, who may be written "Surname, Given".
CREATE OR REPLACE TEMP MACRO person_form(s) AS CASE
    WHEN regexp_full_match(s, '[^,()]{2,40}, ?[^,()]{2,40}')
        THEN name_form(split_part(s, ',', 2) || ' ' || split_part(s, ',', 1))
    ELSE name_form(s)
END;
-- What a person is called who is written "Family, Given". A title or a degree is no given name, and where two names
-- stand before the comma, what stands behind it may be a place.
CREATE OR REPLACE TEMP MACRO person_label(s) AS CASE
    WHEN regexp_full_match(
        s, '(d''|d’|((de|du|des|la|le|van|von|der|den|da|di|del|La|Le) )*)\p{Lu}[\p{L}\p{M}''’-]+'
        ', \p{Lu}\p{Ll}[\p{L}\p{M}''’-]*( \p{Lu}[\p{L}\p{M}.''’-]*){0,2}'
    ) AND NOT regexp_matches(
        -- \b knows no letters but English ones, and would find Sr in Srđan
        s, ',.* (Jr|Sr|Dr|Pr|Prof|Professor|Professeure?|Esq|Ph|Msc)([^\p{L}\p{M}]|$)|, \p{Lu}\p{Ll}\p{Lu}'
    )
        THEN split_part(s, ', ', 2) || ' ' || split_part(s, ', ', 1)
    ELSE s
END;
-- What a person is called whose name a text has with the word before it ("As Ken Wilber") or with a form of address ("Dr
-- John Barry"; "Dr Barry" stays). The words are the variables `led_in` and `addressed`, set by words.sql.
CREATE OR REPLACE TEMP MACRO bare(s) AS regexp_replace(
    regexp_replace(s, getvariable('led_in'), '\1'), getvariable('addressed'), '\1'
);
-- A wiki's title as MediaWiki compares them: underscores are spaces, the first letter has no case.
CREATE OR REPLACE TEMP MACRO page_form(s) AS
    trim(regexp_replace(regexp_replace(s, '\p{Cf}', '', 'g'), '[_\s]+', ' ', 'g'));
CREATE OR REPLACE TEMP MACRO capital(s) AS upper(s[1]) || s[2:];
-- What stands behind the source's name in a key.
CREATE OR REPLACE TEMP MACRO behind(key) AS key[length(split_part(key, ':', 1)) + 2:];
CREATE OR REPLACE TEMP MACRO key_form(key) AS CASE
    WHEN contains(key, '#') THEN key
    ELSE split_part(key, ':', 1) || ':' || capital(page_form(behind(key)))
END;
