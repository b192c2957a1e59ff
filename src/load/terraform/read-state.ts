import type { Diagnostic } from '../diagnostic.js';
import { bracket } from './address.js';
import { isMembers, listOf, type Members, own } from './json-value.js';
import { refuse } from './read-input.js';
import { visitModules } from './read-plan.js';
import type { TerraformResource } from './terraform-resource.js';

type Report = (finding: Omit<Diagnostic, 'file'>) => void;

/** The instances of a state, as `terraform show -json` prints it. */
export function readState(state: Members, file: string): readonly TerraformResource[] {
  const found: TerraformResource[] = [];
  visitModules(own(state.values, 'root_module'), `${file}.values.root_module`, (written, values, module) => {
    found.push({ ...written, module, values, planned: false });
  });
  return found;
}

/** The instances of a state file, version 4. */
export function readStateFile(state: Members, file: string, report: Report): readonly TerraformResource[] {
  if (!Array.isArray(state.resources)) {
    refuse({
      path: `${file}.resources`,
      message: 'this is no list',
      hint: 'the file is not as Terraform writes it',
    });
  }
  return state.resources.flatMap((one: unknown, i): TerraformResource[] => {
    const path = `${file}.resources[${i}]`;
    const type = own(one, 'type');
    const name = own(one, 'name');
    if (typeof type !== 'string' || typeof name !== 'string') {
      refuse({
        path,
        message: 'a resource has no type or name',
        hint: 'the file is not as Terraform writes it',
      });
    }
    const mode = own(one, 'mode') === 'data' ? 'data' : 'managed';
    const within = own(one, 'module');
    const module = typeof within === 'string' ? within : '';
    return listOf(own(one, 'instances')).flatMap((instance, j) => {
      // Objects that were replaced and not yet deleted.
      if (own(instance, 'deposed') !== undefined) return [];
      const key = own(instance, 'index_key');
      const index = typeof key === 'string' || typeof key === 'number' ? key : undefined;
      const local = `${mode === 'data' ? 'data.' : ''}${type}.${name}${index === undefined ? '' : bracket(index)}`;
      const address = module === '' ? local : `${module}.${local}`;
      const attributes = own(instance, 'attributes');
      if (!isMembers(attributes)) {
        report({
          code: 'malformed',
          path: `${path}.instances[${j}]`,
          message: `${address} has no attributes`,
          hint: 'refresh the state with a newer Terraform, or use `terraform show -json`',
        });
      }
      const values = isMembers(attributes) ? attributes : {};
      return [
        {
          address,
          module,
          mode,
          type,
          name,
          values,
          planned: false,
          ...(index === undefined ? {} : { index }),
        },
      ];
    });
  });
}
