import { declarationKey } from './configuration.js';
import type { TerraformResource } from './terraform-resource.js';

/** Instances by what declares them. */
export class ResourceIndex {
  readonly all: readonly TerraformResource[];
  readonly #byDeclaration = new Map<string, TerraformResource[]>();
  readonly #byType = new Map<string, TerraformResource[]>();

  constructor(all: readonly TerraformResource[]) {
    this.all = all;
    for (const one of all) {
      append(this.#byDeclaration, `${one.module} ${declarationKey(one.mode, one.type, one.name)}`, one);
      append(this.#byType, one.mode === 'data' ? `data.${one.type}` : one.type, one);
    }
  }

  /** The instances of a declaration (`type.name` or `data.type.name`) in one instance of a module. */
  declared(module: string, declaration: string): readonly TerraformResource[] {
    return this.#byDeclaration.get(`${module} ${declaration}`) ?? [];
  }

  /** Managed instances of a type; data sources with `data.` before it. */
  ofType(type: string): readonly TerraformResource[] {
    return this.#byType.get(type) ?? [];
  }
}

function append(map: Map<string, TerraformResource[]>, key: string, one: TerraformResource): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [one]);
  else list.push(one);
}
