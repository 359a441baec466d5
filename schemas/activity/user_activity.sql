-- What follows from the input as a whole. The load replaces the table in one commit, and only where other rows follow.
CREATE TABLE activity.user_activity (
  id               STRING         NOT NULL COMMENT 'The user, a UUID',
  email            STRING                  COMMENT 'Pseudonym of the e-mail address: equal addresses have equal ones',
  age_group        INT                     COMMENT 'Age group of the user',
  user_score       DOUBLE                  COMMENT 'Score of the user; may be NaN',
  revenue          DECIMAL(18, 2)          COMMENT 'Revenue from the user, to the cent',
  widget_list      ARRAY<STRUCT<name: STRING, amount: DOUBLE>> COMMENT 'The one widget of the row as a list; empty or NULL where the user has none',
  location         STRING                  COMMENT 'Country as the source has it, a name or a code',
  created_at       TIMESTAMP      NOT NULL COMMENT 'When the activity took place (UTC)',
  age_group_rank   INT                     COMMENT 'Rank in the age group by score, the highest is 1; NULL without a score or an age group',
  widget_name      STRING                  COMMENT 'Name of the widget',
  widget_amount    DOUBLE                  COMMENT 'Amount of the widget',
  _widget_position INT            NOT NULL COMMENT 'Place of the widget in the list of the source, from 1; 0 where there is none',
  _loaded_at       TIMESTAMP      NOT NULL COMMENT 'When the table was brought to its present state (UTC)'
)
USING DELTA
COMMENT 'User activity, one row for each widget of a user at one instant, or one row where there is no widget'
CLUSTER BY (created_at)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE activity.user_activity ADD CONSTRAINT id_given CHECK (trim(id) <> '');
ALTER TABLE activity.user_activity ADD CONSTRAINT email_is_a_pseudonym CHECK (email IS NULL OR email RLIKE '^A[A-Za-z0-9_-]{27,}$');
ALTER TABLE activity.user_activity ADD CONSTRAINT rank_from_1 CHECK (age_group_rank IS NULL OR age_group_rank >= 1);
ALTER TABLE activity.user_activity ADD CONSTRAINT no_widget_at_0 CHECK (_widget_position > 0 OR (_widget_position = 0 AND widget_name IS NULL AND widget_amount IS NULL));
