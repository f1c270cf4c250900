FROM node:24-slim AS build
WORKDIR /edufed
COPY . .
RUN npx --yes pnpm@10.34.9 install --frozen-lockfile \
  && EDUFED_NO_TYPES=1 npx --yes pnpm@10.34.9 run build \
  && npx --yes pnpm@10.34.9 --filter @edufed/server --prod --legacy deploy /node

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 EDUFED_DATA_DIR=/var/lib/edufed
COPY --from=build /node /edufed
RUN ln -s /edufed/dist/cli.js /usr/local/bin/edufed \
  && mkdir /var/lib/edufed \
  && chown node:node /var/lib/edufed
USER node
WORKDIR /var/lib/edufed
VOLUME /var/lib/edufed
EXPOSE 3000
CMD ["edufed", "serve"]
