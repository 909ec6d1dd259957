import type { PageSize } from '../../shared/paging.ts'
import { invalid } from '../../shared/refusal.ts'

export const orderPages: PageSize = { usual: 100, most: 500 }
/** Products with all their sessions are long: a page of more would not be a page. */
export const entityPages: PageSize = { usual: 50, most: 100 }

export const badCursor = invalid('The parameter cursor must be the next of an earlier page.')
