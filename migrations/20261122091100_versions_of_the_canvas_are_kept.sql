-- A snapshot of the canvas; published holds its public number, if it has one. nth is the order.
CREATE TABLE version (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    id          BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    published   BIGINT,
    label       TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    despite     TEXT   NOT NULL, -- why the phase was closed although a check did not hold
    PRIMARY KEY (partnership, id),
    UNIQUE (partnership, nth)
);

-- Which wording of which card it showed.
CREATE TABLE version_card (
    partnership BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    card        BIGINT NOT NULL,
    wording     BIGINT NOT NULL,
    PRIMARY KEY (partnership, version, nth),
    FOREIGN KEY (partnership, version) REFERENCES version (partnership, id),
    FOREIGN KEY (partnership, card) REFERENCES card (partnership, id)
);
