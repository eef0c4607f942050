#!/bin/sh
# Makes the git history of the sample: sh history.sh FOLDER
set -e
folder="${1:-traffic-config}"
git init -q "$folder" && cd "$folder"
export GIT_AUTHOR_NAME='edge traffic lead' GIT_AUTHOR_EMAIL=edge@example.com
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME"
export GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"

export GIT_AUTHOR_DATE=2025-03-11T18:00:12Z GIT_COMMITTER_DATE=2025-03-11T18:00:12Z
printf 'hall-a\nhall-b\nhall-b\n' > checkers
git add checkers
git -c commit.gpgsign=false commit -q -m 'a small site closes, and the health checker that stood there moves to the primary data centre; two of three now stand in one hall'
