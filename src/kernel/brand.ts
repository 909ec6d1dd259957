declare const brand: unique symbol

/** A `T` that only the module that owns `Name` may mint: an id of one kind is never taken for another. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
