FROM node:24-slim AS build
WORKDIR /edufed
COPY . .
RUN npx --yes pnpm@10.34.9 install --frozen-lockfile \
  && EDUFED_NO_TYPES=1 npx --yes pnpm@10.34.9 run build \
  && npx --yes pnpm@10.34.9 --filter @edufed/server --prod --legacy deploy /node

FROM node:24-slim
ENV NODE_ENV=production
COPY --from=build /node /edufed
RUN mkdir -p /var/lib/edufed && chown node /var/lib/edufed
USER node
EXPOSE 3000
CMD ["node", "/edufed/dist/cli.js", "serve"]
