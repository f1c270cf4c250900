/** What the matter is with an index that was made with other words than queries are read with. */
export const outdatedDetail = 'it was made by another version or with another dictionary; it answers until a new one is built'
