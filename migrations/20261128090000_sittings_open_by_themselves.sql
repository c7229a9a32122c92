-- How the Path goes on, where hosts said so: by itself (1) or by hand (0), at which of the plan's paces, which
-- sitting comes first, which one could not open because something was not put down, and since when nothing kept the
-- next one from opening.
CREATE TABLE rhythm (
    partnership BIGINT NOT NULL PRIMARY KEY REFERENCES partnership (id),
    by_itself   BIGINT NOT NULL,
    pace        TEXT,
    first       TEXT,
    held_up     TEXT,
    since_ms    BIGINT
);

-- For how many working days a sitting stays open here, whatever the pace says.
CREATE TABLE sitting_days (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    sitting     TEXT   NOT NULL,
    days        BIGINT NOT NULL,
    PRIMARY KEY (partnership, sitting)
);

-- On which date a sitting opens at the earliest (2026-03-20).
CREATE TABLE sitting_date (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    sitting     TEXT   NOT NULL,
    first       TEXT   NOT NULL,
    PRIMARY KEY (partnership, sitting)
);

-- What the clocks show at a window's end (2026-03-20T18:00:00), and in which zone: the moment is worked out from
-- both. Empty where the end is a moment and no more.
ALTER TABLE window_ ADD COLUMN shows TEXT NOT NULL DEFAULT '';
ALTER TABLE window_ ADD COLUMN zone TEXT NOT NULL DEFAULT '';

-- Whether it was opened by itself and not with its sitting: 1 for a further round, a run-off, a quick poll. Of those that
-- were there before this was kept, a further opening counts as such.
ALTER TABLE window_ ADD COLUMN alone BIGINT NOT NULL DEFAULT 0;
UPDATE window_ SET alone = 1 WHERE nth > 1;
