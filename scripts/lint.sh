#!/bin/sh
# lint.sh PATH…: every check that needs no test run. All run, and one failure fails the whole.
set -u
failed=0

check() {
    title=$1
    shift
    printf '%s … ' "$title"
    if output=$("$@" 2>&1); then
        echo ok
    else
        echo "FAILED"
        printf '%s\n' "$output"
        failed=1
    fi
}

production() {
    # Made up here: nothing of an installation is needed to check how one would be set.
    env DJANGO_SETTINGS_MODULE=cms.settings.production \
        CMS_SECRET_KEY="$("$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(64))')" \
        CMS_ALLOWED_HOSTS=portal.example.vn CMS_BASE_URL=https://portal.example.vn \
        "$PYTHON" manage.py check --deploy --fail-level WARNING
}

migrations() {
    env DJANGO_SETTINGS_MODULE=cms.settings.test "$PYTHON" manage.py makemigrations --check --dry-run
}

check "style" "$PYTHON" -m ruff check "$@"
check "form" "$PYTHON" -m ruff format --check "$@"
check "types" "$PYTHON" -m mypy
check "imports" "$PYTHON" -c 'from importlinter.cli import lint_imports_command as c; c()' \
    --cache-dir "$CMS_VAR_DIR/cache/imports"
check "migrations" migrations
check "translations" "$PYTHON" -m scripts.check_messages
check "production settings" production
exit $failed
