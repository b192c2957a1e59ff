/** Operations that change who has access, as the APIs, the SDKs and the command line of AWS call them. */
const operation =
  '(?:add|attach|create|delete|detach|put|remove|set|update)-?[a-z-]{0,40}?' +
  '(?<!retention-?|lifecycle-?|scaling-?)(?:polic(?:y|ies)|permissions?|grant|role|user-?to-?group)';
const services = '(?:iam|sso-?admin|organizations)';

const commandOf = new RegExp(
  `(?<![a-z])aws\\s[^\\n]{0,200}?(?<![a-z-])(?:${operation}|${services})(?![a-z])`,
  'i',
);
const callOf = new RegExp(
  `"service"\\s*:\\s*"(?:@aws-sdk/client-)?${services}"|"action"\\s*:\\s*"${operation}(?:-?version|command)?"`,
  'i',
);

/** Whether a command for a shell does such a thing: `aws iam …`, `aws s3api put-bucket-policy …`. */
export const changesAccess = (command: string): boolean => commandOf.test(command);

/** Whether the settings of something, as JSON, hold a call of the SDK that does. */
export const callsAccess = (json: string): boolean => callOf.test(json.replaceAll('\\', ''));
