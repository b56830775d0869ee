/** For schemas that say once more, as values, what a type says: the compiler holds the two in agreement. */

/** Without `readonly`, which values don't have. */
export type Mutable<Type> = {-readonly [Key in keyof Type]: Mutable<Type[Key]>};

/** With every optional field there, so that one that only one side knows is missed on the other. */
export type Whole<Type> = {-readonly [Key in keyof Type]-?: Whole<Type[Key]>};

/** Does not compile where a `From` is no `To`; stands in a type that is exported and never used. */
export type Assignable<From extends To, To> = From;
