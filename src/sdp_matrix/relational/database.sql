-- The whole data set. Partners and areas are named by their ids everywhere; a status or day that is not known is the
-- word unknown, never NULL. NULL stands where a file records nothing. Days are text: YYYY-MM-DD, or shorter where a
-- source is not more precise.

CREATE TABLE edition (
  title       TEXT NOT NULL,     -- of the data set
  description TEXT NOT NULL,     -- what it holds
  version     TEXT NOT NULL,     -- of the data, such as 1.0.0
  date        TEXT NOT NULL,     -- day of the version
  licence     TEXT NOT NULL,     -- SPDX identifier
  source      TEXT NOT NULL REFERENCES reference (id)  -- the publication that the data begin with
) STRICT;

-- Cited publications. The name is in the singular because SQL keeps the plural for itself.
CREATE TABLE reference (
  id         TEXT NOT NULL PRIMARY KEY,
  title      TEXT NOT NULL,      -- as published where known, else a description
  publisher  TEXT NOT NULL,      -- who is responsible; independence is judged by this name
  kind       TEXT NOT NULL,      -- briefing, paper, press-release, web-page, news, speech, treaty or policy-paper
  date       TEXT NOT NULL,      -- of publication, as far as known
  url        TEXT,
  relayed_by TEXT,               -- who carried the copy that was seen
  celex      TEXT,               -- identifier in EUR-Lex
  oj         TEXT,               -- place in the Official Journal
  note       TEXT                -- what it is good for, how weak it is
) STRICT, WITHOUT ROWID;

CREATE TABLE areas (
  number     INTEGER NOT NULL PRIMARY KEY,  -- row of Table 1
  id         TEXT NOT NULL UNIQUE,
  title      TEXT NOT NULL,      -- exactly as in Table 1
  label      TEXT NOT NULL,      -- at most 28 characters
  definition TEXT                -- what makes the area count as covered
) STRICT;

CREATE TABLE partners (
  id         TEXT NOT NULL PRIMARY KEY,
  name       TEXT NOT NULL,      -- of the partner
  iso        TEXT,               -- ISO 3166-1 alpha-2
  date       TEXT NOT NULL,      -- of signature or of the act in its place; unknown sorts after every day
  act        TEXT NOT NULL CHECK (act IN ('signed', 'adopted', 'announced', 'concluded', 'unknown')),
  title      TEXT NOT NULL,      -- of the instrument
  place      TEXT,
  occasion   TEXT,               -- the meeting it was done at
  in_table   INTEGER NOT NULL CHECK (in_table IN (0, 1)),  -- whether Table 1 has it; 0 for the newer ones
  position   INTEGER NOT NULL UNIQUE,  -- column of Table 1; the newer ones follow
  date_grade TEXT NOT NULL,      -- how well the day is supported, in the words of coverage.grade
  act_grade  TEXT NOT NULL       -- how well the act is supported
) STRICT, WITHOUT ROWID;

-- One row for each partner and area.
CREATE TABLE coverage (
  partner TEXT NOT NULL REFERENCES partners (id),
  area    TEXT NOT NULL REFERENCES areas (id),
  status  TEXT NOT NULL CHECK (status IN ('covered', 'not-covered', 'already-exists', 'unknown')),
  grade   TEXT NOT NULL CHECK (grade IN ('contested', 'corroborated', 'single-source', 'unknown')),
  note    TEXT,                  -- why this status, where evidence disagrees
  PRIMARY KEY (partner, area)
) STRICT, WITHOUT ROWID;

-- What each reference supports, for a cell or for another value of a partnership.
CREATE TABLE evidence (
  partner   TEXT NOT NULL REFERENCES partners (id),
  field     TEXT NOT NULL,       -- an area, date, act, place, occasion, or group: and the id of a group
  position  INTEGER NOT NULL,    -- 1 for the first piece of a field
  area      TEXT REFERENCES areas (id),  -- the field, where it is an area
  reference TEXT NOT NULL REFERENCES reference (id),
  locator   TEXT,                -- section, table or page
  supports  TEXT NOT NULL,       -- the value supported, or planned for an aim before the signature
  note      TEXT,                -- why, in our own words
  PRIMARY KEY (partner, field, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE signatories (
  partner   TEXT NOT NULL REFERENCES partners (id),
  position  INTEGER NOT NULL,    -- 1 for the first
  party     TEXT NOT NULL,       -- EU, or the name of the partner
  name      TEXT NOT NULL,       -- not established where no source names the person
  office    TEXT,                -- held on the day
  reference TEXT NOT NULL REFERENCES reference (id),
  locator   TEXT,
  note      TEXT,
  PRIMARY KEY (partner, position)
) STRICT, WITHOUT ROWID;

-- Events on the way to or after a signature; the signature itself is in partners.
CREATE TABLE milestones (
  partner   TEXT NOT NULL REFERENCES partners (id),
  position  INTEGER NOT NULL,    -- 1 for the first
  date      TEXT NOT NULL,
  event     TEXT NOT NULL,       -- such as talks-launched
  place     TEXT,
  reference TEXT NOT NULL REFERENCES reference (id),
  locator   TEXT,
  note      TEXT,
  PRIMARY KEY (partner, position)
) STRICT, WITHOUT ROWID;

-- Topics of a partnership that have no row in Table 1.
CREATE TABLE other_topics (
  partner   TEXT NOT NULL REFERENCES partners (id),
  position  INTEGER NOT NULL,    -- 1 for the first
  topic     TEXT NOT NULL,
  reference TEXT NOT NULL REFERENCES reference (id),
  locator   TEXT,
  PRIMARY KEY (partner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE groups (
  id        TEXT NOT NULL PRIMARY KEY,
  title     TEXT NOT NULL,       -- in the plural
  reference TEXT NOT NULL REFERENCES reference (id),  -- who lists the members
  locator   TEXT,
  note      TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
  partner  TEXT NOT NULL REFERENCES partners (id),
  group_id TEXT NOT NULL REFERENCES groups (id),
  status   TEXT NOT NULL CHECK (status IN ('member', 'not-member')),  -- not-member only where a source claims it
  grade    TEXT NOT NULL,        -- how well the status is supported
  note     TEXT,
  PRIMARY KEY (partner, group_id)
) STRICT, WITHOUT ROWID;

-- Where our value differs from Table 1 as published.
CREATE TABLE departures (
  partner   TEXT NOT NULL REFERENCES partners (id),
  field     TEXT NOT NULL,       -- as in evidence
  published TEXT NOT NULL,       -- the value in the table
  ours      TEXT NOT NULL,
  reason    TEXT NOT NULL,
  PRIMARY KEY (partner, field)
) STRICT, WITHOUT ROWID;

-- Published sentences, paraphrased, with what the data say of them.
CREATE TABLE statements (
  id         TEXT NOT NULL PRIMARY KEY,
  reference  TEXT NOT NULL REFERENCES reference (id),
  locator    TEXT,
  paraphrase TEXT NOT NULL,
  as_of      TEXT,               -- the day that it speaks of, where it names one
  verdict    TEXT NOT NULL CHECK (verdict IN ('true', 'false', 'true-then', 'unknown')),  -- computed
  figures    TEXT NOT NULL       -- what was counted
) STRICT, WITHOUT ROWID;

-- Countries without a partnership that talk or are talked about.
CREATE TABLE prospects (
  id        TEXT NOT NULL PRIMARY KEY,
  name      TEXT NOT NULL,
  iso       TEXT NOT NULL,
  stage     TEXT NOT NULL,       -- called-for, proposed, negotiating or other-instrument
  date      TEXT NOT NULL,
  reference TEXT NOT NULL REFERENCES reference (id),
  locator   TEXT,
  note      TEXT
) STRICT, WITHOUT ROWID;

-- Coverage with the names that people read.
CREATE VIEW cells AS
SELECT partners.name AS partner_name, areas.number, areas.label AS area_label, coverage.*, partners.in_table
FROM coverage
JOIN partners ON partners.id = coverage.partner
JOIN areas ON areas.id = coverage.area
ORDER BY areas.number, partners.position;

-- Each two partners once, with the number of areas in each relation: the counts of sdp diff.
CREATE VIEW dyads AS
SELECT
  left_partner,
  right_partner,
  sum(relation = 'both') AS both,
  sum(relation = 'neither') AS neither,
  sum(relation = 'only-left') AS only_left,
  sum(relation = 'only-right') AS only_right,
  sum(relation = 'differs-in-kind') AS differs_in_kind,
  sum(relation = 'unknown') AS unknown
FROM (
  SELECT
    l.partner AS left_partner,
    r.partner AS right_partner,
    CASE
      WHEN 'unknown' IN (l.status, r.status) THEN 'unknown'
      WHEN l.status = r.status THEN iif(l.status = 'not-covered', 'neither', 'both')
      WHEN l.status = 'not-covered' THEN 'only-right'
      WHEN r.status = 'not-covered' THEN 'only-left'
      ELSE 'differs-in-kind'
    END AS relation
  FROM coverage AS l
  JOIN coverage AS r ON r.area = l.area
  JOIN partners AS lp ON lp.id = l.partner
  JOIN partners AS rp ON rp.id = r.partner AND rp.position > lp.position
)
GROUP BY left_partner, right_partner;
