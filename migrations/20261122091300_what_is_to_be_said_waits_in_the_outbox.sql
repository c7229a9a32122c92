-- The outbox: what is to be said, as intent. Rows are never deleted, so that a number never comes twice:
-- it is in the posted message, and that is how a post is found again after any doubt.
CREATE TABLE outbox (
    id          BIGINT NOT NULL PRIMARY KEY,
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    destination TEXT   NOT NULL, -- order holds within it
    key         TEXT,            -- a newer row with the same key takes the place of one that nobody has tried
    notice      TEXT   NOT NULL, -- JSON
    due_ms      BIGINT NOT NULL,
    needs       BIGINT REFERENCES outbox (id), -- must be finished first
    state       TEXT   NOT NULL CHECK (state IN ('pending', 'sent', 'moot', 'failed')),
    attempts    BIGINT NOT NULL, -- tries that were begun
    message     BIGINT,          -- the message that was made
    why         TEXT   NOT NULL, -- why it waits or failed; no words of people
    at_ms       BIGINT NOT NULL  -- when it was last touched
);

CREATE INDEX outbox_state ON outbox (state, due_ms);
CREATE INDEX outbox_order ON outbox (partnership, destination, state, id);
CREATE INDEX outbox_key ON outbox (partnership, key, id);
CREATE INDEX outbox_needs ON outbox (needs);
