-- Of a healing that begins: what it took, what ties nodes, and what it keeps of the last one (heal_again.py).
CREATE OR REPLACE TEMP TABLE sh_taken (subject VARCHAR, object VARCHAR, is_class BOOLEAN);
CREATE OR REPLACE TEMP TABLE sh_link (one UBIGINT, other UBIGINT, is_last BOOLEAN DEFAULT false);
CREATE OR REPLACE TEMP TABLE sh_named (id UBIGINT, text VARCHAR);
CREATE OR REPLACE TEMP TABLE sh_kept (statement_id VARCHAR, shape VARCHAR, message VARCHAR, subject VARCHAR);
CREATE OR REPLACE TEMP TABLE sh_settled (subject VARCHAR, object VARCHAR, is_class BOOLEAN);
CREATE OR REPLACE TEMP TABLE sh_settled_link (one UBIGINT, other UBIGINT);
