# Serves the API and the screen as an unprivileged user.
#
#   docker build -t medinfo .
#   docker run --rm -p 127.0.0.1:8000:8000 -e MEDINFO_ALLOW_INSECURE=1 -v medinfo-data:/data medinfo
#
# There is no sign-in yet: the port is published on loopback only, and MEDINFO_ALLOW_INSECURE is for you to set.
FROM python:3.11-slim

RUN apt-get update \
    && apt-get install --yes --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 medinfo \
    && install -d -o medinfo /app /data

USER medinfo
WORKDIR /app
COPY --chown=medinfo . .
RUN make install

ENV MEDINFO_HOST=0.0.0.0 \
    MEDINFO_DATA_DIR=/data \
    MEDINFO_ENVIRONMENT=production
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=30s CMD ["make", "--silent", "healthy"]
CMD ["make", "--silent", "serve"]
