-- A partnership: one board, bound to one room, with the whole plan it was founded on.
CREATE TABLE partnership (
    id          BIGINT NOT NULL PRIMARY KEY,
    name        TEXT   NOT NULL,
    language    TEXT   NOT NULL,
    house       BIGINT NOT NULL,
    room        BIGINT NOT NULL UNIQUE,
    welcome     TEXT   NOT NULL,
    founded_ms  BIGINT NOT NULL,
    plan        TEXT   NOT NULL, -- JSON, written once
    plan_sha256 TEXT   NOT NULL, -- of the text beside it, in hexadecimal
    revision    BIGINT NOT NULL, -- how many acts have changed the board
    next        BIGINT NOT NULL  -- the next free number on the board
);

-- The piles of figures that the plan gives to each giver of an ask.
CREATE TABLE pile (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    ask         TEXT   NOT NULL,
    pile        TEXT   NOT NULL,
    budget      BIGINT NOT NULL CHECK (budget BETWEEN 0 AND 255),
    PRIMARY KEY (partnership, ask, pile)
);
