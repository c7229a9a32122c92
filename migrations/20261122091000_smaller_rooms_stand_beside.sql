-- A smaller room beside the partnership's own. subject says whose or what for: a number, a sitting, or nothing.
CREATE TABLE room (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    spot        TEXT   NOT NULL CHECK (spot IN ('hosts', 'partner', 'group', 'talk', 'board')),
    subject     TEXT   NOT NULL,
    room        BIGINT NOT NULL,
    PRIMARY KEY (partnership, spot, subject)
);
