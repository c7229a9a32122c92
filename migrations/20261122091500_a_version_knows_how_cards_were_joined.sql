-- Which cards were put aside or joined into another when a version was kept; merged_into says into which.
CREATE TABLE version_aside (
    partnership BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    card        BIGINT NOT NULL,
    wording     BIGINT NOT NULL,
    merged_into BIGINT,
    PRIMARY KEY (partnership, version, nth),
    FOREIGN KEY (partnership, version) REFERENCES version (partnership, id),
    FOREIGN KEY (partnership, card) REFERENCES card (partnership, id),
    FOREIGN KEY (partnership, merged_into) REFERENCES card (partnership, id)
);

-- How cards were joined then: a link may be taken away later, and the version still shows it.
CREATE TABLE version_link (
    partnership BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    link        BIGINT NOT NULL,
    kind        TEXT   NOT NULL,
    from_card   BIGINT NOT NULL,
    to_card     BIGINT NOT NULL,
    PRIMARY KEY (partnership, version, nth),
    FOREIGN KEY (partnership, version) REFERENCES version (partnership, id),
    FOREIGN KEY (partnership, from_card) REFERENCES card (partnership, id),
    FOREIGN KEY (partnership, to_card) REFERENCES card (partnership, id)
);
