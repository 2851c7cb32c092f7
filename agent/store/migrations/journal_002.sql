-- Chapters that came from a predecessor: the public key of its batch signatures; null: this agent's own key.
ALTER TABLE chapter ADD COLUMN signing_key BLOB;
