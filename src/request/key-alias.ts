/** Whether an ARN is that of an alias of a KMS key. */
export const isKeyAlias = (arn: string): boolean => /^arn:[^:]*:kms:[^:]*:[^:]*:alias\//.test(arn);

/**
 * Whether AWS asks the key behind an alias, whose policy then decides (E90); what is done to an alias itself is asked of the alias.
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
 */
export const isAskedOfKey = (action: string, arn: string): boolean =>
  isKeyAlias(arn) && /^kms:(?!\w*alias$)/i.test(action);
