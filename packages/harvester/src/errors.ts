import { EdufedError } from '@edufed/sdk'

/** What stops a harvest, and what its owner or operator can do about it. Codes are API. */
export const harvestErrors = {
  EDUFED_FETCH_REFUSED_ADDRESS: {
    message: 'The address {url} leads to {address}, which is not a public address',
    fix: 'Allow the network with EDUFED_ALLOW_NETWORKS (or --allow-network) if the platform really is there',
  },
  EDUFED_FETCH_INVALID_URL: {
    message: 'The address {url} cannot be fetched: {reason}',
    fix: 'Give an absolute address that begins with http:// or https://',
  },
  EDUFED_FETCH_FAILED: {
    message: '{url} did not answer: {reason}',
    fix: 'Check that the address is right and that the platform is running and reachable from here',
  },
  EDUFED_FETCH_TIMEOUT: {
    message: '{url} took too long: {reason}',
    fix: 'Try again later, ask the platform for smaller pages, or raise the time-out',
  },
  EDUFED_FETCH_TRUNCATED: {
    message: 'The answer of {url} ended early: {reason}',
    fix: 'Resume the harvest; when it happens again, ask the platform to look for crashes or a proxy limit while it writes this answer',
  },
  EDUFED_FETCH_BAD_ENCODING: {
    message: 'The answer of {url} could not be decompressed: {reason}',
    fix: 'Ask the platform to send a Content-Encoding that matches the body',
  },
  EDUFED_FETCH_TOO_LARGE: {
    message: 'The answer of {url} is larger than {maxBytes} bytes',
    fix: 'Ask the platform for smaller pages, or raise the limit',
  },
  EDUFED_FETCH_TOO_MANY_REDIRECTS: {
    message: '{url} was redirected more than {limit} times',
    fix: 'Use the address that the redirects should lead to',
  },
  EDUFED_FETCH_STATUS: {
    message: '{url} answered with HTTP status {status}',
    fix: 'Check the address and, when access is limited, the user name and password',
  },
  EDUFED_XML_DOCTYPE: {
    message: 'The answer of {url} declares a document type with entities or an external reference, which is never read',
    fix: 'Ask the platform to send its answer without <!DOCTYPE>',
  },
  EDUFED_XML_INVALID: {
    message: 'The answer of {url} is not well-formed XML: {reason}',
    fix: 'Ask the platform to escape the text of its records; the place is named in the message',
  },
  EDUFED_XML_HTML: {
    message: '{url} answered with a web page instead of XML{title}',
    fix: 'Check the address; a page that asks to log in or says that nothing was found often comes with status 200',
  },
  EDUFED_OAI_HTML: {
    message: '{url} answered with a web page instead of OAI-PMH{title}',
    fix: 'Use the base URL of the OAI-PMH interface; open it with ?verb=Identify in a browser to check',
  },
  EDUFED_OAI_NOT_OAI: {
    message: '{url} answered, but not with OAI-PMH: {reason}',
    fix: 'Use the base URL of the OAI-PMH interface; open it with ?verb=Identify in a browser to check',
  },
  EDUFED_OAI_ERROR: {
    message: '{url} answered with the OAI-PMH error {oaiCode}: {reason}',
    fix: 'Compare the settings of the source (format, sets, dates) with what the platform offers',
  },
  EDUFED_OAI_NO_FORMAT: {
    message: '{url} offers no metadata format that can be harvested; it offers {formats}',
    fix: 'Ask the platform for oai_dc, which OAI-PMH makes mandatory, or set the metadata prefix by hand',
  },
  EDUFED_OAI_TOKEN_REFUSED: {
    message: '{url} refused its own resumptionToken {restarts} times, after {taken} records',
    fix: 'Ask the platform to keep resumption tokens valid for longer, or harvest set by set',
  },
  EDUFED_OAI_ENDLESS_LIST: {
    message: '{url} repeats its list without an end, after {taken} records',
    fix: 'Ask the platform to end the list with an empty resumptionToken',
  },
  EDUFED_OAI_SETS_FAILED: {
    message: '{failed} of {total} sets of {url} could not be read: {sets}; the first: {reason}',
    fix: 'Resume the harvest, which reads these sets again; take out of the settings what the platform does not offer',
  },
  EDUFED_JSON_HTML: {
    message: '{url} answered with a web page instead of JSON{title}',
    fix: 'Check the address; a page that asks to log in or says that nothing was found often comes with status 200',
  },
  EDUFED_JSON_INVALID: {
    message: 'The answer of {url} is not the JSON that it should be: {reason}',
    fix: 'Open the address to look at it, and ask the platform to publish the file again',
  },
  EDUFED_SMARTEDU_NOT_VERSION_FILE: {
    message: '{url} is no version file: {reason}',
    fix: 'Give the address of a data_version.json, e.g. …/zxx/ndrs/resources/tch_material/version/data_version.json',
  },
  EDUFED_TABLE_UNREADABLE: {
    message: '{url} cannot be read as a table: {reason}',
    fix: 'Publish the table as CSV (UTF-8 or GB18030) or as XLSX, with one row of column names',
  },
  EDUFED_TABLE_TOO_LARGE: {
    message: 'The table {url} is too large: {reason}',
    fix: 'Split the table, publish it as CSV, or raise the limit in the settings of the source',
  },
  EDUFED_TABLE_NO_TITLE: {
    message: 'The table {url} has no column for the title; its columns are {columns}',
    fix: 'Give a mapping that says which column is the name, or call the column 标题 or title',
  },
  EDUFED_SITEMAP_NOT_SITEMAP: {
    message: '{url} is no sitemap: {reason}',
    fix: 'Give the address of a sitemap (urlset, sitemapindex or one address a line), or of the site, whose robots.txt names its sitemaps',
  },
  EDUFED_LIST_TOO_LARGE: {
    message: 'The lists of {url} name more than {limit} {what}',
    fix: 'Give the address of one of the lists, or raise the limit in the settings of the source',
  },
  EDUFED_DOCUMENTS_FAILED: {
    message: '{failed} of {total} documents of {url} could not be read; the last one: {reason}',
    fix: 'Resume the harvest: it begins with these documents; the issues of the report name them',
  },
  EDUFED_PACKAGE_UNREADABLE: {
    message: '{url} cannot be read as a package: {reason}',
    fix: 'Publish the package as a ZIP file with imsmanifest.xml at its top, as IMS Content Packaging, Common Cartridge or SCORM',
  },
  EDUFED_PACKAGE_TOO_LARGE: {
    message: 'The package {url} is refused because of its size: {reason}',
    fix: 'Make a smaller package, or raise the limit in the settings of the source',
  },
  EDUFED_RESOURCESYNC_NOT_FOUND: {
    message: '{url} leads to no list of resources: {reason}',
    fix: 'Give the address of a ResourceSync source description, capability list, resource list, change list or dump',
  },
  EDUFED_DUMP_UNREADABLE: {
    message: 'The package {url} of the dump is refused: {reason}',
    fix: 'Publish the dump as ZIP files with manifest.xml at their top, or raise the limits in the settings of the source',
  },
  EDUFED_FEED_NOT_FEED: {
    message: '{url} is no feed: {reason}',
    fix: 'Give the address of an Atom, OPDS or RSS feed',
  },
  EDUFED_LIST_ENDLESS: {
    message: '{url} leads on without an end: {reason}',
    fix: 'Ask the platform to end its list, or raise the limit of pages in the settings of the source',
  },
  EDUFED_JSON_NO_ITEMS: {
    message: 'The answer of {url} has no list at "{path}"; it has {keys}',
    fix: 'Correct the path of the list in the settings of the source',
  },
  EDUFED_SETTINGS_INVALID: {
    message: 'The setting {path} is not valid: {reason}',
    fix: 'Correct this setting of the source',
  },
  EDUFED_MAPPING_INVALID: {
    message: 'The mapping is not valid at {path}: {reason}',
    fix: 'Correct this place of the mapping; docs/guides/map-a-source.md says what may stand in one',
  },
  EDUFED_MAPPING_UNREADABLE: {
    message: 'The mapping {file} cannot be read: {reason}',
    fix: 'Give a .json file, or a .ts, .js or .mjs file that exports a mapping as its default',
  },
  EDUFED_CONNECTOR_UNKNOWN: {
    message: 'There is no connector {kind}',
    fix: 'Use one of {kinds}',
  },
  EDUFED_SOURCE_UNRECOGNISED: {
    message: '{url} answered, but with nothing that a connector knows: {reason}',
    fix: 'Give the address of an OAI-PMH interface, a feed, a sitemap, a table, a JSON API or a package, or name the connector with --kind',
  },
  EDUFED_SINK_FAILED: {
    message: 'The records could not be written: {reason}',
    fix: 'Mend the place that the records go to and resume the harvest; what was acknowledged is kept',
  },
  EDUFED_OUTPUT_CONFLICT: {
    message: 'The output has {size} bytes, but the checkpoint was made when it had {bytes}',
    fix: 'Append to the output of the run that broke off with >>, or delete the checkpoint to begin anew',
  },
  EDUFED_HARVEST_STOPPED: {
    message: 'The harvest stopped because of an unexpected fault: {reason}',
    fix: 'Resume the harvest, and report the fault with the address of the source',
  },
} as const satisfies Record<string, { message: string; fix: string }>

export type HarvestErrorCode = keyof typeof harvestErrors

/** An exception that ends a run: the transport or the protocol failed. A bad record is never one. */
export class HarvestError extends EdufedError {
  override readonly name = 'HarvestError'
  readonly fix: string

  constructor(code: HarvestErrorCode, values: Record<string, string | number> = {}, options: { cause?: unknown } = {}) {
    const { message, fix } = harvestErrors[code]
    super(code, fill(message, values), { ...options, details: values })
    this.fix = fill(fix, values)
  }
}

/** True for a HarvestError, also across duplicate copies of the package. */
export function isHarvestError(value: unknown): value is HarvestError {
  return value instanceof Error && value.name === 'HarvestError' && 'fix' in value
}

function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
