import { builtFile } from '../builtFile.ts';

let script: string | null = null;

/** The agent's script. @throws CliError where it is not built */
export function agentScript(): string {
  script ??= builtFile('agent.js');
  return script;
}
