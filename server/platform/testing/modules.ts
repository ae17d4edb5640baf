/** The modules that tests mount. Found by folder, since the platform names none. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { Module } from '../module.ts';

const folder = new URL('../../modules/', import.meta.url);

export async function loadModules(): Promise<Module[]> {
  const modules: Module[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const entry = new URL(`${name}/index.ts`, folder);
    if (!existsSync(entry)) continue;
    const exported = (await import(entry.href)) as Record<string, Module>;
    const module = exported[name];
    if (!module) throw new Error(`${entry.pathname} exports no module named ${name}.`);
    modules.push(module);
  }
  return modules;
}
