-- Whether a card came after its ask had closed.
ALTER TABLE card ADD COLUMN added BIGINT NOT NULL DEFAULT 0 CHECK (added IN (0, 1));
