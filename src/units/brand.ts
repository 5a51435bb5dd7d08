/** A type of its own at compile time, the bare value at run time: made only by the function that checks it. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name }
