# parkgraph: its command line and its server. The first stage installs it with pinned dependencies, the second one only runs it.
FROM python:3.12.11-slim-bookworm AS build
WORKDIR /src
# The pins hold for what builds the packages as well, which `pip install -c` alone would not see to.
ENV PIP_CONSTRAINT=/src/constraints.txt PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY constraints.txt pyproject.toml README.md LICENSE ./
COPY ingest ingest
COPY graph graph
COPY api api
COPY cypher cypher
COPY data/tables data/tables
COPY data/lookups.yml data/lookups.yml
RUN python -m venv /opt/parkgraph && /opt/parkgraph/bin/pip install .

FROM python:3.12.11-slim-bookworm
RUN useradd --system --uid 10001 --user-group --home-dir /work --create-home parkgraph \
    && install --directory --owner=10001 --group=10001 --mode=0700 /keys
COPY --from=build /opt/parkgraph /opt/parkgraph
ENV PATH=/opt/parkgraph/bin:$PATH PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /work
ENTRYPOINT ["parkgraph"]
CMD ["--help"]
