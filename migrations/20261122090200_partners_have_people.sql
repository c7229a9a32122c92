-- A partner: one organisation.
CREATE TABLE partner (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    id          BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    short       TEXT   NOT NULL,
    sector      TEXT   NOT NULL,
    lag_days    BIGINT NOT NULL,
    until_ms    BIGINT,
    PRIMARY KEY (partnership, id)
);

-- A person: of one partner, on one level.
CREATE TABLE person (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    id          BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    partner     BIGINT NOT NULL,
    level       TEXT   NOT NULL,
    zone        TEXT   NOT NULL,
    handle      TEXT   NOT NULL,
    host        BIGINT NOT NULL CHECK (host IN (0, 1)),
    standing    TEXT   NOT NULL,
    from_ms     BIGINT,
    until_ms    BIGINT,
    PRIMARY KEY (partnership, id),
    FOREIGN KEY (partnership, partner) REFERENCES partner (partnership, id)
);

-- An account belongs to one person of a partnership; a person may have several.
CREATE TABLE account (
    partnership BIGINT NOT NULL,
    account     BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    PRIMARY KEY (partnership, account),
    FOREIGN KEY (partnership, person) REFERENCES person (partnership, id)
);
