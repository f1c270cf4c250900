export interface ReceivedEvent {
  event: string
  id?: string
  data: string
}

/** Reads a stream of server-sent events to its end, or until `isEnough`. */
export async function readEvents(
  url: string,
  headers: Record<string, string>,
  isEnough: (events: ReceivedEvent[]) => boolean = () => false,
): Promise<ReceivedEvent[]> {
  const stop = new AbortController()
  const response = await fetch(url, { headers: { ...headers, accept: 'text/event-stream' }, signal: stop.signal })
  if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
    throw new Error(`${response.status}: ${await response.text()}`)
  const events: ReceivedEvent[] = []
  let text = ''
  try {
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      text += piece
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      events.push(...blocks.filter((block) => block.includes('data:')).map(parseEvent))
      if (isEnough(events)) break
    }
  } finally {
    stop.abort()
  }
  return events
}

function parseEvent(block: string): ReceivedEvent {
  const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]))
  const id = fields.get('id')
  return { event: fields.get('event') ?? 'message', data: fields.get('data') ?? '', ...(id === undefined ? {} : { id }) }
}
