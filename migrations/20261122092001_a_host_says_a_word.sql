-- A word from a host above the opening post of a sitting.
CREATE TABLE foreword (
    partnership BIGINT NOT NULL,
    sitting     TEXT   NOT NULL,
    by_person   BIGINT NOT NULL,
    words       TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, sitting),
    FOREIGN KEY (partnership, by_person) REFERENCES person (partnership, id)
);
