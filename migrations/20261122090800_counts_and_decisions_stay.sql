-- A count: what is left of the ballots. nth is the order in which counts were made.
CREATE TABLE tally (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    nth         BIGINT NOT NULL,
    window_     BIGINT NOT NULL,
    pile        TEXT   NOT NULL,
    about       BIGINT,
    card        BIGINT NOT NULL,
    value       TEXT   NOT NULL,
    figures     BIGINT NOT NULL,
    people      BIGINT NOT NULL,
    partners    BIGINT NOT NULL,
    voices      BIGINT NOT NULL, -- thousandths of a partner's voice
    PRIMARY KEY (partnership, nth),
    FOREIGN KEY (partnership, window_) REFERENCES window_ (partnership, id),
    FOREIGN KEY (partnership, about) REFERENCES partner (partnership, id),
    FOREIGN KEY (partnership, card) REFERENCES card (partnership, id)
);

-- A decision: what the group settled. nth is the order.
CREATE TABLE decision (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    id          BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    ask         TEXT   NOT NULL,
    about       BIGINT,
    how         TEXT   NOT NULL,
    reason      TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, id),
    UNIQUE (partnership, nth),
    FOREIGN KEY (partnership, about) REFERENCES partner (partnership, id)
);

-- The cards it keeps, in order.
CREATE TABLE decision_card (
    partnership BIGINT NOT NULL,
    decision    BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    card        BIGINT NOT NULL,
    PRIMARY KEY (partnership, decision, nth),
    FOREIGN KEY (partnership, decision) REFERENCES decision (partnership, id),
    FOREIGN KEY (partnership, card) REFERENCES card (partnership, id)
);
