-- Pauses that are over: what they took is no part of the time that anything was open.
CREATE TABLE past_pause (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    from_ms     BIGINT NOT NULL,
    until_ms    BIGINT NOT NULL,
    PRIMARY KEY (partnership, from_ms, until_ms)
);
