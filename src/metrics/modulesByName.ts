import type { Module, Session } from '../session/model.ts';
import { perSession } from '../session/perSession.ts';
import { stableName } from './stableName.ts';

/** The name of a module in metrics. */
export const moduleName = ({ name }: Module): string => stableName(name);

/** The rows of each module, by name; a second module with the same name is `NAME#2`. */
export const modulesByName = perSession((session: Session): Map<string, Module[]> => {
  const addresses = new Map<string, string[]>();
  const groups = new Map<string, Module[]>();
  for (const module of session.modules) {
    const name = moduleName(module);
    const urls = addresses.get(name) ?? [];
    addresses.set(name, urls);
    if (module.url !== null && !urls.includes(module.url)) urls.push(module.url);
    const place = module.url === null ? 0 : urls.indexOf(module.url);
    const key = place === 0 ? name : `${name}#${place + 1}`;
    groups.set(key, [...(groups.get(key) ?? []), module]);
  }
  return groups;
});

/** The name of each module row. */
export const namesOfModules = perSession((session: Session): Map<Module, string> => {
  const names = new Map<Module, string>();
  for (const [name, modules] of modulesByName(session)) {
    for (const module of modules) names.set(module, name);
  }
  return names;
});
