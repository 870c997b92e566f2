# Waterbus as one image: the server with a worker inside, or more workers with `worker` as the command.
#   docker build -t waterbus .
#   docker run -p 8080:8080 -v waterbus:/var/lib/waterbus waterbus
FROM rust:1.95-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends cmake libclang1-14 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked && strip target/release/waterbus

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /var/lib/waterbus --create-home waterbus
COPY --from=build /src/target/release/waterbus /usr/local/bin/waterbus
USER waterbus
WORKDIR /var/lib/waterbus
VOLUME /var/lib/waterbus
ENV WATERBUS_LISTEN=0.0.0.0:8080 WATERBUS_LOG_FORMAT=json
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["waterbus"]
CMD ["serve"]
