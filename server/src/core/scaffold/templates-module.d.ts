// Made by `templates/esbuild-plugin.mjs` when a bundle is built.

declare module 'plumbline:templates' {
  /** The texts of the files of each template, by its name and by their paths inside its folder. */
  export const templates: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
