/** The examples for Kubernetes are valid by its schema, and the check finds what is wrong with copies of them. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/built.js';
import { type Manifest, manifestsOf, violations } from './kubernetes-schema.js';

const folder = join(root, 'deploy', 'kubernetes');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

/** The sidecar's Deployment with one fault, and a part of what the check says of it. */
const FAULTS: Readonly<Record<string, readonly [spoil: (deployment: Loose) => void, said: string]>> = {
  'an unknown field': [
    ({ spec }) => Object.assign(spec, { replica: 1 }),
    `'"replica"' does not exist in type 'DeploymentSpec'`,
  ],
  'an unknown field deep inside': [
    ({ spec }) => Object.assign(spec.template.spec.containers[1].livenessProbe.httpGet, { timeout: 3 }),
    `'"timeout"' does not exist in type 'HTTPGetAction'`,
  ],
  'a field at the wrong depth': [
    ({ spec }) => Object.assign(spec.template, { containers: [] }),
    `'"containers"' does not exist in type 'PodTemplateSpec'`,
  ],
  'a string for a number': [
    ({ spec }) => Object.assign(spec, { replicas: '1' }),
    "Type 'string' is not assignable to type 'number'",
  ],
  'a number for a string': [
    ({ spec }) => Object.assign(spec.template.spec.containers[1].env[0], { value: 1 }),
    "Type 'number' is not assignable to type 'string'",
  ],
  'a string for a list': [
    ({ spec }) => Object.assign(spec.template.spec.containers[1], { args: 'run' }),
    "Type 'string' is not assignable to type 'string[]'",
  ],
  'a required field missing': [({ spec }) => delete spec.selector, "Property 'selector' is missing"],
  'a required field missing deep inside': [
    ({ spec }) => delete spec.template.spec.containers[1].volumeMounts[0].mountPath,
    "Property 'mountPath' is missing",
  ],
  'an unknown kind': [
    (deployment) => Object.assign(deployment, { kind: 'Deploiment' }),
    "no exported member 'Deploiment'",
  ],
  'a kind of another group': [
    (deployment) => Object.assign(deployment, { apiVersion: 'v1' }),
    "no exported member 'Deployment'",
  ],
  'a version that is gone': [
    (deployment) => Object.assign(deployment, { apiVersion: 'apps/v1beta1' }),
    'Cannot find module',
  ],
};

// biome-ignore lint/suspicious/noExplicitAny: what is spoilt here is what no type allows
type Loose = any;

function spoilt(spoil: (deployment: Loose) => void): readonly Manifest[] {
  const manifests = manifestsOf(join(folder, 'sidecar.yaml'));
  const deployment = manifests.find(({ kind }) => kind === 'Deployment');
  spoil(deployment);
  return manifests;
}

describe('the schema of Kubernetes', () => {
  let found: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const valid = files.map((name) => [name, manifestsOf(join(folder, name))]);
    const broken = Object.entries(FAULTS).map(([name, [spoil]]) => [name, spoilt(spoil)]);
    found = await violations(Object.fromEntries([...valid, ...broken]));
  });

  it.each(files)('deploy/kubernetes/%s: is valid', (name) => {
    expect(found[name]).toBe('');
  });

  it.each(Object.entries(FAULTS))('%s: is found', (name, [, said]) => {
    expect(found[name]).toContain(said);
    expect(found[name].match(/error TS/g)).toHaveLength(1);
  });
});
