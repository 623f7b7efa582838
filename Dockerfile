FROM node:22-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.11-slim AS packages
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --no-compile --no-deps --require-hashes -r requirements.txt

FROM python:3.11-slim
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=crm.settings STATIC_ROOT=/app/collected UPLOADS_ROOT=/data/uploads DATA=/data
WORKDIR /app
RUN useradd --system --uid 10001 --home-dir /app guibin && install -d -o guibin -g guibin /data /data/uploads
COPY --from=packages /app/.venv .venv
COPY --from=assets /app/node_modules node_modules
COPY . .
# the keys below are for this one command; settings refuse to start without keys of the bank's own
RUN python -c "from crm.base.launch.translations import compile_all; compile_all()" \
    && SECRET_KEY=collecting DATABASE_URL=postgres:///none python manage.py collectstatic --no-input
USER guibin
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s --retries=4 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["gunicorn", "crm.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--access-logfile", "-"]
