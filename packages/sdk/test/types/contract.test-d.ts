import type * as contract from '@edufed/sdk'
import type * as schemas from '@edufed/sdk/schemas'
import { expectTypeOf, it } from 'vitest'

interface Contract {
  LearningResource: contract.LearningResource
  ResourceDraft: contract.ResourceDraft
  SearchQuery: contract.SearchQuery
  SearchPage: contract.SearchPage
  Source: contract.Source
  SourcePatch: contract.SourcePatch
  Harvest: contract.Harvest
  Change: contract.Change
  PushRecord: contract.PushRecord
  PushResult: contract.PushResult
  Upload: contract.Upload
  ApiKey: contract.ApiKey
  Problem: contract.Problem
}

interface Schemas {
  LearningResource: schemas.LearningResource
  ResourceDraft: schemas.ResourceDraft
  SearchQuery: schemas.SearchQuery
  SearchPage: schemas.SearchPage
  Source: schemas.Source
  SourcePatch: schemas.SourcePatch
  Harvest: schemas.Harvest
  Change: schemas.Change
  PushRecord: schemas.PushRecord
  PushResult: schemas.PushResult
  Upload: schemas.Upload
  ApiKey: schemas.ApiKey
  Problem: schemas.Problem
}

it('is the same in the types of the client and in the schemas', () => {
  expectTypeOf<keyof Contract>().toEqualTypeOf<keyof Schemas>()
  expectTypeOf<contract.LearningResource>().not.toBeAny()
  expectTypeOf<schemas.LearningResource>().not.toBeAny()
  expectTypeOf<Contract>().toExtend<Schemas>()
  expectTypeOf<Schemas>().toExtend<Contract>()
})
