-- The inverted index of the deduplicated input: a row for each country, too few to be kept in an order. The load replaces the
-- table in one commit, and only where other rows follow.
CREATE TABLE activity.location_index (
  location   STRING        NOT NULL COMMENT 'Country as the source has it, a name or a code; the key',
  ids        ARRAY<STRING> NOT NULL COMMENT 'The users seen there, each once, sorted',
  _loaded_at TIMESTAMP     NOT NULL COMMENT 'When the table was brought to its present state (UTC)'
)
USING DELTA
COMMENT 'Users by location, one row for each location'
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE activity.location_index ADD CONSTRAINT location_given CHECK (trim(location) <> '');
ALTER TABLE activity.location_index ADD CONSTRAINT somebody_was_there CHECK (size(ids) > 0);
