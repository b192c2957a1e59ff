/** Operations that change who has access, as the APIs, the SDKs and the command line of AWS call them. */
const operation =
  /(?<![a-z])(?:add|attach|create|delete|detach|put|remove|set|update)-?[a-z-]{0,40}?(?<!retention-?|lifecycle-?|scaling-?)(?:polic(?:y|ies)|permissions?|grant|role|user-?to-?group)(?:-?version|command)?(?![a-z])/i;
/** Services of which every operation may. */
const service = /(?<![a-z-])(?:iam|sso-?admin|organizations)(?![a-z])/i;

/** Whether a command for a shell does such a thing: `aws iam …`, `aws s3api put-bucket-policy …`. */
export const changesAccess = (command: string): boolean =>
  [...command.matchAll(/(?<![a-z])aws\s[^\n]{0,200}/gi)].some(
    ([one]) => operation.test(one) || service.test(one),
  );

/** Whether the settings of something, as JSON, hold a call of the SDK that does. */
export const callsAccess = (json: string): boolean =>
  [
    ...json.replaceAll('\\', '').matchAll(/"(service|action)"\s*:\s*"(?:@aws-sdk\/client-)?([^"]{0,100})"/g),
  ].some(([, member, name = '']) => (member === 'service' ? service : operation).test(name));
