import Type from 'typebox'
import { findMappingFaults } from '../crosswalks/mapping/find-mapping-faults.js'
import type { Mapping } from '../crosswalks/mapping/mapping.js'
import type { SettingFault } from './connector.js'

/** The setting `mapping` of a connector, which {@link checkMapping} checks. */
export const MappingSetting = (description: string) => Type.Unsafe<Mapping>(Type.Unknown({ title: 'Mapping', description }))

/** What is wrong with the mapping in a connector's settings. */
export function checkMapping({ mapping }: { mapping?: unknown }): SettingFault[] {
  if (mapping === undefined) return []
  return findMappingFaults(mapping).map(({ path, message, nearest }) => ({
    path: `/mapping${path}`,
    message,
    ...(nearest !== undefined && { fix: `Write ${nearest}` }),
  }))
}
