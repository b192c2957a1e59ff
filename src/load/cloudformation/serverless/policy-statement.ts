/** Service, its actions separated by blanks, and resources; `{Name}` is a parameter of the template. */
export type Statement = readonly [
  service: string,
  actions: string,
  resources: string | readonly string[],
  condition?: readonly [key: string, value: string],
];

/** A resource of the account and region of the stack. */
export const here = (service: string, rest: string): string =>
  `${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`;
