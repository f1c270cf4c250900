import { type DestinationStream, type Logger, pino } from 'pino'
import type { ServerConfig } from './config.js'

const secretHeaders = ['authorization', 'cookie', 'set-cookie', 'idempotency-key']

/** The log of a process: JSON lines on stdout, without secrets. */
export function createLogger(config: Pick<ServerConfig, 'logLevel' | 'nodeId'>, destination?: DestinationStream): Logger {
  const options = {
    level: config.logLevel,
    base: { node: config.nodeId },
    redact: {
      paths: secretHeaders.flatMap((name) => [`headers["${name}"]`, `*.headers["${name}"]`]),
      censor: '[redacted]',
    },
    serializers: {
      req: (request: { method: string; url: string; ip?: string }) => ({ method: request.method, url: request.url, address: request.ip }),
    },
  }
  return destination ? pino(options, destination) : pino(options)
}
