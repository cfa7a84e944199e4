# One image for every role: `serve` by default, `worker`, or any other command of dataset-assistant.
FROM python:3.11-slim AS build
WORKDIR /app
# What is installed changes less often than the program: its layer is kept between builds.
COPY pyproject.toml constraints.txt README.md ./
COPY scripts/install.py scripts/install.py
COPY app.py ./
COPY assistant assistant
COPY catalog_sync catalog_sync
COPY indexer indexer
COPY prompts prompts
RUN python scripts/install.py --venv /venv --torch cpu --extra postgres

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home assistant
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATASET_ASSISTANT_DATA=/data \
    DATASET_ASSISTANT_LOG=json \
    HF_HUB_OFFLINE=1 \
    HOST=0.0.0.0 \
    PORT=8000
USER assistant
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
ENTRYPOINT ["dataset-assistant"]
CMD ["serve"]
