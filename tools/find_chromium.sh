#!/bin/sh
# Browser tests take the system's Chromium or Chrome; where there is none, let Playwright fetch its own.
# Without either the browser tests are skipped, and say so.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
.venv/bin/python -m playwright install chromium || echo "No Chromium: tests of the page in a browser will be skipped" >&2
exit 0
