import type { IngestSource } from '../../ingest/ingest.js'

/** A source as whoever writes its records must know it. */
export interface KnownSource {
  kind: string
  ingest: IngestSource
}

/** Port: where the sources of a node are looked up; the sources module offers it. */
export interface SourceDirectory {
  findSource(id: string): Promise<KnownSource | undefined>
  /** True when the member owns a source. */
  hasSourceOf(memberId: string): Promise<boolean>
}
