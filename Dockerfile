# syntax=docker/dockerfile:1
# docker build -t noctis . && docker run -p 8080:8080 -p 11112-11142:11112-11142 -v noctis:/data noctis
# The set-up code of the first run is in `docker logs`.

FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# Node builds the styles. Its npm is a script beside it.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s /usr/local/lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source

# What is downloaded changes less often than what is written: it is a layer of its own.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Noctis.Dicom/*.csproj src/Noctis.Dicom/
COPY src/Noctis.SqlServerTypes/*.csproj src/Noctis.SqlServerTypes/
COPY src/Noctis.Archive/*.csproj src/Noctis.Archive/
COPY src/Noctis.Gateway/*.csproj src/Noctis.Gateway/
COPY src/Noctis.Portal/*.csproj src/Noctis.Portal/
COPY src/Noctis.Portal/build src/Noctis.Portal/build
COPY migrations/Noctis.Migrations.Sqlite/*.csproj migrations/Noctis.Migrations.Sqlite/
COPY migrations/Noctis.Migrations.SqlServer/*.csproj migrations/Noctis.Migrations.SqlServer/
COPY migrations/Noctis.Migrations.PostgreSql/*.csproj migrations/Noctis.Migrations.PostgreSql/
RUN dotnet restore src/Noctis.Portal --use-current-runtime
COPY wwwroot-assets/package.json wwwroot-assets/package-lock.json wwwroot-assets/
RUN cd wwwroot-assets && npm ci --ignore-scripts --no-audit --no-fund

COPY .editorconfig appsettings.json ./
# Built into the portal, which shows it.
COPY docs/troubleshooting.md docs/
COPY wwwroot-assets wwwroot-assets
COPY src src
COPY migrations migrations
RUN dotnet publish src/Noctis.Portal --configuration Release --no-restore --use-current-runtime --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# A container listens to its network, and keeps its data in the volume.
ENV Portal__Url=http://0.0.0.0:8080 \
    Storage__Path=/data
RUN mkdir /data && chown $APP_UID /data
USER $APP_UID
VOLUME /data
# The portal, the shared DICOM door, and the ports of the first thirty facilities.
EXPOSE 8080 11112-11142
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s CMD ["dotnet", "Noctis.Portal.dll", "--health-check"]
ENTRYPOINT ["dotnet", "Noctis.Portal.dll"]
