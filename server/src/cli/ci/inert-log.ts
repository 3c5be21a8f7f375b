/**
 * Text for the log of a CI server, in which no line is a command. Runners read commands from what a step prints: GitHub's at the start
 * of a line (`::set-output …`) and anywhere in it (`##[add-path]…`), Azure's and TeamCity's as `##vso[…` and `##teamcity[…`. Names and
 * data of a project may hold such words, so that these are broken by a space.
 */
export function inertLog(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replace(/#(?=#[A-Za-z]*\[)/g, '# ');
}

/** The same for JSON, which has another spelling for every character: the document means what it did. */
export function inertJson(json: string): string {
  return json.replace(/#(?=#[A-Za-z]*\[)/g, '\\u0023');
}

/** The same for XML. */
export function inertXml(xml: string): string {
  return xml.replace(/^(\s*):(?=:)/gm, '$1&#58;').replace(/#(?=#[A-Za-z]*\[)/g, '&#35;');
}
