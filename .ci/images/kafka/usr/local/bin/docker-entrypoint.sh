#!/bin/bash
# Runs the command that the container was given, as the published image does.
exec "$@"
