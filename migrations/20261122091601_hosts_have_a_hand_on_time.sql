-- What hosts said about time, where it differs from the plan. A pause stands while it has no end of its own here.
CREATE TABLE pause (
    partnership BIGINT NOT NULL PRIMARY KEY REFERENCES partnership (id),
    from_ms     BIGINT NOT NULL,
    until_ms    BIGINT NOT NULL
);

-- A sitting that was left out, and why.
CREATE TABLE left_out (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    sitting     TEXT   NOT NULL,
    why         TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, sitting)
);

-- Days on which the partnership does not work, both ends with them, as dates (2026-12-24).
CREATE TABLE day_off (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    first       TEXT   NOT NULL,
    last        TEXT   NOT NULL,
    PRIMARY KEY (partnership, first, last)
);
