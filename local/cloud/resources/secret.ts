import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { arnOf, physicalName } from '../place.ts';
import {
  countProperty,
  type ResourceKind,
  readProperties,
  switchProperty,
  withoutEffect,
} from './resource-kind.ts';

const off = switchProperty.default(false);

const generationSchema = z.strictObject({
  PasswordLength: countProperty.default(32),
  ExcludeLowercase: off,
  ExcludeUppercase: off,
  ExcludeNumbers: off,
  ExcludePunctuation: off,
  IncludeSpace: off,
  ExcludeCharacters: z.string().default(''),
  // With enough length, every kept class of characters is there anyway.
  RequireEachIncludedType: withoutEffect,
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
});

const secretSchema = z.strictObject({
  Name: z.string().optional(),
  Description: withoutEffect,
  KmsKeyId: withoutEffect,
  Tags: withoutEffect,
  SecretString: z.string().optional(),
  GenerateSecretString: generationSchema.optional(),
});

type Generation = z.infer<typeof generationSchema>;

const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

const alphabetOf = (generation: Generation): string[] => {
  const classes = [
    generation.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    generation.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    generation.ExcludeNumbers ? '' : '0123456789',
    generation.ExcludePunctuation ? '' : PUNCTUATION,
    generation.IncludeSpace ? ' ' : '',
  ];
  const excluded = new Set(generation.ExcludeCharacters);
  return [...classes.join('')].filter((character) => !excluded.has(character));
};

const generate = (generation: Generation): string => {
  const alphabet = alphabetOf(generation);
  const characters = Array.from({ length: generation.PasswordLength }, () => {
    return alphabet[randomInt(alphabet.length)];
  });
  const text = characters.join('');
  const { SecretStringTemplate, GenerateStringKey } = generation;
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return text;
  const template = z.record(z.string(), z.unknown()).parse(JSON.parse(SecretStringTemplate));
  return JSON.stringify({ ...template, [GenerateStringKey]: text });
};

/** AWS::SecretsManager::Secret: as the template gives it, as it was kept, or generated now. */
export const secret: ResourceKind = (resource, { place, registry, ledger }) => {
  const properties = readProperties(secretSchema, resource);
  const { logicalId } = resource;
  const name = properties.Name ?? physicalName(place, logicalId, 256);
  const kept = ledger.collection('secrets', z.string());
  const value =
    properties.SecretString ??
    kept.get(name) ??
    generate(properties.GenerateSecretString ?? generationSchema.parse({}));
  const arn = arnOf(place, 'secretsmanager', `secret:${name}-LOCAL0`);
  kept.set(name, value);
  registry.secrets.push({ arn, name, logicalId, value });
  return { ref: arn, attributes: { Id: arn } };
};
