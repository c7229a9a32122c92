-- Whoever says *not yet* may say how it could stand. The reason lies in note, the proposal beside it.
ALTER TABLE figure ADD COLUMN proposal TEXT NOT NULL DEFAULT '';
ALTER TABLE ballot ADD COLUMN proposal TEXT NOT NULL DEFAULT '';
