import { openSqliteSearch } from '../../support/sqlite-search.js'
import { searchIndexContract } from './search-index-contract.js'

searchIndexContract('the embedded index', openSqliteSearch)
