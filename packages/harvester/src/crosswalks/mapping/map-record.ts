import type { XmlElement } from '../../xml/element.js'
import type { CrosswalkResult } from '../crosswalk.js'
import { type ValuesOptions, valuesToResource } from '../values-to-resource.js'
import { applyMapping } from './apply-mapping.js'
import { type CompiledMapping, compileMapping } from './compile-mapping.js'
import { JsonSource } from './json-source.js'
import type { Mapping } from './mapping.js'
import type { MappingSource, SourceEntry } from './mapping-source.js'
import { XmlSource } from './xml-source.js'

/** A record that a mapping has read, to a resource; and the value that its rules say is its identifier. */
export function mapRecord(
  mapping: CompiledMapping,
  source: MappingSource,
  options: Omit<ValuesOptions, 'others'> = {},
): CrosswalkResult & { identifier?: string } {
  const { values, issues: unmapped, others } = applyMapping(mapping, source)
  const language = mapping.language ?? options.language
  const { resource, issues } = valuesToResource(values, { ...options, ...(language !== undefined && { language }), others })
  const identifier = values.find(({ field }) => field === 'identifier')?.text.trim()
  return { ...(identifier && { identifier }), ...(resource && { resource }), issues: [...unmapped, ...issues] }
}

/** A record in XML to a resource, by a mapping. Never throws. */
export function mapXml(root: XmlElement, mapping: Mapping, options: Pick<ValuesOptions, 'language' | 'baseUrl'> = {}): CrosswalkResult {
  const compiled = compileMapping(mapping)
  const { identifier: _, ...result } = mapRecord(compiled, new XmlSource(root, compiled.anywhere), { ...options, isNamed: true })
  return result
}

/** A record in JSON to a resource, by a mapping. Never throws. */
export function mapJson(value: unknown, mapping: Mapping, options: Pick<ValuesOptions, 'language' | 'baseUrl'> = {}): CrosswalkResult {
  const { identifier: _, ...result } = mapRecord(compileMapping(mapping), new JsonSource(value), { ...options, isNamed: true })
  return result
}

/** The texts of a record in JSON by their paths, and which of them a mapping reads. */
export function toJsonEntries(value: unknown, mapping: Mapping | undefined): SourceEntry[] {
  const source = new JsonSource(value)
  if (mapping) applyMapping(compileMapping(mapping), source)
  return source.entries()
}

/** The texts of a record in XML by their paths, and which of them a mapping reads. */
export function toXmlEntries(root: XmlElement, mapping: Mapping | undefined): SourceEntry[] {
  const compiled = mapping && compileMapping(mapping)
  const source = new XmlSource(root, compiled?.anywhere)
  if (compiled) applyMapping(compiled, source)
  return source.entries()
}
