import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { KNOWN_RESOURCES } from '#local/cloud/resources/known-resources.ts';
import { checkTypes } from '#local/cloud/resources/provision.ts';
import {
  countProperty,
  readProperties,
  switchProperty,
} from '#local/cloud/resources/resource-kind.ts';
import { WITHOUT_LOCAL_EFFECT } from '#local/cloud/resources/without-local-effect.ts';
import { templateSchema } from '#local/cloud/template/template.ts';

const resource = (properties: unknown) => ({
  logicalId: 'Work',
  type: 'AWS::SQS::Queue',
  properties,
});

describe('given the properties of a resource', () => {
  const schema = z.strictObject({ Size: countProperty, Open: switchProperty });

  it('reads numbers and switches that come as texts', () => {
    expect(readProperties(schema, resource({ Size: '5', Open: 'false' }))).toEqual({
      Size: 5,
      Open: false,
    });
  });

  it('refuses one that it would ignore, and names resource and property', () => {
    const read = () => readProperties(schema, resource({ Size: 1, Open: true, FifoQueue: true }));
    expect(read).toThrow(/AWS::SQS::Queue \(logical id Work\)[\s\S]*"FifoQueue"/);
  });
});

describe('given the resource types of a template', () => {
  it('accepts those that run and those without a local effect', () => {
    const types = [...Object.keys(KNOWN_RESOURCES), ...Object.keys(WITHOUT_LOCAL_EFFECT)];
    const Resources = Object.fromEntries(types.map((Type, index) => [`R${index}`, { Type }]));
    expect(() => checkTypes(templateSchema.parse({ Resources }))).not.toThrow();
  });

  it('refuses any other by type and logical id', () => {
    const template = templateSchema.parse({ Resources: { Cube: { Type: 'AWS::Moon::Base' } } });
    expect(() => checkTypes(template)).toThrow(
      'AWS::Moon::Base (logical id Cube) is not known to the local cloud; add it in local/cloud/resources.',
    );
  });

  it('lists no type as both', () => {
    expect(Object.keys(WITHOUT_LOCAL_EFFECT).filter((type) => type in KNOWN_RESOURCES)).toEqual([]);
  });
});
