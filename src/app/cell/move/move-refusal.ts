/** Why a merchant is not moved. Nothing was changed, or all of it was undone. */
export type MoveRefusal =
  | { readonly reason: 'unknown_cell'; readonly cell: string }
  | { readonly reason: 'already_there'; readonly cell: string }
  /** the cell where it lives by the directory does not have it, as after a restore to a time before it came */
  | { readonly reason: 'not_there'; readonly cell: string }
  /** a cell serves it: there is nothing to bring back */
  | { readonly reason: 'served'; readonly cell: string }
  /** no old rows of it are kept aside in any cell, or not in the one that was named */
  | { readonly reason: 'not_kept' }
  | { readonly reason: 'kept_in_several'; readonly cells: readonly string[] }
  /** one process at a time moves */
  | { readonly reason: 'busy' }
  /** an earlier move of it, to another cell, was interrupted */
  | { readonly reason: 'moving_elsewhere'; readonly cell: string }
  | { readonly reason: 'being_dropped'; readonly cell: string }
  /** old rows of it in a third cell */
  | { readonly reason: 'rows_kept'; readonly cell: string }
  /** the sandbox's own merchants are made anew in the first cell */
  | { readonly reason: 'fixture' }
  /** the tables of the two cells are not of the same version */
  | { readonly reason: 'versions_differ' }
  /** the sandbox's clock stands later in the cell that it lives in */
  | { readonly reason: 'clock_ahead'; readonly cell: string }
  /** an order would be late on other terms than its shopper agreed to */
  | { readonly reason: 'late_fees_differ' }
  | { readonly reason: 'unknown_chains'; readonly chains: readonly string[] }
  /** the books did not agree before anything was moved */
  | { readonly reason: 'ledger_differs'; readonly figures: number }
  /** what was copied is not what was there: a mistake of this program */
  | { readonly reason: 'copy_differs'; readonly tables: readonly string[] }
  /** somebody writes without an end, or it took longer than a merchant may be frozen */
  | { readonly reason: 'cannot_freeze' }
  /** a name of it leads to a third cell */
  | { readonly reason: 'name_elsewhere' }
  | { readonly reason: 'not_moving' }
  | { readonly reason: 'has_moved'; readonly cell: string }
