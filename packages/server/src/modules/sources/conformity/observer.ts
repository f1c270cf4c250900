import type { HarvestItem } from '@edufed/harvester'
import type { PushResult, ResourceDraft } from '@edufed/sdk/schemas'
import type { CatalogStore } from '../../../catalog/catalog-store.js'

const sampledLinks = 20
const rememberedRecords = 50_000
const comparedRecords = 1_000

/** What a harvest saw that its counts do not tell; handed to the job that judges the source. */
export interface Observations {
  links: string[]
  reminted: string[]
  lacking: number
}

/** Watches a harvest for what says how well the source keeps its promises. Its memory is bounded. */
export class ConformityObserver {
  readonly #links: string[] = []
  readonly #created = new Set<string>()
  #seenLinks = 0
  #reminted: string[] = []
  #lacking = 0

  /** Each address of a long list has the same chance to be among the few that are tried. */
  page(items: readonly HarvestItem[], results: readonly PushResult[], random: () => number = Math.random): void {
    for (const [index, item] of items.entries()) {
      if (item.type === 'deleted' || !item.resource) continue
      if (results[index]?.outcome === 'created' && this.#created.size < rememberedRecords) this.#created.add(toContentKey(item.resource))
      if (item.resource.url !== undefined) this.#sample(item.resource.url, random)
    }
  }

  /** Before what the full list lacks is deleted: is it gone, or is it there under another name? */
  async beforeDeletion(catalog: CatalogStore, sourceId: string, harvestId: string): Promise<void> {
    this.#lacking = await catalog.countUnseen(sourceId, harvestId)
    if (this.#lacking === 0 || this.#created.size === 0) return
    const unseen = await catalog.listUnseen(sourceId, harvestId, { limit: comparedRecords })
    this.#reminted = unseen.filter(({ draft }) => draft && this.#created.has(toContentKey(draft))).map(({ identifier }) => identifier)
  }

  toObservations(): Observations {
    return { links: [...this.#links], reminted: this.#reminted, lacking: this.#lacking }
  }

  #sample(url: string, random: () => number): void {
    this.#seenLinks += 1
    if (this.#links.length < sampledLinks) {
      if (!this.#links.includes(url)) this.#links.push(url)
      return
    }
    const place = Math.floor(random() * this.#seenLinks)
    if (place < sampledLinks && !this.#links.includes(url)) this.#links[place] = url
  }
}

/** What stays the same when only the name of a record changes: its addresses mostly contain the name. */
function toContentKey({ name, description, about, educationalLevel, creator, keywords, volume }: ResourceDraft): string {
  return JSON.stringify([
    name,
    description,
    about?.map(({ id }) => id),
    educationalLevel?.map(({ id }) => id),
    creator,
    keywords,
    volume?.id,
  ])
}
