import type { Issue } from '../index.js';
import { readJson } from '../policy/json.js';
import { Fault } from './fault.js';
import type { Data } from './located.js';
import { type Source, stdinName } from './source.js';
import { readYaml } from './yaml.js';

/** The path of the whole file. */
export const root = 'data';

/** Reads JSON, or YAML where the name ends so. Standard input has no name: it is JSON when it starts with a bracket. */
export function readData(source: Source): Data {
  const { name, text } = source;
  if (text.trim() === '')
    throw new Fault(
      `${name} is empty; write a case: { "name": "…", "request": { … }, "policies": { … }, "expect": { … } }`,
    );
  const yaml = name === stdinName ? !/^\s*[[{]/.test(text) : /\.ya?ml$/i.test(name);
  if (yaml) return readYaml(source, root);
  const issues: Issue[] = [];
  const json = readJson(text, root, issues);
  const [first] = issues;
  if (json === undefined || first !== undefined) throw new Fault(`${name}:${words(first!)}`);
  return json;
}

/** The core speaks of policies; here the text is a case file. */
function words({ line, column, code, message, hint }: Issue): string {
  if (line === undefined) return `1:1 ${message}; ${hint}`;
  const notJson = 'this is not JSON; write it as JSON, or as YAML in a file that ends in .yaml';
  return `${line}:${column} ${code === 'ERR_IAM_JSON' ? notJson : `${message}; ${hint}`}`;
}
