/** What a process needs of its surroundings to start, find its libraries and write where it may: nothing in it is a secret. */
const KEPT =
  /^(PATH|HOME|USERPROFILE|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP|LD_LIBRARY_PATH|DYLD_[A-Z_]+|SYSTEMROOT|WINDIR|SYSTEMDRIVE|COMSPEC|PATHEXT|NUMBER_OF_PROCESSORS|PROCESSOR_[A-Z]+)$/i;

/**
 * The environment of the engine's process. Pipelines hold their secrets in variables: the process that reads the data of strangers is not
 * given them, nor options that were meant for the parent, such as a debugger's port.
 */
export function engineEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  isElectron: boolean,
): Record<string, string | undefined> {
  const kept = Object.fromEntries(Object.entries(own).filter(([name]) => KEPT.test(name)));
  return isElectron ? { ...kept, ELECTRON_RUN_AS_NODE: '1' } : kept;
}
