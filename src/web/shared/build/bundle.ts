/** Browser code that Vite turns into a few files. Nothing of it is committed: it is built on installation, or when it is stale. */
export type Bundle = {
  /** of its folder below `dist/` */
  readonly name: string
  /** what pages ask for, by name: paths from the project's root */
  readonly entries: Readonly<Record<string, string>>
  /** files and folders that the build is made of: when one of them changes it is stale. A module from elsewhere fails the build. */
  readonly inputs: readonly string[]
  /** the most bytes an entry may have with brotli, together with all it loads, by its name; none for one that is not named */
  readonly limits: Readonly<Record<string, number>>
  /** the same for what is loaded at once, without what pages load when they are opened */
  readonly firstLoadLimits?: Readonly<Record<string, number>>
  /** files are named as their entries, for bundles that are served below their version; else each name holds the content's hash */
  readonly hasPlainNames?: boolean
}
