export * from '../../src/text/format.ts';
