-- The writer. One process writes at a time. Each start raises the epoch, and each commit counts
-- itself under its own epoch: a process that was taken for dead finds that it may not write any more.
CREATE TABLE epoch (
    one     BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    epoch   BIGINT NOT NULL,
    commits BIGINT NOT NULL
);

INSERT INTO epoch (one, epoch, commits) VALUES (1, 0, 0);
