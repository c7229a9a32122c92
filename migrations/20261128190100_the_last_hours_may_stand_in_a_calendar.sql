-- Where the last hours of what is open stand in the house's calendar: since when, and whether hosts know that it is
-- not allowed there.
CREATE TABLE occasions (
    partnership BIGINT NOT NULL PRIMARY KEY REFERENCES partnership (id),
    since_ms    BIGINT NOT NULL,
    barred      BIGINT NOT NULL CHECK (barred IN (0, 1))
);

-- What was written into that calendar: the entry's number there. Whatever moves is another row.
CREATE TABLE occasion (
    partnership BIGINT NOT NULL,
    window_     BIGINT NOT NULL,
    ends_ms     BIGINT NOT NULL,
    since_ms    BIGINT NOT NULL,
    entry       BIGINT NOT NULL,
    PRIMARY KEY (partnership, window_, ends_ms, since_ms),
    FOREIGN KEY (partnership, window_) REFERENCES window_ (partnership, id)
);
