/** Words for what no loader reads, whatever the format. */
export const shares = 'shares of the Resource Access Manager are not read';
export const lakeFormation = 'Lake Formation has permissions of its own, which are not read';
export const controls =
  'controls of Control Tower may be service or resource control policies, which are not read';

/** What to do about code and commands that are not read. */
export const checkChanges = 'check by hand what it attaches or writes, and load it from the account';
