export { Agent } from './agent.js'
export { ApiKey, ApiKeyInput, ApiKeyList, ApiKeyScope, apiKeyScopes, CreatedApiKey } from './api-key.js'
export { Change, ChangeList, ChangeQuery } from './change.js'
export { Concept } from './concept.js'
export { Conformity, ConformityFinding, type ConformityPart, conformityParts } from './conformity.js'
export { FacetCount, type FacetName, FacetParent, FacetQuery, FacetValues, facetNames } from './facet.js'
export {
  Harvest,
  HarvestCounts,
  HarvestInput,
  HarvestList,
  type HarvestState,
  harvestStates,
  IssueSummary,
  ReplayInput,
} from './harvest.js'
export { Issue } from './issue.js'
export { LanguageMap } from './language-map.js'
export { LearningResource, License, MediaObject, ResourceDraft, ResourceReference } from './learning-resource.js'
export { Member, MemberInput, MemberList, MemberPatch } from './member.js'
export { FieldProblem, Problem } from './problem.js'
export { Origin, Provenance, Via } from './provenance.js'
export { type PushOutcome, PushRecord, PushResult, pushOutcomes } from './push.js'
export { Review, ReviewState, reviewStates } from './review.js'
export {
  Highlight,
  HighlightFragment,
  HitSource,
  Interpretation,
  LeftOutWords,
  RankingReason,
  SearchHit,
  SearchPage,
  SearchQuery,
  Translation,
  Translations,
} from './search.js'
export {
  QuarantineList,
  Schedule,
  Source,
  SourceInput,
  SourceList,
  SourcePatch,
  SourcePreview,
  SourcePreviewInput,
} from './source.js'
export { SearchUse, Suggestions, SuggestQuery } from './suggest.js'
export { Upload } from './upload.js'
export { PlatformLevel, platformLevels, VisibilityScope, visibilityScopes } from './visibility.js'
