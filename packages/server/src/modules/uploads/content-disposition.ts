const shownTypes = /^(image\/(png|jpeg|gif|webp|avif|bmp)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf|text\/plain)$/

/** `inline` for media that cannot run scripts, else `attachment`; with the name of the file in any script. */
export function toContentDisposition(filetype: string, filename: string): string {
  const kind = shownTypes.test(filetype) ? 'inline' : 'attachment'
  const ascii = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(filename).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)}`
}
