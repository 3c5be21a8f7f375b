import type { CustomRequest } from './custom-request.ts';

/** A project of the workspace, and how it is doing. */
export interface ProjectSummary {
  /** Its `name`, else the name of its folder. */
  readonly name: string;
  /** URI of its root folder. */
  readonly folder: string;
  /** A URI by which other requests can name the project: that of its `plumbline.yaml`, which need not exist. */
  readonly uri: string;
  readonly errors: number;
  readonly warnings: number;
  /** Whether numbers are being computed now. */
  readonly busy: boolean;
}

/** The state of the server, for a status line. */
export interface ServerState {
  readonly projects: readonly ProjectSummary[];
  /** `untrusted`: the client said that nothing may be evaluated; `off`: the engine cannot be started, and `reason` says why. */
  readonly engine: 'ready' | 'untrusted' | 'off';
  readonly reason: string | null;
  /** Versions of the server, the engine and Node, ready to be read. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The projects of the opened folders, and whether they can be evaluated. */
export const projectsRequest: CustomRequest<null, ServerState> = { method: 'plumbline/projects' };
