// What `esbuild-plugin.mjs` makes when a bundle is built: texts that are put into pages.
declare module 'plumbline:report/script' {
  const text: string;
  export default text;
}
declare module 'plumbline:report/styles' {
  const text: string;
  export default text;
}
