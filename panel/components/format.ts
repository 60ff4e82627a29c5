export * from '../../src/analysis/format.ts';
