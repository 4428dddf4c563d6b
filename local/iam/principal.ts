import * as z from 'zod';
import { arnParts } from './wildcard.ts';

/** Who asks: a role, in a session of whoever has assumed it, or a service on its own account. */
export type Principal =
  | { kind: 'role'; roleId: string; arn: string; sessionArn: string; account: string }
  | { kind: 'service'; name: string };

/** How a statement's principal bears on who asks. */
export type PrincipalMatch =
  /** It names the asker, or everybody. */
  | 'itself'
  /** It names the account: the account's own policies decide further. */
  | 'account'
  | 'none';

const listSchema = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const everybody = (): { AWS: string[]; Service: string[] } => ({ AWS: ['*'], Service: [] });

export const principalSchema = z.union([
  z.literal('*').transform(everybody),
  z.strictObject({ AWS: listSchema.default([]), Service: listSchema.default([]) }),
]);

export type PrincipalElement = z.infer<typeof principalSchema>;

const ACCOUNT = /^\d{12}$/;

const checkAws = (text: string, where: string): void => {
  if (text === '*' || ACCOUNT.test(text)) return;
  const [, , service] = arnParts(text) ?? [];
  if (service === 'iam' || service === 'sts') return;
  throw new Error(`${where}: "${text}" is no principal that is known here.`);
};

const isAccount = (text: string, account: string): boolean =>
  text === account || text.endsWith(`:iam::${account}:root`);

/**
 * Compiles a `Principal` element. Throws on a kind of principal that is not known here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export const compilePrincipal = (element: PrincipalElement, where: string) => {
  for (const text of element.AWS) checkAws(text, where);
  return (principal: Principal): PrincipalMatch => {
    if (element.AWS.includes('*')) return 'itself';
    if (principal.kind === 'service') {
      return element.Service.includes(principal.name) ? 'itself' : 'none';
    }
    const { arn, sessionArn, account } = principal;
    if (element.AWS.some((text) => text === arn || text === sessionArn)) return 'itself';
    return element.AWS.some((text) => isAccount(text, account)) ? 'account' : 'none';
  };
};
