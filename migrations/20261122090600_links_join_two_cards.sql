-- A link: from lies under, mirrors, was made from, leads to, answers or serves to.
CREATE TABLE link (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    id          BIGINT NOT NULL,
    kind        TEXT   NOT NULL,
    from_card   BIGINT NOT NULL,
    to_card     BIGINT NOT NULL,
    by_person   BIGINT,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, id),
    FOREIGN KEY (partnership, from_card) REFERENCES card (partnership, id),
    FOREIGN KEY (partnership, to_card) REFERENCES card (partnership, id),
    FOREIGN KEY (partnership, by_person) REFERENCES person (partnership, id)
);
