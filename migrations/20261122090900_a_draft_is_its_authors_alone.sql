-- A draft: what is being typed or was refused.
CREATE TABLE draft (
    partnership BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    ask         TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, person, ask),
    FOREIGN KEY (partnership, person) REFERENCES person (partnership, id)
);

CREATE TABLE draft_text (
    partnership BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    ask         TEXT   NOT NULL,
    field       TEXT   NOT NULL,
    words       TEXT   NOT NULL,
    PRIMARY KEY (partnership, person, ask, field),
    FOREIGN KEY (partnership, person, ask) REFERENCES draft (partnership, person, ask) ON DELETE CASCADE
);
