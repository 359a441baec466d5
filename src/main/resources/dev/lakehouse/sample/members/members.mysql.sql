-- The source of the members product. Text in any language (utf8mb4); keys compare byte by byte, so that their order is
-- the same for every reader.
CREATE TABLE IF NOT EXISTS members (
  member_id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Unique identifier, a UUID in lower case',
  first_name        VARCHAR(100) NOT NULL COMMENT 'Given name',
  last_name         VARCHAR(100) NOT NULL COMMENT 'Family name',
  email             VARCHAR(254) NOT NULL COMMENT 'E-mail address',
  phone_number      VARCHAR(40)  NULL     COMMENT 'Telephone number, free form as people write it; NULL where none was given',
  address           VARCHAR(200) NULL     COMMENT 'Street address; NULL where none was given',
  city              VARCHAR(100) NULL     COMMENT 'City where the member resides; NULL where none was given',
  country           VARCHAR(100) NOT NULL COMMENT 'Country where the member resides',
  registration_date DATE         NOT NULL COMMENT 'Day on which the member registered',
  PRIMARY KEY (member_id)
) ENGINE = InnoDB
  DEFAULT CHARACTER SET utf8mb4
  COLLATE utf8mb4_unicode_ci
  COMMENT = 'Members as the application keeps them'
