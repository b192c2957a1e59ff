import type { Diagnostic } from '../diagnostic.js';
import { type Configuration, declarationKey } from './configuration.js';
import { isMembers, listOf, type Members, own } from './json-value.js';
import { refuse } from './read-input.js';
import type { InstanceKey, TerraformResource } from './terraform-resource.js';

type Report = (finding: Omit<Diagnostic, 'file'>) => void;

/** The parts of an instance that plans and states write alike. */
interface Written {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index?: InstanceKey;
}

function readWritten(one: unknown, path: string): Written {
  if (!isMembers(one)) {
    refuse({ path, message: 'this is no resource', hint: 'the file is not as Terraform writes it' });
  }
  const { address, type, name, index } = one;
  if (typeof address !== 'string' || typeof type !== 'string' || typeof name !== 'string') {
    const message = 'a resource has no address, type or name';
    refuse({ path, message, hint: 'the file is not as Terraform writes it' });
  }
  const key = typeof index === 'string' || typeof index === 'number' ? { index } : {};
  return { address, type, name, mode: one.mode === 'data' ? 'data' : 'managed', ...key };
}

function listAt(content: unknown, name: string, path: string): readonly unknown[] {
  const list = own(content, name);
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    refuse({ path, message: 'this is no list', hint: 'the file is not as Terraform writes it' });
  }
  return list;
}

/** Every instance of a `root_module` with those of its modules; `see` gets the address of the module too. */
export function visitModules(
  root: unknown,
  path: string,
  see: (written: Written, values: Members, module: string) => void,
): void {
  const open: { module: unknown; path: string; address: string }[] = [{ module: root, path, address: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { module, address } = next;
    const where = next.path;
    listAt(module, 'resources', `${where}.resources`).forEach((one, i) => {
      const written = readWritten(one, `${where}.resources[${i}]`);
      const values = own(one, 'values');
      see(written, isMembers(values) ? values : {}, address);
    });
    const children = listAt(module, 'child_modules', `${where}.child_modules`);
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      const named = own(child, 'address');
      open.push({
        module: child,
        path: `${where}.child_modules[${i}]`,
        address: typeof named === 'string' ? named : address,
      });
    }
  }
}

const sameActions = (actions: readonly unknown[], ...wanted: string[]): boolean =>
  actions.length === wanted.length && wanted.every((one, i) => actions[i] === one);

/** What a file holds. */
export interface TerraformFile {
  readonly resources: readonly TerraformResource[];
  /** What the plan deletes, replaces or changes, as it was before. */
  readonly former: readonly TerraformResource[];
}

/** The instances of a plan as they will be after it was applied, and what it read on the way. */
export function readPlan(
  plan: Members,
  file: string,
  configuration: Configuration,
  report: Report,
): TerraformFile {
  const found = new Map<string, TerraformResource>();
  const gone = new Set<string>();
  const former: TerraformResource[] = [];
  const add = (written: Written, module: string, values: Members, more: { unknown?: unknown }) => {
    const declaration = declarationKey(written.mode, written.type, written.name);
    const declared = configuration.module(module)?.resources.get(declaration);
    found.set(written.address, {
      ...written,
      ...more,
      module,
      values,
      planned: true,
      ...(declared === undefined ? {} : { configuration: declared }),
    });
  };
  listAt(plan, 'resource_changes', `${file}.resource_changes`).forEach((one, i) => {
    const path = `${file}.resource_changes[${i}]`;
    const written = readWritten(one, path);
    const change = own(one, 'change');
    const actions = listOf(own(change, 'actions'));
    // A deposed object is what is left of one that was replaced before: it goes, its address stays.
    if (own(one, 'deposed') !== undefined) return;
    const within = own(one, 'module_address');
    const module = typeof within === 'string' ? within : '';
    const before = own(change, 'before');
    if (isMembers(before) && (actions.includes('delete') || actions.includes('update')))
      former.push({ ...written, module, values: before, planned: false });
    if (sameActions(actions, 'delete')) {
      gone.add(written.address);
      return;
    }
    // Forgotten objects leave the state, not the account.
    const forgotten = sameActions(actions, 'forget');
    const values = forgotten ? before : own(change, 'after');
    if (!isMembers(change) || (actions.length === 0 && !isMembers(values))) {
      refuse({
        path: `${path}.change`,
        message: 'this is no change',
        hint: 'the file is not as Terraform writes it',
      });
    }
    if (forgotten) {
      report({
        code: 'ignored',
        path: written.address,
        message: 'the plan forgets this object, which stays in the account; it is read as it is now',
        hint: 'its later changes are not in plans of this configuration',
      });
    }
    const unknown = own(change, 'after_unknown');
    add(written, module, isMembers(values) ? values : {}, {
      ...(unknown === undefined || forgotten ? {} : { unknown }),
    });
  });
  const planned = own(plan, 'planned_values');
  visitModules(
    own(planned, 'root_module'),
    `${file}.planned_values.root_module`,
    (written, values, module) => {
      if (!found.has(written.address) && !gone.has(written.address)) add(written, module, values, {});
    },
  );
  // Data sources that were read while planning stand only here; everything else here is the past.
  const prior = own(own(own(plan, 'prior_state'), 'values'), 'root_module');
  visitModules(prior, `${file}.prior_state.values.root_module`, (written, values, module) => {
    if (written.mode === 'data' && !found.has(written.address) && !gone.has(written.address)) {
      add(written, module, values, { unknown: {} });
    }
  });
  reportPlan(plan, file, report);
  return { resources: [...found.values()], former };
}

function reportPlan(plan: Members, file: string, report: Report): void {
  const drift = listOf(plan.resource_drift);
  if (drift.length > 0) {
    const first = own(drift[0], 'address');
    report({
      code: 'ignored',
      path: `${file}.resource_drift`,
      message: `${drift.length} objects were changed outside of Terraform (first: ${String(first)}); the plan's result is read`,
      hint: 'load a snapshot of the account to see what is in force now',
    });
  }
  if (plan.errored === true) {
    report({
      code: 'missingValue',
      path: `${file}.errored`,
      message: 'planning failed: the plan is not complete',
      hint: 'load a plan that ended without errors',
    });
  }
  const deferred = listOf(plan.deferred_changes);
  if (deferred.length > 0) {
    report({
      code: 'missingValue',
      path: `${file}.deferred_changes`,
      message: `${deferred.length} changes are put off to a later plan and are not read`,
      hint: 'load the later plan',
    });
  }
}
