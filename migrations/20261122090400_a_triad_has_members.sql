-- A triad. Named grouping because SQL owns the word group.
CREATE TABLE grouping (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    id          BIGINT NOT NULL,
    ask         TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    nth         BIGINT NOT NULL,
    PRIMARY KEY (partnership, id)
);

CREATE TABLE member (
    partnership BIGINT NOT NULL,
    grouping_   BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    PRIMARY KEY (partnership, grouping_, person),
    FOREIGN KEY (partnership, grouping_) REFERENCES grouping (partnership, id) ON DELETE CASCADE,
    FOREIGN KEY (partnership, person) REFERENCES person (partnership, id)
);
