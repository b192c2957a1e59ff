import type { Dice } from '../../differential/dice.js';
import { type Block, constant, ref } from '../terraform/plan-builder.js';

/** What a provider makes up, by type; it is known only after apply. */
const computed: Readonly<Record<string, readonly string[]>> = {
  aws_iam_policy: ['arn', 'id'],
  aws_iam_user: ['arn'],
  aws_iam_group: ['arn'],
  aws_iam_role: ['arn'],
  aws_s3_bucket: ['arn', 'id'],
  aws_sqs_queue: ['arn', 'id', 'url'],
  aws_sns_topic: ['arn', 'id'],
  aws_dynamodb_table: ['arn', 'id'],
  aws_ecr_repository: ['arn', 'id'],
  aws_kms_key: ['arn', 'id', 'key_id'],
};

/** Arguments that say of what something is. */
const pointing = [
  'policy_arn',
  'permissions_boundary',
  'role',
  'user',
  'group',
  'bucket',
  'queue_url',
  'arn',
  'resource_arn',
  'repository',
];
const documents = ['policy', 'assume_role_policy'];

/** The blocks of a state as a plan has them that makes everything. */
export function asNew(blocks: readonly Block[], dice: Dice): readonly Block[] {
  const made = blocks.flatMap((block) =>
    (computed[block.type] ?? []).map((attribute) => ({ block, attribute, value: block.values?.[attribute] })),
  );
  const named = blocks.flatMap((block) =>
    computed[block.type] === undefined
      ? []
      : ['name', 'bucket'].flatMap((attribute) =>
          block.values?.[attribute] === undefined
            ? []
            : [{ block, attribute, value: block.values[attribute] }],
        ),
  );
  const keys = made.filter(({ block, attribute }) => block.type === 'aws_kms_key' && attribute === 'arn');
  return blocks.map((block) => {
    const values: Record<string, unknown> = {};
    const unknown: Record<string, unknown> = {};
    const expressions: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(block.values ?? {})) {
      const own = (computed[block.type] ?? []).includes(name);
      if (own) {
        unknown[name] = true;
        continue;
      }
      if (name === 'id') continue;
      const target = made.filter((one) => one.value === value && one.block !== block);
      const sameName = named.filter(
        (one) => one.value === value && one.block !== block && one.block.type.endsWith(name),
      );
      const key = keys.find((one) => typeof value === 'string' && value.includes(String(one.value)));
      if (
        pointing.includes(name) &&
        target.length > 0 &&
        (block.type.endsWith('_attachment') ? dice.chance(70) : true)
      ) {
        const { block: to, attribute } = dice.pick(target);
        unknown[name] = true;
        expressions[name] = ref(`${to.type}.${to.name}.${attribute}`);
      } else if (documents.includes(name) && key !== undefined) {
        unknown[name] = true;
        expressions[name] = ref(`${key.block.type}.${key.block.name}.arn`);
      } else if (
        name === 'inline_policy' &&
        keys.some((one) => JSON.stringify(value).includes(String(one.value)))
      ) {
        unknown[name] = true;
        expressions[name] = [{ policy: ref(`${keys[0]!.block.type}.${keys[0]!.block.name}.arn`) }];
      } else {
        values[name] = value;
        if (pointing.includes(name) && sameName.length > 0 && dice.chance(50)) {
          const { block: to, attribute } = sameName[0]!;
          expressions[name] = ref(`${to.type}.${to.name}.${attribute}`);
        } else expressions[name] = documents.includes(name) ? {} : constant(value);
      }
    }
    return { ...block, values, unknown, expressions };
  });
}
