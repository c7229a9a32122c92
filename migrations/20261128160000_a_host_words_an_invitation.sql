-- A host's text in the place of a sitting's invitation; and which message opened a sitting, so that it can be edited.
CREATE TABLE invitation (
    partnership BIGINT NOT NULL,
    sitting     TEXT   NOT NULL,
    by_person   BIGINT NOT NULL,
    words       TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, sitting),
    FOREIGN KEY (partnership, by_person) REFERENCES person (partnership, id)
);

CREATE TABLE opening_post (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    sitting     TEXT   NOT NULL,
    message     BIGINT NOT NULL,
    PRIMARY KEY (partnership, sitting)
);
