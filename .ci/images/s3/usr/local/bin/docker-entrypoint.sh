#!/bin/bash
# S3 by moto, in place of LocalStack: same port, same word when it answers, same path of this script.
set -euo pipefail

python3 -m moto.server -H 0.0.0.0 -p 4566 &
until (: < /dev/tcp/127.0.0.1/4566) 2> /dev/null; do
  kill -0 $! || exit 1
  sleep 0.1
done
echo Ready.
wait
