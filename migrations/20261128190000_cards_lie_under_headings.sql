-- A group of cards on one table. source is the ask of its first card. Dissolved ones stay, with what they were.
CREATE TABLE cluster (
    partnership  BIGINT NOT NULL REFERENCES partnership (id),
    id           BIGINT NOT NULL,
    source       TEXT   NOT NULL,
    by_person    BIGINT,
    at_ms        BIGINT NOT NULL,
    dissolved_ms BIGINT,
    PRIMARY KEY (partnership, id),
    FOREIGN KEY (partnership, by_person) REFERENCES person (partnership, id)
);

-- What it was called, one after another; the last one counts.
CREATE TABLE heading (
    partnership BIGINT NOT NULL,
    cluster     BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    by_person   BIGINT,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, cluster, nth),
    FOREIGN KEY (partnership, cluster) REFERENCES cluster (partnership, id),
    FOREIGN KEY (partnership, by_person) REFERENCES person (partnership, id)
);

-- in: the card lies there; was: it did when the group was dissolved; out: its author took it out.
CREATE TABLE cluster_card (
    partnership BIGINT NOT NULL,
    cluster     BIGINT NOT NULL,
    card        BIGINT NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('in', 'was', 'out')),
    PRIMARY KEY (partnership, cluster, card),
    FOREIGN KEY (partnership, cluster) REFERENCES cluster (partnership, id),
    FOREIGN KEY (partnership, card) REFERENCES card (partnership, id)
);

-- A card lies under one heading at most.
CREATE UNIQUE INDEX cluster_card_in ON cluster_card (partnership, card) WHERE state = 'in';

-- Which cards lay under which heading when a version was kept; heading is the number of the one it had then.
CREATE TABLE version_cluster (
    partnership BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    cluster     BIGINT NOT NULL,
    heading     BIGINT NOT NULL,
    PRIMARY KEY (partnership, version, nth),
    FOREIGN KEY (partnership, version) REFERENCES version (partnership, id),
    FOREIGN KEY (partnership, cluster) REFERENCES cluster (partnership, id)
);

CREATE TABLE version_cluster_card (
    partnership BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    card        BIGINT NOT NULL,
    PRIMARY KEY (partnership, version, nth, card),
    FOREIGN KEY (partnership, version, nth) REFERENCES version_cluster (partnership, version, nth),
    FOREIGN KEY (partnership, card) REFERENCES card (partnership, id)
);
