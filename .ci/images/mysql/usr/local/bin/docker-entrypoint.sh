#!/bin/bash
# Starts MySQL, and makes database and accounts from the same variables as the official image does: MYSQL_DATABASE,
# MYSQL_USER, MYSQL_PASSWORD, MYSQL_ROOT_PASSWORD. They are made before the server answers, and again at each start, so
# that a first start that was cut short is corrected by the next one.
set -euo pipefail
umask 077

data=/var/lib/mysql
statements=/tmp/accounts.sql
[ "${1:-}" = mysqld ] && shift

text() {
  local value=${1//\\/\\\\}
  printf "'%s'" "${value//\'/\'\'}"
}

mkdir -p "$data" # a new folder of the host, where it is not the image's own
as=()
if [ "$(id -u)" = 0 ]; then
  chown -R mysql: "$data"
  as=(--user=mysql)
fi
if [ ! -d "$data/mysql" ]; then
  mysqld --initialize-insecure "${as[@]}"
fi

{
  echo "ALTER USER root@localhost IDENTIFIED BY $(text "$MYSQL_ROOT_PASSWORD");"
  echo "CREATE USER IF NOT EXISTS root@'%' IDENTIFIED BY $(text "$MYSQL_ROOT_PASSWORD");"
  echo "GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;"
  if [ -n "${MYSQL_DATABASE:-}" ]; then
    echo "CREATE DATABASE IF NOT EXISTS \`$MYSQL_DATABASE\`;"
  fi
  if [ -n "${MYSQL_USER:-}" ]; then
    echo "CREATE USER IF NOT EXISTS $(text "$MYSQL_USER")@'%' IDENTIFIED BY $(text "$MYSQL_PASSWORD");"
  fi
  if [ -n "${MYSQL_USER:-}" ] && [ -n "${MYSQL_DATABASE:-}" ]; then
    echo "GRANT ALL ON \`${MYSQL_DATABASE//_/\\_}\`.* TO $(text "$MYSQL_USER")@'%';"
  fi
} > "$statements"
if [ "$(id -u)" = 0 ]; then
  chown mysql: "$statements"
fi

exec mysqld "${as[@]}" --init-file="$statements" "$@"
