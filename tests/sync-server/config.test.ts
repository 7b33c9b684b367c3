/** The configuration: defaults, and every fault at once. */
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../sync-server/config.ts';

describe('configuration', () => {
  it('has a default for everything, and takes an empty variable as not set', () => {
    const defaults = {
      port: 4870,
      host: '127.0.0.1',
      dataDirectory: './data',
      origin: null,
      tls: null,
      logLevel: 'info',
      metricsToken: null,
      observedRules: new Set(),
    };
    expect(readConfig({})).toEqual(defaults);
    expect(readConfig({ PORT: '', CONCORD_URL: '' })).toEqual(defaults);
  });

  it('takes what is set', () => {
    expect(readConfig({ PORT: '80', CONCORD_HOST: '0.0.0.0', CONCORD_URL: 'https://a.example:8443' })).toMatchObject({
      port: 80,
      host: '0.0.0.0',
      origin: 'https://a.example:8443',
    });
  });

  it('takes rules of the gate that are to be observed, by their names', () => {
    expect(readConfig({ CONCORD_OBSERVED_RULES: 'neighbours, single-values' })).toMatchObject({
      observedRules: new Set(['neighbours', 'single-values']),
    });
  });

  const faults: [string, Record<string, string>][] = [
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: '80a' }],
    ['CONCORD_URL', { CONCORD_URL: 'https://a.example/' }],
    ['CONCORD_URL', { CONCORD_URL: 'ftp://a.example' }],
    ['CONCORD_TLS_CERT', { CONCORD_TLS_CERT: '/none', CONCORD_TLS_KEY: '/none' }],
    ['belong together', { CONCORD_TLS_KEY: import.meta.filename }],
    ['CONCORD_LOG_LEVEL', { CONCORD_LOG_LEVEL: 'x' }],
    ['CONCORD_METRICS_TOKEN', { CONCORD_METRICS_TOKEN: 'short' }],
    ['CONCORD_OBSERVED_RULES', { CONCORD_OBSERVED_RULES: 'client-id-of-another' }],
    ['CONCORD_DATADIR: there is no such setting', { CONCORD_DATADIR: 'x' }],
  ];
  for (const [name, environment] of faults) {
    it(`says what is wrong: ${JSON.stringify(environment)}`, () => {
      const config = readConfig(environment);
      expect('faults' in config && config.faults.join('\n')).toContain(name);
    });
  }

  it('lists all faults at once', () => {
    const all = Object.assign({}, ...faults.map(([, environment]) => environment)) as Record<string, string>;
    const config = readConfig(all);
    expect('faults' in config && config.faults.length).toBeGreaterThanOrEqual(5);
  });
});
