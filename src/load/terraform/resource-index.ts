import { declarationKey } from './configuration.js';
import type { InstanceKey, TerraformResource } from './terraform-resource.js';

/** Instances by what declares them. */
export class ResourceIndex {
  readonly all: readonly TerraformResource[];
  readonly #byDeclaration = new Map<string, TerraformResource[]>();
  readonly #byKey = new Map<string, TerraformResource>();
  readonly #byType = new Map<string, TerraformResource[]>();

  constructor(all: readonly TerraformResource[]) {
    this.all = all;
    for (const one of all) {
      append(this.#byDeclaration, `${one.module} ${declarationKey(one.mode, one.type, one.name)}`, one);
      if (one.index !== undefined)
        this.#byKey.set(keyed(one.module, declarationKey(one.mode, one.type, one.name), one.index), one);
      append(this.#byType, one.mode === 'data' ? `data.${one.type}` : one.type, one);
    }
  }

  /** The instances of a declaration (`type.name` or `data.type.name`) in one instance of a module. */
  declared(module: string, declaration: string): readonly TerraformResource[] {
    return this.#byDeclaration.get(`${module} ${declaration}`) ?? [];
  }

  /** The instance with a key, as a list of one or none. */
  instance(module: string, declaration: string, key: InstanceKey | undefined): readonly TerraformResource[] {
    const found = key === undefined ? undefined : this.#byKey.get(keyed(module, declaration, key));
    return found === undefined ? [] : [found];
  }

  /** Managed instances of a type; data sources with `data.` before it. */
  ofType(type: string): readonly TerraformResource[] {
    return this.#byType.get(type) ?? [];
  }
}

const keyed = (module: string, declaration: string, key: InstanceKey): string =>
  `${module} ${declaration} ${typeof key} ${key}`;

function append(map: Map<string, TerraformResource[]>, key: string, one: TerraformResource): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [one]);
  else list.push(one);
}
