import { fileURLToPath } from 'node:url'

const isSource = import.meta.url.endsWith('.ts')

/** Templates, style sheets and pictures: `web/` of the package, in the source tree and when installed. */
export const webFolder = fileURLToPath(new URL(isSource ? '../../../web/' : '../web/', import.meta.url))

/** Scripts made by the build. */
export const scriptFolder = fileURLToPath(new URL(isSource ? '../../../dist/web/' : './web/', import.meta.url))
