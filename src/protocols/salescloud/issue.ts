/** What is wrong with a request: the path of the field, and the rule that it breaks. */
export type Issue = { readonly field: string; readonly rule: string }
