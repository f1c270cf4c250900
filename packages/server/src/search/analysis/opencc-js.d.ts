declare module 'opencc-js/dict/*' {
  /** Rows `character target[ target…]`, joined by `|`. */
  const table: string
  // biome-ignore lint/style/noDefaultExport: the package's own shape
  export default table
}
