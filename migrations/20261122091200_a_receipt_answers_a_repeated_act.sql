-- A receipt: an act that was done, by the key under which it may come again. It holds the answer, and no
-- words of people; it is kept for thirty days.
CREATE TABLE receipt (
    key         TEXT   NOT NULL PRIMARY KEY,
    opening     TEXT,   -- the opening of the form, if it came by one
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    revision    BIGINT NOT NULL,
    reply       TEXT   NOT NULL, -- JSON
    card        BIGINT, -- the card it made
    at_ms       BIGINT NOT NULL,
    FOREIGN KEY (partnership, card) REFERENCES card (partnership, id)
);

CREATE INDEX receipt_opening ON receipt (opening);
CREATE INDEX receipt_at ON receipt (at_ms);
