/** Two steps of an invented schema. */

export const STEPS = [
  {
    version: 1,
    sql: `CREATE TABLE pig (name TEXT NOT NULL) STRICT; INSERT INTO pig VALUES ('Rosa')`,
  },
  { version: 2, sql: `ALTER TABLE pig ADD COLUMN weight REAL; UPDATE pig SET weight = 95.5` },
] as const;
