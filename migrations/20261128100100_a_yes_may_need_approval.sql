-- What stands subject to a partner's approval: its answers in a window, or a card of its own. until is the day by
-- which it is expected; yes, reason, said_by, behalf (a host told it) and said_ms are what its house said.
CREATE TABLE approval (
    partnership BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    window_     BIGINT,
    card        BIGINT,
    partner     BIGINT NOT NULL,
    by_person   BIGINT,
    until       TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    told_ms     BIGINT,
    yes         BIGINT,
    reason      TEXT   NOT NULL,
    said_by     BIGINT,
    behalf      BIGINT NOT NULL CHECK (behalf IN (0, 1)),
    said_ms     BIGINT,
    PRIMARY KEY (partnership, id),
    FOREIGN KEY (partnership, window_) REFERENCES window_ (partnership, id),
    FOREIGN KEY (partnership, card) REFERENCES card (partnership, id),
    FOREIGN KEY (partnership, partner) REFERENCES partner (partnership, id),
    FOREIGN KEY (partnership, by_person) REFERENCES person (partnership, id),
    FOREIGN KEY (partnership, said_by) REFERENCES person (partnership, id)
);
